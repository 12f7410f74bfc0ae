"""The reading pages: they show what they should, cost the same at 1 and 20 rows, and exist only for those who may read."""

import gzip
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kmportal.library.models import Credit, LessonPage
from kmportal.people.models import Person
from tests.make.library import item, make_lesson, make_practice, make_seminar, paragraph, section, session, table, talk

pytestmark = pytest.mark.django_db
AS = Callable[[Any], Client]


@pytest.fixture
def speaker(agency_a: Any) -> Person:
    return Person.objects.create(prefix="นาย", given_name="พิมพ์ดี", family_name="ทดสอบ", agency=agency_a, position="ผอ.", key="k")


@pytest.fixture
def clients(as_: AS, visitor: Any, officer: Any, coordinator: Any) -> dict[str, Client]:
    return {"visitor": as_(visitor), "officer": as_(officer), "coordinator": as_(coordinator)}


def _rich(title: str, agency: Any, speaker: Person, items: int = 3, **fields: Any) -> Any:
    said = [section("ปัญหา"), *[item("obstacle", f"{title} เงินไม่พอ {n}") for n in range(items)], item("practice", "ลูก", 1)]
    blocks = [session("ช่วงเช้า"), *talk("การจัดน้ำ", agency=agency, speakers=[speaker], categories=["6"], codes="PM1", items=said)]
    rest = [paragraph("ย่อหน้าหนึ่ง"), table([["ปัญหา", "ทางแก้"], ["ก\nข", "ค"]])]
    return make_seminar(
        title, talks=[[*blocks, *rest]], venue="เขาใหญ่", start_date=date(2010, 7, 1), end_date=date(2010, 7, 2), **fields
    )


def test_a_seminar_shows_its_parts(as_: AS, visitor: Any, agency_a: Any, speaker: Person) -> None:
    page = _rich("สัมมนาน้ำ", agency_a, speaker)
    lesson = make_lesson("ขอเงินก่อน", items=list(page.items.all()[:1]))

    html = as_(visitor).get(page.url).content.decode()

    for words in ("สัมมนาน้ำ", "ช่วงเช้า", "การจัดน้ำ", "นายพิมพ์ดี ทดสอบ", "ย่อหน้าหนึ่ง", "เขาใหญ่", "1–2 กรกฎาคม 2553", str(agency_a)):
        assert words in html, words
    assert html.count('<th scope="col">') == 2
    assert lesson.url in html
    first = page.items.first()
    assert f'id="{first.anchor}"' in html
    assert reverse("library:item", args=[first.pk]) in html
    assert "<script" not in html.split("<main", 1)[1]
    assert "style=" not in html


def test_pages_cost_the_same_for_few_and_many_rows(
    clients: dict[str, Client], queries: Callable[..., int], agency_a: Any, speaker: Person
) -> None:
    few = _rich("น้อย", agency_a, speaker, items=1)
    many = _rich("มาก", agency_a, speaker, items=20)
    items = list(many.items.all())
    one, twenty = make_lesson("หนึ่ง", items=items[:1], tellers=[speaker]), make_lesson("ยี่สิบ", items=items, tellers=[speaker])
    practice = make_practice(tellers=[speaker])

    for user, client in clients.items():
        for small, large in ((few.url, many.url), (one.url, twenty.url)):
            counts = queries(client, small), queries(client, large)
            assert counts[0] == counts[1], (user, small, counts)
            assert counts[1] <= 14, (user, large, counts)
        for url in (practice.url, reverse("library:item", args=[items[0].pk]), "/"):
            assert queries(client, url) <= 14, (user, url)


def test_lists_cost_the_same_for_few_and_many_rows(
    clients: dict[str, Client], queries: Callable[..., int], agency_a: Any, speaker: Person
) -> None:
    paths = [
        "/library/",
        "/library/?type=item",
        "/pmqa/6/",
        "/pmqa/6/?kind=obstacle",
        f"/library/?agency={agency_a.slug}&person={speaker.handle}",
    ]
    first = _rich("หนึ่ง", agency_a, speaker, items=1)
    before = [queries(client, path) for client in clients.values() for path in paths]
    _rich("ยี่สิบ", agency_a, speaker, items=20)
    for n in range(20):
        make_practice(f"ที่ {n}", tellers=[speaker], agency=agency_a, categories=list(first.categories.all()))

    after = [queries(client, path) for client in clients.values() for path in paths]

    assert after == before
    assert max(after) <= 10, list(zip([path for _client in clients for path in paths], after, strict=True))


def test_a_lesson_shows_only_what_was_filled(as_: AS, visitor: Any, agency_a: Any, speaker: Person) -> None:
    seminar = _rich("สัมมนา", agency_a, speaker)
    lesson = make_lesson(
        "บทเรียนน้ำ",
        items=[seminar.items.first()],
        tellers=[speaker],
        what_happened="<p>น้ำท่วม</p>",
        pitfalls="<p>อย่ารีบ</p>",
        works_when="คนน้อย",
    )

    html = as_(visitor).get(lesson.url).content.decode()

    for words in ("บทเรียนน้ำ", "น้ำท่วม", "อย่ารีบ", "คนน้อย", "นายพิมพ์ดี ทดสอบ", "สัมมนา"):
        assert words in html, words
    assert 'id="what_happened"' in html
    assert 'id="evidence"' not in html


def test_every_page_reads_in_english(as_: AS, visitor: Any, agency_a: Any, speaker: Person) -> None:
    seminar = _rich("สัมมนาน้ำ", agency_a, speaker, title_en="Water seminar")
    lesson, practice = make_lesson("บทเรียน"), make_practice("แนวปฏิบัติ")

    html = as_(visitor).get(f"/en{seminar.url}").content.decode()
    assert 'lang="en"' in html
    assert "1–2 July 2010" in html
    assert "Water seminar" in html
    for path in (
        lesson.url,
        practice.url,
        "/library/",
        "/pmqa/6/",
        "/",
        reverse("library:item", args=[seminar.items.first().pk]),
    ):
        assert as_(visitor).get(f"/en{path.removeprefix('/en')}").status_code == 200, path


def test_drafts_can_be_previewed_before_they_are_published_or_even_saved(agency_a: Any, speaker: Person) -> None:
    seminar = _rich("ร่างสัมมนา", agency_a, speaker, publish=False)
    live = _rich("สัมมนา", agency_a, speaker)
    lesson = make_lesson("ร่างบทเรียน", items=[live.items.first()], tellers=[speaker], publish=False)
    unsaved = LessonPage(title="ยังไม่บันทึก", slug="new", path="000100010099", depth=3)
    unsaved.credits = [Credit(person=speaker)]

    for page, words in ((seminar, "การจัดน้ำ"), (lesson, "พิมพ์ดี"), (unsaved, "พิมพ์ดี"), (live, "การจัดน้ำ")):
        html = page.make_preview_request().content.decode()
        assert page.title in html
        assert words in html


def test_pages_stay_light(as_: AS, visitor: Any, agency_a: Any, speaker: Person) -> None:
    """What a provincial office fetches for a page, packed, besides styles and fonts."""
    seminar = _rich("สัมมนา", agency_a, speaker, items=20)
    lesson = make_lesson("บทเรียน", items=list(seminar.items.all()), tellers=[speaker])

    for path in (seminar.url, lesson.url, "/", "/library/", "/library/?kind=obstacle", "/pmqa/6/"):
        assert len(gzip.compress(as_(visitor).get(path).content)) <= 10_000, path
