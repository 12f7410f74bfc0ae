"""From a published page to talks and items, and what the page derives from them."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.utils import timezone

from kmportal.library.models import Item, KnowledgePage, SeminarPage, Talk
from kmportal.people.models import Agency, Person
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, PmqaEdition
from tests.make.library import item, make_lesson, make_seminar, republish, section, set_body, table, talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> PmqaEdition:
    """An edition of its own, so that the tests do not depend on which ones the portal ships."""
    PmqaEdition.objects.filter(first_year__lte=1990).delete()
    edition = PmqaEdition.objects.create(slug="test-edition", name_th="ฉบับทดสอบ", first_year=1990, last_year=1995)
    for number, letters in (("2", "SP"), ("4", "IT"), ("6", "PM")):
        category = PmqaCategory.objects.create(edition=edition, number=number, letters=letters, name_th=f"หมวด {number}")
        for n in range(1, 8):
            PmqaCode.objects.create(category=category, code=f"{letters}{n}", label_th=f"{letters}{n}", position=n)
    return edition


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(slug="test-water", name="กรมทดสอบน้ำ", key="กรมทดสอบน้ำ")


@pytest.fixture
def person(agency: Agency) -> Person:
    return Person.objects.create(given_name="พิมพ์ใจ", family_name="ทดสอบ", agency=agency, key="พิมพ์ใจ ทดสอบ")


def _of(row: Any) -> tuple[list[str], list[str]]:
    return sorted(row.categories.values_list("number", flat=True)), sorted(row.codes.values_list("code", flat=True))


def _seminar(**fields: Any) -> SeminarPage:
    return make_seminar(start_date=date(1992, 3, 1), **fields)


def test_publishing_writes_talks_and_items(edition: PmqaEdition, agency: Agency, person: Person) -> None:
    blocks = [section("ปัญหา"), item("obstacle", "เงินไม่พอ"), item("practice", "ขอเพิ่ม", 1)]
    page = _seminar(talks=[talk("น้ำ", agency=agency, speakers=[person], categories=["4"], items=blocks)])

    written = Talk.objects.get(page=page)
    assert (written.title, written.agency, list(written.speakers.all())) == ("น้ำ", agency, [person])
    assert [(i.kind, i.text, i.level, i.section, i.talk) for i in page.items.all()] == [
        ("obstacle", "เงินไม่พอ", 0, "ปัญหา", written),
        ("practice", "ขอเพิ่ม", 1, "ปัญหา", written),
    ]
    assert [_of(i) for i in page.items.all()] == [(["4"], []), (["4"], [])]


def test_codes_named_in_the_text_are_found_and_bring_their_category(edition: PmqaEdition) -> None:
    texts = ["ทำ SP5 แล้ว", "ดู IT 2,3", "PM1-3 ครบ", "IT ๗", "CIT5 และ SP 99", "SP2.5 ไม่ใช่รหัส"]
    page = _seminar(talks=[talk("ก", categories=["6"], items=[item("practice", text) for text in texts])])

    assert [_of(i) for i in page.items.all()] == [
        (["2", "6"], ["SP5"]),
        (["4", "6"], ["IT2", "IT3"]),
        (["6"], ["PM1", "PM2", "PM3"]),
        (["4", "6"], ["IT7"]),
        (["6"], []),
        (["6"], []),
    ]
    assert page.edition == edition
    assert _of(page) == (["2", "4", "6"], ["IT2", "IT3", "IT7", "PM1", "PM2", "PM3", "SP5"])


def test_own_categories_win_over_the_talk_and_the_talk_over_the_page(edition: PmqaEdition) -> None:
    two, four, six = (PmqaCategory.objects.get(edition=edition, number=n) for n in "246")
    page = _seminar(
        categories=[six],
        items=[item("practice", "ของหน้า")],
        talks=[talk("ก", categories=["4"], items=[item("practice", "ของหัวข้อ"), item("practice", "ของตัวเอง", categories=["2"])])],
    )

    assert [_of(i)[0] for i in page.items.all()] == [["6"], ["4"], ["2"]]
    assert set(page.categories.all()) == {two, four, six}


def test_lines_of_a_table_become_items(edition: PmqaEdition) -> None:
    page = _seminar(items=[table([["ปัญหา", "ข้อเสนอแนะ"], ["เงินน้อย\nคนน้อย", "ขอเพิ่ม"], ["12.5", ""]])])

    assert [(i.kind, i.text, i.section) for i in page.items.all()] == [
        ("obstacle", "เงินน้อย", "ปัญหา"),
        ("obstacle", "คนน้อย", "ปัญหา"),
        ("recommendation", "ขอเพิ่ม", "ข้อเสนอแนะ"),
    ]


def test_an_edit_keeps_the_rows_and_retires_what_is_gone(edition: PmqaEdition) -> None:
    first, second = item("practice", "หนึ่ง"), item("practice", "สอง")
    page = _seminar(talks=[talk("ก", items=[first, second])])
    kept, gone = page.items.all()
    lesson = make_lesson(items=[gone])

    first["value"]["text"] = "หนึ่งใหม่"
    page = set_body(page, [first])

    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.text, kept.retired, kept.talk) == ("หนึ่งใหม่", False, None)
    assert gone.retired is True
    assert [source.item for source in lesson.sources.all()] == [gone]
    assert list(Talk.objects.filter(page=page).values_list("retired", flat=True)) == [True]
    assert list(Item.objects.visible_to(AnonymousUser()).filter(page=page)) == [kept]


def test_a_block_that_returns_is_the_same_item(edition: PmqaEdition) -> None:
    blocks = [item("practice", "หนึ่ง"), item("practice", "สอง")]
    page = _seminar(items=blocks)
    second = page.items.last()

    set_body(page, blocks[:1])
    set_body(page, blocks)

    second.refresh_from_db()
    assert second.retired is False
    assert Item.objects.filter(page=page).count() == 2


def test_publishing_again_changes_nothing(edition: PmqaEdition, person: Person) -> None:
    page = _seminar(talks=[talk("ก", speakers=[person], codes="SP5", items=[item("practice", "หนึ่ง SP1")])])

    def state() -> list[Any]:
        fresh = SeminarPage.objects.get(pk=page.pk)
        links = [list(each) for each in (fresh.categories.values_list("pk"), fresh.codes.values_list("pk"))]
        rows = [*Talk.objects.filter(page=page).values(), *Item.objects.filter(page=page).values()]
        return [rows, links, fresh.review_due, fresh.dated, fresh.edition_id, [_of(i) for i in fresh.items.all()]]

    before = state()
    republish(page)
    call_command("rebuild_items", "--check", verbosity=0)

    assert state() == before


def test_unpublishing_hides_the_items_and_publishing_shows_them_again(edition: PmqaEdition) -> None:
    page = _seminar(items=[item("practice", "หนึ่ง")])
    row = page.items.get()

    page.unpublish()
    assert list(Item.objects.visible_to(AnonymousUser()).filter(pk=row.pk)) == []

    page.refresh_from_db()
    page.get_latest_revision().publish()
    assert list(Item.objects.visible_to(AnonymousUser()).filter(pk=row.pk)) == [row]


def test_dates_are_set_at_first_publication_and_kept(edition: PmqaEdition) -> None:
    page = _seminar()
    lesson = make_lesson()
    today = timezone.localdate()

    assert page.dated == date(1992, 3, 1)
    assert lesson.dated == today
    assert lesson.review_due is not None
    assert 364 <= (lesson.review_due - today).days <= 366

    lesson = republish(lesson, review_due=date(2030, 1, 1))
    assert lesson.review_due == date(2030, 1, 1)
    assert republish(lesson, title="Another").review_due == date(2030, 1, 1)


def test_the_agency_follows_the_organiser_or_the_only_speaker(edition: PmqaEdition, agency: Agency) -> None:
    other = Agency.objects.create(slug="test-other", name="กรมทดสอบอื่น", key="กรมทดสอบอื่น")

    assert _seminar(organiser=other, talks=[talk("ก", agency=agency)]).agency == other
    assert _seminar(talks=[talk("ก", agency=agency)]).agency == agency
    assert _seminar(talks=[talk("ก", agency=agency), talk("ข", agency=other)]).agency is None


def test_people_and_agencies_that_no_longer_exist_are_left_out(edition: PmqaEdition, agency: Agency, person: Person) -> None:
    blocks = talk("ก", agency=agency, speakers=[person], items=[item("practice", "หนึ่ง")])
    blocks[0]["value"] |= {"agency": 10**9, "speakers": [{"person": 10**9, "position": ""}]}

    written = Talk.objects.get(page=_seminar(talks=[blocks]))

    assert (written.agency, list(written.speakers.all())) == (None, [])


def test_a_large_seminar_is_written_in_few_queries(
    edition: PmqaEdition, person: Person, django_assert_max_num_queries: Any
) -> None:
    from kmportal.library.derived import refresh

    def seminar(items: int) -> SeminarPage:
        return _seminar(
            talks=[
                talk("ก", speakers=[person], categories=["2"], items=[item("practice", f"เรื่องที่ {n} SP5") for n in range(items)])
            ]
        )

    small, large = seminar(3), seminar(200)
    Item.objects.filter(page__in=[small, large]).delete()
    counts = []
    for page in (small, large):
        with django_assert_max_num_queries(120) as counted:
            assert refresh(SeminarPage.objects.get(pk=page.pk)).created == (200 if page == large else 3)
        counts.append(len(counted))
    # The signatures of 200 statements are 4,800 rows, written a few hundred at a time, and the search index takes a hundred statements
    # at a time; all else costs the same.
    assert counts[1] <= counts[0] + 40, counts


def test_the_check_finds_rows_that_differ_and_changes_nothing(edition: PmqaEdition, capsys: Any) -> None:
    page = _seminar(items=[item("practice", "หนึ่ง")])
    Item.objects.filter(page=page).update(text="เก่า")

    with pytest.raises(CommandError, match="1 of"):
        call_command("rebuild_items", "--check")
    assert page.items.get().text == "เก่า"

    call_command("rebuild_items")
    assert page.items.get().text == "หนึ่ง"


def test_a_page_that_waits_for_its_hour_has_no_rows_yet(edition: PmqaEdition) -> None:
    page = make_seminar(items=[item("practice", "หนึ่ง")], publish=False)

    assert KnowledgePage.objects.live().filter(pk=page.pk).exists() is False
    assert Item.objects.filter(page=page).count() == 0


def test_a_line_that_opens_with_a_category_narrows_what_follows_under_its_heading(edition: PmqaEdition) -> None:
    lines = [
        item("practice", "ทั่วไป"),
        item("practice", "หมวด ๒ วางแผนจากงบ"),
        item("practice", "ถ่ายทอดลงสำนัก"),
        item("metric", "หมวด 6: ลดเวลา"),
    ]
    page = _seminar(talks=[talk("ก", categories=["2", "6"], items=[*lines, section("ปัญหา"), item("obstacle", "คนน้อย")])])

    assert [_of(i)[0] for i in page.items.all()] == [["2", "6"], ["2"], ["2"], ["6"], ["2", "6"]]


def test_a_page_of_several_categories_does_not_lend_them_to_its_items(edition: PmqaEdition) -> None:
    page = _seminar(talks=[talk("ก", items=[item("answer", "ข้าราชการยุคใหม่")])])
    page.categories.set(PmqaCategory.objects.filter(edition=edition, number__in=["2", "6"]))
    republish(page)
    assert [_of(i)[0] for i in page.items.all()] == [[]]
