"""Merging reaches everything that points to the one that goes: rows, streams, drafts, credits, and Wagtail's index of uses."""

from typing import Any

import pytest
from wagtail.models import ModelLogEntry, ReferenceIndex

from kmportal.library.models import Credit, LessonPage, SeminarPage, Talk
from kmportal.people.actions import AgencyDetails, PersonDetails, merge_agencies, merge_people, save_agency, save_person
from kmportal.people.models import Agency, Person, User
from tests.make.library import make_lesson, make_seminar, talk


@pytest.fixture
def two(coordinator: User) -> tuple[Person, Person]:
    first = save_person(actor=coordinator, details=PersonDetails(given_name="ไพบูลย์", family_name="ใจดี", position="ผอ."))
    return first, save_person(actor=coordinator, details=PersonDetails(given_name="ไพบูลย", family_name="ใจดี"))


def speakers(page: Any) -> list[list[int]]:
    return [[one["person"].pk for one in block.value["speakers"]] for block in page.body if block.block_type == "talk"]


def test_people_in_streams_drafts_rows_and_credits(coordinator: User, two: tuple[Person, Person], officer: User) -> None:
    keep, gone = two
    seminar = make_seminar(talks=[talk("เขื่อน", speakers=[gone]), talk("ป่า", speakers=[keep, gone]), talk("นา", speakers=[keep])])
    draft = make_seminar(talks=[talk("ร่าง", speakers=[gone])], publish=False)
    lesson = make_lesson(tellers=[gone, keep], note_takers=[gone])
    merge_people(actor=coordinator, keep=keep, gone=gone)

    assert not Person.objects.filter(pk=gone.pk).exists()
    assert speakers(SeminarPage.objects.get(pk=seminar.pk)) == [[keep.pk], [keep.pk], [keep.pk]]
    assert speakers(SeminarPage.objects.get(pk=draft.pk).get_latest_revision_as_object()) == [[keep.pk]]
    assert {name: [person.pk for person in Talk.objects.get(page=seminar, title=name).speakers.all()] for name in ("เขื่อน", "ป่า", "นา")} == {
        "เขื่อน": [keep.pk], "ป่า": [keep.pk], "นา": [keep.pk]
    }  # fmt: skip
    assert sorted(Credit.objects.filter(page=lesson).values_list("person", "part")) == [
        (keep.pk, "note_taker"),
        (keep.pk, "teller"),
    ]
    assert not ReferenceIndex.objects.filter(to_object_id=str(gone.pk), to_content_type__model="person").exists()
    assert ReferenceIndex.get_references_to(keep).exists()


def test_a_page_can_be_edited_and_published_afterwards(coordinator: User, two: tuple[Person, Person]) -> None:
    keep, gone = two
    lesson = make_lesson(tellers=[gone, keep])
    seminar = make_seminar(talks=[talk("เขื่อน", speakers=[gone])])
    merge_people(actor=coordinator, keep=keep, gone=gone)
    for model, page in ((LessonPage, lesson), (SeminarPage, seminar)):
        fresh = model.objects.get(pk=page.pk).get_latest_revision_as_object()
        fresh.title = "ใหม่"
        fresh.save_revision().publish()
    assert list(Credit.objects.filter(page=lesson).values_list("person", flat=True)) == [keep.pk]
    assert [person.pk for person in Talk.objects.get(page=seminar).speakers.all()] == [keep.pk]


def test_agencies(coordinator: User, agency_a: Agency) -> None:
    gone = save_agency(actor=coordinator, details=AgencyDetails(name="กรมตัวอย่าง 1", kind="department"))
    seminar = make_seminar(talks=[talk("เขื่อน", agency=gone)], agency=gone, organiser=gone)
    lesson = make_lesson(agency=gone, visibility="agency")
    merge_agencies(actor=coordinator, keep=agency_a, gone=gone)
    page = SeminarPage.objects.get(pk=seminar.pk)
    assert (page.agency, page.organiser, LessonPage.objects.get(pk=lesson.pk).agency) == (agency_a, agency_a, agency_a)
    assert page.get_latest_revision_as_object().agency == agency_a
    assert [block.value["agency"] for block in page.body if block.block_type == "talk"] == [agency_a]
    assert Talk.objects.get(page=seminar).agency == agency_a


def test_the_log_says_what_went_where(coordinator: User, two: tuple[Person, Person]) -> None:
    keep, gone = two
    make_lesson(tellers=[gone])
    handle = gone.handle
    merge_people(actor=coordinator, keep=keep, gone=gone)
    entry = ModelLogEntry.objects.get(action="people.merge")
    assert (entry.user, entry.object_id, entry.data["handle"]) == (coordinator, str(keep.pk), handle)
    assert entry.data["moved"] == {"library.Credit.person": 1, "drafts": 1}
