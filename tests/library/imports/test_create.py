"""The draft page: every block has its place on it, once, with its names, its file and its links."""

import dataclasses
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connections
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from kmportal.library.actions.imports import edits, pages, registry
from kmportal.library.importer import coverage
from kmportal.library.importer.model import Block, Cell, Draft, Entry, Source, Speaker
from kmportal.library.importing import names
from kmportal.library.importing.marks import in_full
from kmportal.library.importing.streams import stream_of, text_of, with_ids_of
from kmportal.library.importing.work import Work
from kmportal.library.models import ImportJob, Item, LibraryDocument, SeminarIndexPage, SeminarPage
from kmportal.people.models import Agency, Person, User
from tests.library.imports.test_upload import kept_files
from tests.make.imports import SUMMARY, make_import


def made(job: ImportJob, actor: User) -> SeminarPage:
    """The draft page of an import."""
    return pages.create_draft(actor=actor, job=job)


def body(page: SeminarPage) -> list[dict[str, Any]]:
    """The newest draft's stream, raw."""
    return list(page.get_latest_revision_as_object().body.raw_data)


# --- Nothing is lost -------------------------------------------------------------------------------------------------------------
WORDS = st.text(alphabet="กขคงจ าิีู่้ ABC 123 ๑๒.:()–", min_size=1, max_size=900).map(lambda t: " ".join(t.split()) or "ก")
NAMES = st.text(alphabet="กขคงจา", min_size=1, max_size=20)


def speakers() -> st.SearchStrategy[Speaker]:
    return st.builds(
        Speaker, prefix=st.sampled_from(["", "นาย", "ดร."]), given=NAMES, family=NAMES, position=WORDS.map(lambda t: t[:300])
    )


@st.composite
def some_blocks(draw: Any) -> tuple[Block, ...]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        kind: Any = draw(st.sampled_from(["session", "unit", "section", "item", "paragraph", "table"]))
        text = draw(WORDS)
        more: dict[str, Any] = {}
        if kind == "unit":
            people = tuple(draw(st.lists(speakers(), max_size=3)))
            said = [text, *(f"{s.name} {s.position}" for s in people)]
            more = {
                "unit_type": draw(st.sampled_from(["talk", "group"])),
                "title": text,
                "speakers": people,
                "agency": draw(st.none() | NAMES),
            }
            text = " : ".join(said)
        if kind == "table":
            rows = draw(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=3))
            more = {"rows": tuple(tuple(Cell((Entry(cell, number + 1),)) for cell in row) for row in rows)}
        if kind == "item":
            more = {"kind": "lesson", "level": draw(st.integers(0, 6))}
        rule = draw(st.sampled_from(["", "continuation"])) if kind == "paragraph" else ""
        found.append(Block(f"L{number + 1}", kind, text, number + 1, number + 1, rule=rule, **more))
    return tuple(found)


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


@settings(max_examples=60, deadline=None)
@given(some_blocks())
def test_the_stream_says_all_that_the_draft_says(blocks: tuple[Block, ...]) -> None:
    draft = Draft(blocks=blocks)
    ids = dict.fromkeys(names.mentions(draft), 7)
    stream = stream_of(draft, ids, "seed")
    told = letters("".join(map(text_of, stream)))
    for block in blocks:
        parts = [cell.text for row in block.rows for cell in row] if block.type == "table" else [block.title or block.text]
        for part in parts:
            assert letters(part) in told
        for speaker in block.speakers:
            assert letters(speaker.position) in told
    assert len({raw["id"] for raw in stream}) == len(stream)
    assert stream_of(draft, ids, "seed") == stream
    assert stream_of(draft, ids, "other") != stream or not stream
    titles = [raw["value"]["title"] for raw in stream if "title" in raw["value"]]
    assert all(0 < len(title) <= 300 for title in titles)
    json.dumps(stream)


@settings(max_examples=60, deadline=None)
@given(some_blocks(), st.data())
def test_unchanged_blocks_keep_their_ids(blocks: tuple[Block, ...], data: Any) -> None:
    old = stream_of(Draft(blocks=blocks), {}, "old")
    same = with_ids_of(old, stream_of(Draft(blocks=blocks), {}, "new"))
    assert same == old
    if blocks:
        gone = data.draw(st.integers(0, len(blocks) - 1))
        rest = (*blocks[:gone], *blocks[gone + 1 :])
        fresh = with_ids_of(old, stream_of(Draft(blocks=rest), {}, "new"))
        assert len({raw["id"] for raw in fresh}) == len(fresh)


def test_every_line_of_the_file_is_on_the_page(coordinator: User) -> None:
    job = make_import(coordinator)
    work = Work.of(job)
    assert coverage(Source.from_json(job.source or {}), work.draft) == []
    page = made(job, coordinator)
    told = letters(" ".join(map(text_of, body(page))))
    for block in work.draft.blocks:
        assert letters(block.title or in_full(block)) in told
    assert "โจทย์ : ทำอย่างไร" in " ".join(map(text_of, body(page)))
    assert [raw["type"] for raw in body(page)][:3] == ["session", "talk", "section"]


# --- Names, file, fields ---------------------------------------------------------------------------------------------------------
def test_the_page_has_its_facts_names_and_file(coordinator: User, django_capture_on_commit_callbacks: Any) -> None:
    for path in kept_files():
        path.unlink()
    job = make_import(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        page = made(job, coordinator)
    page.refresh_from_db()
    assert (page.title, str(page.start_date), str(page.end_date)) == ("การจัดการความรู้ของหน่วยงาน", "2022-03-03", "2022-03-04")
    assert (page.province, page.visibility, page.live, page.owner) == ("นครปฐม", "network", False, coordinator)
    assert page.get_parent().specific == SeminarIndexPage.objects.get()
    talk = next(raw for raw in body(page) if raw["type"] == "talk")["value"]
    person = Person.objects.get(pk=talk["speakers"][0]["value"]["person"])
    assert (str(person), person.prefix, str(person.agency)) == ("ทดสอบ ตั้งใจดี", "นาย", "กรมทดสอบหนึ่ง")
    agency = Agency.objects.get(pk=talk["agency"])
    assert (agency.name, agency.kind) == ("กรมทดสอบหนึ่ง", "department")
    document = LibraryDocument.objects.get()
    assert (page.source, document.title, document.visibility, document.uploaded_by_user) == (
        document,
        "summary.txt",
        "network",
        coordinator,
    )
    assert document.file.read().decode() == SUMMARY
    assert "ผู้บริหารติดตาม" in document.text
    assert kept_files() == []


def test_clicking_twice_makes_one_page(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator)
    for _ in range(2):
        assert as_(coordinator).post(f"/imports/{job.pk}/create/").headers["Location"] == f"/imports/{job.pk}/"
    assert (SeminarPage.objects.count(), LibraryDocument.objects.count(), Person.objects.filter(user=None).count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_clicking_twice_at_the_same_time_makes_one_page(coordinator: User) -> None:
    job = make_import(coordinator)

    def click(_number: int) -> int:
        try:
            return made(job, coordinator).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = set(pool.map(click, range(2)))
    assert len(found) == SeminarPage.objects.count() == LibraryDocument.objects.count() == 1


def test_a_second_import_finds_the_names_of_the_first(coordinator: User) -> None:
    one, other = make_import(coordinator), make_import(coordinator, SUMMARY.replace("การลดขั้นตอน", "เรื่องอื่นของ"))
    for job in (one, other):
        made(job, coordinator)
    assert Person.objects.filter(given_name="ทดสอบ").count() == 1
    assert Agency.objects.filter(name="กรมทดสอบหนึ่ง").count() == 1


def test_when_something_fails_nothing_was_made(coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    job = make_import(coordinator)
    before = (Agency.objects.count(), Person.objects.count())
    stored = set(Path(default_storage.location).rglob("*.txt"))  # type: ignore[attr-defined]  # a FileSystemStorage

    def fail(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(pages, "_finish", fail)
    with pytest.raises(RuntimeError):
        made(job, coordinator)
    job.refresh_from_db()
    assert (job.state, SeminarPage.objects.count(), LibraryDocument.objects.count()) == ("review", 0, 0)
    assert (Agency.objects.count(), Person.objects.count()) == before
    assert set(Path(default_storage.location).rglob("*.txt")) == stored  # type: ignore[attr-defined]  # as above


def test_a_page_needs_a_title(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator, "- ข้อหนึ่ง\n- ข้อสอง\n- ข้อสาม\n")
    draft = Work.of(job).draft
    job.draft = dataclasses.replace(draft, title=dataclasses.replace(draft.title, value="")).to_json()
    job.save(update_fields=["draft"])
    with pytest.raises(pages.TitleMissing):
        made(job, coordinator)
    client = as_(coordinator)
    client.post(f"/imports/{job.pk}/create/")
    assert 'role="alert"' in client.get(f"/imports/{job.pk}/").text
    assert SeminarPage.objects.count() == 0


def test_what_was_left_out_is_not_on_the_page(coordinator: User) -> None:
    job = make_import(coordinator)
    block = next(one for one in Work.of(job).draft.blocks if one.text.startswith("บุคลากรย้ายบ่อย"))
    values = {"value": "", "text": ""}
    edits.edit(actor=coordinator, job=job, version=1, verb="leave_out", block=block.id, values=values)
    page = made(job, coordinator)
    assert "บุคลากรย้ายบ่อย" not in " ".join(map(text_of, body(page)))
    assert "บุคลากรย้ายบ่อย" in LibraryDocument.objects.get().text


# --- From draft to readers -------------------------------------------------------------------------------------------------------
def test_only_network_coordinators_publish_at_once(
    agency_coordinator: User, agency_a: Agency, as_: Callable[..., Client]
) -> None:
    job = make_import(agency_coordinator)
    page = made(job, agency_coordinator)
    assert page.agency == agency_a
    client = as_(agency_coordinator)
    assert client.post(f"/imports/{job.pk}/publish/").status_code == 403
    assert "/publish/" not in client.get(f"/imports/{job.pk}/").text
    page.refresh_from_db()
    assert not page.live


def test_an_agency_coordinator_hands_the_page_in(agency_coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(agency_coordinator)
    page = made(job, agency_coordinator)
    client = as_(agency_coordinator)
    assert client.post(f"/imports/{job.pk}/hand-in/").status_code == 302
    page.refresh_from_db()
    assert page.workflow_in_progress
    assert client.get(f"/imports/{job.pk}/").status_code == 200


def test_publishing_without_a_page_is_refused(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator)
    client = as_(coordinator)
    assert client.post(f"/imports/{job.pk}/publish/").status_code == 302
    assert client.post(f"/imports/{job.pk}/hand-in/").status_code == 404
    assert SeminarPage.objects.count() == 0


def test_an_import_outlives_its_page(coordinator: User, as_: Callable[..., Client]) -> None:
    job = make_import(coordinator)
    made(job, coordinator).delete()
    assert as_(coordinator).get(f"/imports/{job.pk}/").status_code == 200
    assert as_(coordinator).post(f"/imports/{job.pk}/publish/").status_code == 302


def test_near_duplicates_are_pointed_out(coordinator: User, as_: Callable[..., Client]) -> None:
    text = "ข้อมูลของโครงการกระจัดกระจายอยู่หลายที่และไม่มีผู้รับผิดชอบหลัก"
    page = made(make_import(coordinator, SUMMARY.replace("ข้อมูลกระจัดกระจายหลายที่", text)), coordinator)
    page.get_latest_revision().publish(user=coordinator)
    other = SUMMARY.replace("การจัดการความรู้ของหน่วยงาน", "อีกเรื่องหนึ่ง").replace("3 - 4 มีนาคม", "9 เมษายน")
    job = make_import(coordinator, other.replace("ข้อมูลกระจัดกระจายหลายที่", f"{text}เลย"))
    item = Item.objects.get(text=text)
    block = next(one for one in Work.of(job).draft.blocks if one.text.startswith("ข้อมูลของโครงการ"))
    assert job.findings["items"][block.id] == [item.pk]
    assert item.get_absolute_url() in as_(coordinator).get(f"/imports/{job.pk}/").text


def test_kinds_of_agencies_are_told_by_their_names() -> None:
    levels = {
        "กระทรวงการคลัง": "ministry", "กรมทางหลวง": "department", "สำนักงานปลัดกระทรวงคมนาคม": "department", "กองแผนงาน": "bureau",
        "กลุ่มพัฒนาระบบบริหาร": "group", "จังหวัดน่าน": "province", "เทศบาลตำบลแม่จัน": "local", "บริษัทหนึ่ง": "other",
    }  # fmt: skip
    assert {name: registry.level_of(name=name) for name in levels} == levels
