"""Passages follow the rows they describe, and the counts follow the passages."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from kmportal.library.actions.review import archive, restore
from kmportal.library.models import Item, KnowledgePage, LessonPage, SeminarPage
from kmportal.people.models import Agency, Person
from kmportal.retrieval import actions, rows, sources
from kmportal.retrieval.models import Circle, Passage, PassageTag, Stale, Term
from tests.make.documents import make_document
from tests.make.library import item, make_lesson, make_practice, make_seminar, republish, set_body, talk

pytestmark = pytest.mark.django_db
WORD = "คานารีเหลือง"


def passages(kind: str, pk: int | None = None) -> list[Passage]:
    found = Passage.objects.filter(kind=kind).order_by("object_id", "chunk")
    return list(found if pk is None else found.filter(object_id=pk))


def recounted() -> tuple[Counter[tuple[str, str, str]], dict[str, list[int]]]:
    """The counts as they should be, counted in the plainest way."""
    terms: Counter[tuple[str, str, str]] = Counter()
    sums: dict[str, list[int]] = {}
    for passage in Passage.objects.all():
        words, grams = rows.terms(passage)
        terms.update([("w", word, passage.audience) for word in words] + [("g", gram, passage.audience) for gram in grams])
        lengths = rows.lengths(passage)
        added = [1, lengths.title, lengths.names, lengths.body]
        sums[passage.audience] = [one + other for one, other in zip(sums.get(passage.audience, [0] * 4), added, strict=True)]
    return terms, sums


def assert_counts() -> None:
    terms, sums = recounted()
    stored = {(row.stream, row.term, row.audience): row.passages for row in Term.objects.all()}
    circles = {row.audience: [row.passages, row.title_words, row.names_words, row.body_words] for row in Circle.objects.all()}
    assert stored == dict(terms)
    assert circles == sums


def test_a_published_page_is_found_and_its_draft_is_not() -> None:
    page = make_lesson(f"{WORD} บทเรียน", what_happened="<p>เกิดขึ้น<b>แล้ว</b></p><p>จบ</p>")
    make_lesson(f"{WORD} ฉบับร่าง", publish=False)
    republish_as_draft(page, title="ชื่อที่ยังไม่เผยแพร่")

    found = passages("lesson")

    assert {passage.object_id for passage in found} == {page.pk}
    assert {passage.title for passage in found} == {f"{WORD} บทเรียน"}
    part = next(passage for passage in found if "เกิดขึ้นแล้ว\nจบ" in passage.body)
    assert part.url == f"{page.url}#what_happened"
    assert_counts()


def republish_as_draft(page: Any, **changes: Any) -> None:
    fresh = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save_revision()


def test_an_edit_writes_only_what_changed() -> None:
    page = make_lesson(WORD, what_happened="<p>ก่อน</p>", why="<p>เพราะ</p>")
    before = {passage.digest: passage.pk for passage in passages("lesson", page.pk)}

    republish(page, why="<p>เพราะเหตุอื่น</p>")

    after = {passage.digest: passage.pk for passage in passages("lesson", page.pk)}
    assert len(after) == len(before)
    assert len(after.items() - before.items()) == 1
    assert_counts()


def test_indexing_again_writes_nothing(django_assert_num_queries: Any) -> None:
    page = make_seminar(WORD, talks=[talk("หัวข้อ", items=[item("obstacle", "ไม่มีงบ")])])

    with CaptureQueriesContext(connection) as caught:
        actions.index([page, *Item.objects.filter(page=page)])

    assert [query["sql"] for query in caught if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_statements_stand_on_their_seminar(agency_a: Agency) -> None:
    page = make_seminar(WORD, talks=[talk("หัวข้อ", items=[item("obstacle", "ไม่มีงบ"), item("practice", "ถามก่อน")])])
    assert {passage.audience for passage in passages("item")} == {"public"}

    SeminarPage.objects.filter(pk=page.pk).update(visibility="agency", agency=agency_a)
    actions.index([page])

    assert [passage.audience for passage in passages("item")] == [f"agency:{agency_a.pk}"] * 2
    assert_counts()


def test_a_retired_statement_is_gone() -> None:
    page = make_seminar(WORD, talks=[talk("หัวข้อ", items=[item("obstacle", "ไม่มีงบ"), item("practice", "ถามก่อน")])])

    set_body(page, talk("หัวข้อ", items=[item("practice", "ถามก่อน")]))

    assert [passage.body for passage in passages("item")] == ["ถามก่อน"]
    assert_counts()


def test_unpublishing_takes_out_at_once_also_as_a_plain_page() -> None:
    lesson, seminar = make_lesson(WORD), make_seminar(WORD, items=[item("obstacle", "ไม่มีงบ")])

    lesson.unpublish()
    Page.objects.get(pk=seminar.pk).unpublish()

    assert passages("lesson") == passages("seminar") == passages("item") == []
    assert_counts()


def test_archiving_and_restoring(coordinator: Any) -> None:
    seminar = make_seminar(WORD, items=[item("obstacle", "ไม่มีงบ")])
    page = KnowledgePage.objects.get(pk=seminar.pk)

    archive(actor=coordinator, page=page, reason="เก่า")
    assert passages("seminar") == passages("item") == []

    restore(actor=coordinator, page=page)
    assert len(passages("item")) == 1
    assert_counts()


def test_deleting_takes_along_what_stands_on_it() -> None:
    make_lesson("อื่น")
    lesson, seminar = make_lesson(WORD), make_seminar(WORD, items=[item("obstacle", "ไม่มีงบ")])

    seminar.delete()
    KnowledgePage.objects.filter(pk=lesson.pk).delete()

    assert passages("seminar") == passages("item") == []
    assert {passage.title for passage in passages("lesson")} == {"อื่น"}
    assert_counts()


def test_a_new_address_of_a_section_reaches_what_is_below(django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    page = make_lesson(WORD)
    section = page.get_parent().specific
    section.slug = "moved-lessons"

    with django_capture_on_commit_callbacks(execute=True):
        section.save()

    assert {passage.url for passage in passages("lesson")} == {LessonPage.objects.get(pk=page.pk).url}
    assert "/moved-lessons/" in passages("lesson")[0].url


def test_a_move_reaches_the_addresses() -> None:
    page, section = make_lesson(WORD), make_practice("x").get_parent()

    page.move(section, pos="last-child")

    assert passages("lesson")[0].url == LessonPage.objects.get(pk=page.pk).url
    assert section.url in passages("lesson")[0].url


def test_addresses_are_of_the_content_language_whoever_saves() -> None:
    with translation.override("en"):
        page = make_lesson(WORD, why="<p>เพราะ</p>")

    assert all(not passage.url.startswith("/en/") for passage in passages("lesson", page.pk))
    assert {passage.place for passage in passages("lesson", page.pk)} == {"", "บทเรียน", "เพราะอะไร"}


def test_a_renamed_agency_is_followed_later(agency_a: Agency) -> None:
    page = make_lesson(WORD, agency=agency_a)
    agency_a.name = "กรมชื่อใหม่เอี่ยม"
    agency_a.save()
    assert Stale.objects.exists()
    assert "กรมชื่อใหม่เอี่ยม" in passages("agency", agency_a.pk)[0].title
    assert "กรมชื่อใหม่เอี่ยม" not in passages("lesson", page.pk)[0].names

    actions.catch_up()

    assert not Stale.objects.exists()
    assert "กรมชื่อใหม่เอี่ยม" in passages("lesson", page.pk)[0].names
    assert_counts()


def test_notes_of_rows_that_are_gone_are_passed_over(agency_a: Agency) -> None:
    actions.mark_stale(LessonPage, [987654])
    actions.mark_stale(LessonPage, [987654])
    assert Stale.objects.filter(object_id=987654).count() == 1

    actions.catch_up()

    assert not Stale.objects.exists()


def test_what_nobody_declared_is_passed_over(officer: Any) -> None:
    before = Passage.objects.count()

    actions.index([officer])
    actions.forget(type(officer), [officer.pk])
    actions.mark_stale(type(officer), [officer.pk])

    assert Passage.objects.count() == before


def test_tags_are_kept(agency_a: Agency) -> None:
    page = make_seminar(WORD, talks=[talk("หัวข้อ", agency=agency_a, categories=["4"], items=[item("obstacle", "ไม่มีงบ")])])

    tags = set(
        PassageTag.objects.filter(passage__kind="item", passage__object_id=page.items.get().pk).values_list("name", "value")
    )

    assert {("category", "4"), ("type", "obstacle"), ("agency", str(agency_a.pk)), ("agency", str(agency_a.parent_id))} <= tags


@pytest.mark.parametrize("kind", ["lesson", "item", "person", "agency", "document"])
def test_the_number_of_queries_does_not_grow(kind: str, agency_a: Agency) -> None:
    for number in range(20):
        match kind:
            case "lesson":
                make_lesson(f"{WORD} {number}", agency=agency_a)
            case "item" if number == 0:
                make_seminar(WORD, items=[item("obstacle", f"ข้อที่ {number}") for number in range(20)])
            case "person":
                Person.objects.create(given_name=f"คน{number}", key=f"k{number}", agency=agency_a)
            case "agency":
                Agency.objects.create(slug=f"x-{number}", name=f"กรม {number}", key=f"k{number}", parent=agency_a)
            case "document":
                make_document(f"เอกสาร {number}")
    source = sources.named(kind)
    assert source is not None
    keys = list(source.rows().order_by("-pk").values_list("pk", flat=True)[:20])
    assert len(keys) == 20
    counts = []
    for wanted in (keys[:1], keys[: source.batch]):
        Passage.objects.filter(kind=kind).delete()
        with CaptureQueriesContext(connection) as caught:
            actions.index_keys(source.model, wanted)
        counts.append(len(caught))
        assert len(passages(kind)) >= len(wanted)

    assert counts[0] == counts[1]


def test_a_count_that_was_wrong_stops_nobody() -> None:
    page = make_lesson(WORD)
    Term.objects.all().update(passages=0)

    page.delete()

    assert passages("lesson") == []
