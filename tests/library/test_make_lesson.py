"""From seminar items to a lesson draft."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from kmportal.library.actions.lessons import CirclesApart, NoItems, TooManyItems, make_lesson
from kmportal.library.models import Credit, Item, LessonPage
from kmportal.people.models import Agency, Person
from kmportal.taxonomy.models import PmqaCategory, PmqaEdition
from tests.make import library as make

pytestmark = pytest.mark.django_db


def _speaker(name: Any = "เล่า", family: Any = "เรื่องจริง", agency: Any = None) -> Any:
    return Person.objects.create(given_name=name, family_name=family, agency=agency, key=name)


def _seminar(told_by: Any = None, speaker: Any = None, **fields: Any) -> Any:
    items = [
        make.item("practice", "ตั้งศูนย์สั่งการก่อนฝนมา"),
        make.item("obstacle", "ข้อมูล <b>กระจาย</b> หลายแห่ง"),
        make.item("success_factor", "ผู้บริหารลงมาดูเอง"),
        make.item("lesson", "เมื่อรู้ล่วงหน้า ให้ซ้อมก่อน เพราะวันจริงไม่มีเวลา"),
        make.item("recommendation", "ให้ทุกจังหวัดซ้อมปีละครั้ง"),
        make.item("metric", "ลดเวลาจาก 6 ชั่วโมงเหลือ 2 ชั่วโมง"),
    ]
    talks = [make.talk("การรับมือน้ำท่วม", agency=told_by, speakers=[speaker] if speaker else [], categories=["6"], items=items)]
    edition = PmqaEdition.objects.order_by("pk").first()
    return make.make_seminar("สัมมนาน้ำ", talks=talks, edition=edition, **fields)


def _items(page: Any, *kinds: Any) -> Any:
    found = Item.objects.filter(page=page)
    return list(found.filter(kind__in=kinds) if kinds else found)


def test_words_speakers_order_and_agency_are_taken_over(coordinator: Any, agency_a: Any) -> None:
    speaker = _speaker(agency=agency_a)
    page = _seminar(agency_a, speaker)

    lesson, is_new = make_lesson(actor=coordinator, items=_items(page))

    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert is_new is True
    assert lesson.live is False
    assert lesson.owner == coordinator
    assert lesson.title == "เมื่อรู้ล่วงหน้า ให้ซ้อมก่อน เพราะวันจริงไม่มีเวลา"
    assert lesson.lesson == "เมื่อรู้ล่วงหน้า ให้ซ้อมก่อน เพราะวันจริงไม่มีเวลา"
    assert lesson.what_happened == "<p>ตั้งศูนย์สั่งการก่อนฝนมา</p>"
    assert lesson.pitfalls == "<p>ข้อมูล &lt;b&gt;กระจาย&lt;/b&gt; หลายแห่ง</p>"
    assert lesson.why == "<p>ผู้บริหารลงมาดูเอง</p>"
    assert lesson.recommendation == "<p>ให้ทุกจังหวัดซ้อมปีละครั้ง</p>"
    assert lesson.evidence == "<p>ลดเวลาจาก 6 ชั่วโมงเหลือ 2 ชั่วโมง</p>"
    assert lesson.context == "<p>สัมมนาน้ำ · การรับมือน้ำท่วม · กรมตัวอย่างแรก</p>"
    assert lesson.agency == agency_a
    assert lesson.edition == page.edition
    assert [category.number for category in lesson.categories.all()] == ["6"]
    parts = [(credit.person, credit.part) for credit in lesson.credits.all()]
    assert parts == [(speaker, Credit.Part.TELLER), (coordinator.person, Credit.Part.NOTE_TAKER)]


def test_item_and_lesson_know_each_other(coordinator: Any) -> None:
    page = _seminar()
    chosen = _items(page, "obstacle", "practice")

    lesson, _ = make_lesson(actor=coordinator, items=chosen)

    assert {source.item for source in lesson.sources.all()} == set(chosen)
    assert chosen[0].lesson_links.get().page_id == lesson.pk
    assert lesson.latest_revision.content["sources"][0]["item"] in {item.pk for item in chosen}


def test_the_same_items_again_open_the_lesson_that_was_made(coordinator: Any, reviewer: Any) -> None:
    page = _seminar()
    first, _ = make_lesson(actor=coordinator, items=_items(page, "obstacle", "practice"))

    again, is_new = make_lesson(actor=reviewer, items=reversed(_items(page, "obstacle", "practice")))
    other, is_other = make_lesson(actor=coordinator, items=_items(page, "obstacle"))

    assert (again.pk, is_new) == (first.pk, False)
    assert is_other is True
    assert other.pk != first.pk
    assert LessonPage.objects.count() == 2


@pytest.mark.parametrize("name", ["officer", "outsider", "cop_member", "admin", "visitor"])
def test_others_may_not(request: Any, name: Any) -> None:
    page = _seminar()

    with pytest.raises(PermissionDenied):
        make_lesson(actor=request.getfixturevalue(name), items=_items(page))

    assert LessonPage.objects.count() == 0


def test_an_item_that_one_may_not_read_is_refused(agency_coordinator: Any, agency_b: Any) -> None:
    hidden = _seminar(visibility="agency", agency=agency_b)
    shown = _seminar()

    with pytest.raises(PermissionDenied):
        make_lesson(actor=agency_coordinator, items=[*_items(shown), *_items(hidden)])

    assert LessonPage.objects.count() == 0


def test_the_narrowest_circle_counts(coordinator: Any, agency_a: Any) -> None:
    public, network, kept = _seminar(), _seminar(visibility="network"), _seminar(visibility="agency", agency=agency_a)

    of_network, _ = make_lesson(actor=coordinator, items=[*_items(public), *_items(network)])
    of_agency, _ = make_lesson(actor=coordinator, items=[*_items(public), *_items(network), *_items(kept)])

    assert (of_network.visibility, of_network.agency) == ("network", coordinator.agency)
    assert (of_agency.visibility, of_agency.agency) == ("agency", agency_a)


def test_the_innermost_agency_of_one_line_reads_all(coordinator: Any, agency_a: Any) -> None:
    inner = Agency.objects.get(parent=agency_a)
    above, below = _seminar(visibility="agency", agency=agency_a), _seminar(visibility="agency", agency=inner)

    lesson, _ = make_lesson(actor=coordinator, items=[*_items(above, "lesson"), *_items(below, "obstacle")])

    assert (lesson.visibility, lesson.agency) == ("agency", inner)


def test_two_closed_circles_make_no_lesson(coordinator: Any, agency_a: Any, agency_b: Any) -> None:
    one, other = _seminar(visibility="agency", agency=agency_a), _seminar(visibility="agency", agency=agency_b)

    with pytest.raises(CirclesApart):
        make_lesson(actor=coordinator, items=[*_items(one), *_items(other)])

    assert LessonPage.objects.count() == 0


def test_a_communitys_words_stay_in_it(cop_member: Any, community_c: Any) -> None:
    from django.contrib.auth.models import Group

    cop_member.groups.add(Group.objects.get(name="network_coordinator"))
    page = _seminar(visibility="community", community=community_c)

    lesson, _ = make_lesson(actor=cop_member, items=_items(page))

    assert (lesson.visibility, lesson.community) == ("community", community_c)


def test_none_and_too_many(coordinator: Any, monkeypatch: Any) -> None:
    page = _seminar()

    with pytest.raises(NoItems):
        make_lesson(actor=coordinator, items=[])
    monkeypatch.setattr("kmportal.library.actions.lessons.MAX_ITEMS", 2)
    with pytest.raises(TooManyItems):
        make_lesson(actor=coordinator, items=_items(page))

    assert LessonPage.objects.count() == 0


def test_from_the_page_in_one_step(as_: Any, coordinator: Any) -> None:
    page = _seminar()
    pks = [item.pk for item in _items(page)]

    asked = as_(coordinator).get(reverse("library:make_lesson"), {"item": pks})
    done = as_(coordinator).post(reverse("library:make_lesson"), {"item": pks})

    lesson = LessonPage.objects.get()
    assert asked.status_code == 200
    assert "ตั้งศูนย์สั่งการก่อนฝนมา" in asked.text
    assert done.status_code == 302
    assert done["Location"] == reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def test_screens_refuse_without_a_trace(
    as_: Any, coordinator: Any, officer: Any, visitor: Any, agency_coordinator: Any, agency_b: Any
) -> None:
    hidden = _items(_seminar(visibility="agency", agency=agency_b))[0].pk
    url = reverse("library:make_lesson")

    assert as_(visitor).post(url, {"item": hidden}).status_code == 302
    assert as_(officer).post(url, {"item": hidden}).status_code == 403
    assert as_(agency_coordinator).post(url, {"item": hidden}).status_code == 404
    assert as_(agency_coordinator).post(url, {"item": 999999}).status_code == 404
    assert as_(coordinator).post(url, {"item": "x"}).status_code == 404
    assert as_(coordinator).post(url, {}).status_code == 400
    assert LessonPage.objects.count() == 0


def test_categories_of_the_items_win(coordinator: Any) -> None:
    PmqaCategory.objects.get(edition=PmqaEdition.objects.order_by("pk").first(), number="4")
    page = make.make_seminar(talks=[make.talk("t", categories=["6"], items=[make.item("lesson", "บทเรียน", categories=["4"])])],
                             edition=PmqaEdition.objects.order_by("pk").first())  # fmt: skip

    lesson, _ = make_lesson(actor=coordinator, items=_items(page))

    assert [category.number for category in lesson.categories.all()] == ["4"]
