"""The moves of a review: by forms and by script, against the newest version, with undo and redo."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from kmportal.library.actions.imports import edits
from kmportal.library.importer.model import Block
from kmportal.library.importing.moves import CannotMove
from kmportal.library.importing.work import Work
from kmportal.library.models import ImportEdit, ImportJob
from kmportal.people.models import User
from tests.make.imports import make_import

PARTS = {"X-Requested-With": "fetch"}


@pytest.fixture
def job(coordinator: User) -> ImportJob:
    """A summary under review."""
    return make_import(coordinator)


def blocks(job: ImportJob) -> tuple[Block, ...]:
    """The newest blocks."""
    return Work.of(ImportJob.objects.get(pk=job.pk)).draft.blocks


def find(job: ImportJob, text: str) -> Block:
    """The block that begins with this text."""
    return next(block for block in blocks(job) if block.text.startswith(text))


def move(job: ImportJob, actor: User, verb: str, block: str, **values: Any) -> edits.Edited:
    """A move on the newest version."""
    job.refresh_from_db()
    given = {"value": "", "text": "", "title": "", "agency": "", "people": "", "categories": "", **values}
    return edits.edit(actor=actor, job=job, version=job.version, verb=verb, block=block, values=given)


def test_each_kind_can_be_given(job: ImportJob, coordinator: User) -> None:
    block = find(job, "ข้อมูลกระจัดกระจาย")
    assert block.kind == "obstacle"
    move(job, coordinator, "kind", block.id, value="lesson")
    changed = find(job, "ข้อมูลกระจัดกระจาย")
    assert (changed.kind, changed.confidence, changed.rule) == ("lesson", 1.0, "edited")


def test_a_paragraph_becomes_an_item_by_its_kind(job: ImportJob, coordinator: User) -> None:
    block = find(job, "ข้อมูลกระจัดกระจาย")
    move(job, coordinator, "type", block.id, value="paragraph")
    assert find(job, "ข้อมูลกระจัดกระจาย").type == "paragraph"
    move(job, coordinator, "kind", block.id, value="metric")
    assert (find(job, "ข้อมูลกระจัดกระจาย").type, find(job, "ข้อมูลกระจัดกระจาย").kind) == ("item", "metric")


@pytest.mark.parametrize(
    ("wanted", "type_", "unit_type"),
    [
        ("session", "session", None),
        ("talk", "unit", "talk"),
        ("group", "unit", "group"),
        ("section", "section", None),
        ("paragraph", "paragraph", None),
    ],
)
def test_each_type_can_be_given(wanted: str, type_: str, unit_type: str | None, job: ImportJob, coordinator: User) -> None:
    block = find(job, "ทีมงานมาจากทุกกอง")
    move(job, coordinator, "type", block.id, value=wanted)
    changed = find(job, "ทีมงานมาจากทุกกอง")
    assert (changed.type, changed.unit_type, changed.text) == (type_, unit_type, block.text)


def test_text_is_split_where_the_editor_breaks_it(job: ImportJob, coordinator: User) -> None:
    before = [block.id for block in blocks(job)]
    block = find(job, "ผู้บริหารติดตาม")
    done = move(job, coordinator, "split", block.id, text="ผู้บริหาร\r\nติดตาม\nทุกสัปดาห์")
    texts = [one.text for one in blocks(job) if one.first == block.first]
    assert texts == ["ผู้บริหาร", "ติดตาม", "ทุกสัปดาห์"]
    assert (done.gone, len(done.now), done.now[0]) == ((block.id,), 3, block.id)
    assert len(blocks(job)) == len(before) + 2
    assert {one.kind for one in blocks(job) if one.first == block.first} == {"success_factor"}


def test_a_split_that_rewords_is_refused(job: ImportJob, coordinator: User) -> None:
    block = find(job, "ผู้บริหารติดตาม")
    for text in ("ผู้บริหาร\nไม่ติดตาม", block.text):
        with pytest.raises(CannotMove):
            move(job, coordinator, "split", block.id, text=text)
    assert find(job, "ผู้บริหารติดตาม") == block
    assert not ImportEdit.objects.exists()


def test_parts_are_joined(job: ImportJob, coordinator: User) -> None:
    first, second = find(job, "ผู้บริหารติดตาม"), find(job, "ทีมงานมาจาก")
    done = move(job, coordinator, "merge", second.id)
    joined = find(job, "ผู้บริหารติดตาม")
    assert joined.text.endswith(second.text)
    assert (joined.first, joined.last) == (first.first, second.last)
    assert second.id in done.gone
    with pytest.raises(CannotMove):
        move(job, coordinator, "merge", blocks(job)[0].id)


def test_levels_go_from_one_to_four(job: ImportJob, coordinator: User) -> None:
    block = find(job, "ทีมงานมาจาก")
    for _ in range(3):
        move(job, coordinator, "level", block.id, value="1")
    assert find(job, "ทีมงานมาจาก").level == 3
    with pytest.raises(CannotMove):
        move(job, coordinator, "level", block.id, value="1")
    move(job, coordinator, "level", block.id, value="-1")
    assert find(job, "ทีมงานมาจาก").level == 2
    with pytest.raises(CannotMove):
        move(job, coordinator, "level", find(job, "Session").id, value="1")


def test_a_text_is_reworded_but_never_emptied(job: ImportJob, coordinator: User) -> None:
    block = find(job, "ทีมงานมาจาก")
    move(job, coordinator, "text", block.id, text="ทีมงานมาจากทุกกอง\r\nและทุกศูนย์")
    assert find(job, "ทีมงานมาจาก").text == "ทีมงานมาจากทุกกอง และทุกศูนย์"
    with pytest.raises(CannotMove):
        move(job, coordinator, "text", block.id, text="  ")


def test_a_talk_is_told_in_its_fields(job: ImportJob, coordinator: User) -> None:
    block = next(one for one in blocks(job) if one.type == "unit")
    people = "นางสาวใจดี มีสุข | ผู้อำนวยการ | กรมทดสอบสอง\nดร. เก่ง กล้าหาญ"
    move(job, coordinator, "talk", block.id, title="ชื่อใหม่", agency="กรมทดสอบสอง", people=people, categories="หมวด 4, 6")
    changed = next(one for one in blocks(job) if one.id == block.id)
    assert (changed.title, changed.agency, changed.categories) == ("ชื่อใหม่", "กรมทดสอบสอง", ("4", "6"))
    assert [(s.prefix, s.given, s.family, s.position, s.agency) for s in changed.speakers] == [
        ("นางสาว", "ใจดี", "มีสุข", "ผู้อำนวยการ", "กรมทดสอบสอง"), ("ดร.", "เก่ง", "กล้าหาญ", "", ""),
    ]  # fmt: skip
    job.refresh_from_db()
    assert "p:ใจดี มีสุข" in job.findings["names"]
    with pytest.raises(CannotMove):
        move(job, coordinator, "talk", find(job, "ทีมงาน").id)


def test_what_is_left_out_stays_in_the_import(job: ImportJob, coordinator: User) -> None:
    block = find(job, "ทีมงานมาจาก")
    done = move(job, coordinator, "leave_out", block.id)
    assert done.now == (block.id,)
    assert block in blocks(job)
    assert block not in Work.of(done.job).shown().blocks
    move(job, coordinator, "put_back", block.id)
    assert Work.of(ImportJob.objects.get(pk=job.pk)).choices.left_out == ()


def test_a_confirmed_doubt_is_none(job: ImportJob, coordinator: User) -> None:
    block = blocks(job)[-1]
    move(job, coordinator, "confirm", block.id)
    assert (blocks(job)[-1].rule, blocks(job)[-1].flagged) == ("edited", False)


def test_undo_and_redo_walk_through_all_steps(job: ImportJob, coordinator: User) -> None:
    states = [blocks(job)]
    block = find(job, "ผู้บริหารติดตาม")
    for verb, values in (("kind", {"value": "lesson"}), ("split", {"text": "ผู้บริหาร\nติดตามทุกสัปดาห์"}), ("leave_out", {})):
        move(job, coordinator, verb, block.id, **values)
        states.append(blocks(job))
    for state in reversed(states[:-1]):
        job.refresh_from_db()
        edits.undo(actor=coordinator, job=job, version=job.version)
        assert blocks(job) == state
    job.refresh_from_db()
    with pytest.raises(edits.NothingToDo):
        edits.undo(actor=coordinator, job=job, version=job.version)
    for state in states[1:]:
        job.refresh_from_db()
        edits.redo(actor=coordinator, job=job, version=job.version)
        assert blocks(job) == state
    job.refresh_from_db()
    assert (job.version, Work.of(job).choices.left_out) == (10, (block.id,))


def test_a_new_step_ends_what_could_be_redone(job: ImportJob, coordinator: User) -> None:
    block = find(job, "ผู้บริหารติดตาม")
    move(job, coordinator, "kind", block.id, value="lesson")
    job.refresh_from_db()
    edits.undo(actor=coordinator, job=job, version=job.version)
    move(job, coordinator, "kind", block.id, value="metric")
    job.refresh_from_db()
    with pytest.raises(edits.NothingToDo):
        edits.redo(actor=coordinator, job=job, version=job.version)
    assert ImportEdit.objects.count() == 1


def test_a_step_that_changes_nothing_is_no_step(job: ImportJob, coordinator: User) -> None:
    block = find(job, "ผู้บริหารติดตาม")
    move(job, coordinator, "kind", block.id, value="lesson")
    move(job, coordinator, "kind", block.id, value="lesson")
    assert ImportEdit.objects.count() == 1


# --- Over the wire ---------------------------------------------------------------------------------------------------------------
def sent(client: Client, job: ImportJob, verb: str, block: str, **more: Any) -> Any:
    """The answer to the form of a move."""
    headers = more.pop("headers", {})
    version = more.pop("version", ImportJob.objects.get(pk=job.pk).version)
    return client.post(f"/imports/{job.pk}/edit/", {"verb": verb, "block": block, "version": version, **more}, headers=headers)


def test_a_form_comes_back_to_the_block(job: ImportJob, coordinator: User, as_: Callable[..., Client]) -> None:
    block = find(job, "ทีมงานมาจาก")
    answer = sent(as_(coordinator), job, "kind:metric", block.id)
    assert answer.headers["Location"] == f"/imports/{job.pk}/?at={block.id}#b-{block.id}"
    assert find(job, "ทีมงานมาจาก").kind == "metric"


def test_a_script_gets_the_changed_parts(job: ImportJob, coordinator: User, as_: Callable[..., Client]) -> None:
    block = find(job, "ทีมงานมาจาก")
    before = blocks(job)[[one.id for one in blocks(job)].index(block.id) - 1]
    answer = sent(as_(coordinator), job, "kind:metric", block.id, headers=PARTS).json()
    assert [(row["id"], row["after"]) for row in answer["rows"]] == [(block.id, before.id)]
    assert f'data-block="{block.id}"' in answer["rows"][0]["html"]
    assert "data-moves" not in answer["rows"][0]["html"]
    assert (answer["version"], answer["gone"], answer["lines"]) == (2, [], {str(block.first): ["item", block.id]})
    opened = sent(as_(coordinator), job, "level:1", block.id, open="1", headers=PARTS).json()
    assert "data-moves" in opened["rows"][0]["html"]
    merged = sent(as_(coordinator), job, "merge", block.id, headers=PARTS).json()
    assert merged["gone"] == [block.id]
    undone = sent(as_(coordinator), job, "undo", "", headers=PARTS).json()
    assert {row["id"] for row in undone["rows"]} == {before.id, block.id}


def test_an_older_version_is_refused_and_says_who(
    job: ImportJob, coordinator: User, reviewer: User, as_: Callable[..., Client]
) -> None:
    block = find(job, "ทีมงานมาจาก")
    sent(as_(reviewer), job, "kind:metric", block.id)
    late = sent(as_(coordinator), job, "kind:lesson", block.id, version=1, headers=PARTS)
    assert late.status_code == 409
    assert (late.json()["reload"], str(reviewer) in late.json()["message"]) == (True, True)
    plain = as_(coordinator)
    assert sent(plain, job, "kind:lesson", block.id, version=1).status_code == 302
    assert str(reviewer) in plain.get(f"/imports/{job.pk}/").text
    assert find(job, "ทีมงานมาจาก").kind == "metric"
    assert ImportEdit.objects.count() == 1


@pytest.mark.parametrize(
    ("verb", "status"),
    [("kind:nonsense", 422), ("type:table", 422), ("level:9", 422), ("undo", 422), ("unheard", 404), ("", 422)],
)
def test_nonsense_changes_nothing(verb: str, status: int, job: ImportJob, coordinator: User, as_: Callable[..., Client]) -> None:
    before = blocks(job)
    assert sent(as_(coordinator), job, verb, before[3].id, headers=PARTS).status_code == status
    assert sent(as_(coordinator), job, "confirm", "L99999", headers=PARTS).status_code == 422
    assert (blocks(job), ImportEdit.objects.count()) == (before, 0)


@pytest.mark.parametrize("persona", ["agency_coordinator", "officer", "admin"])
def test_strangers_find_no_import(
    persona: str, job: ImportJob, as_: Callable[..., Client], request: pytest.FixtureRequest
) -> None:
    client = as_(request.getfixturevalue(persona))
    refused = 404 if persona == "agency_coordinator" else 403
    for path in ("", "progress/", f"blocks/{blocks(job)[0].id}/"):
        assert client.get(f"/imports/{job.pk}/{path}").status_code == refused
    for path in ("edit/", "details/", "names/", "answer/", "create/", "publish/", "hand-in/", "retry/", "discard/"):
        assert client.post(f"/imports/{job.pk}/{path}", {"version": 1, "verb": "undo"}).status_code == refused
    job.refresh_from_db()
    assert (job.state, job.version) == ("review", 1)


def test_verbs_ask_again_who_acts(job: ImportJob, agency_coordinator: User, officer: User) -> None:
    for actor in (agency_coordinator, officer):
        with pytest.raises(PermissionDenied):
            edits.edit(actor=actor, job=job, version=1, verb="confirm", block=blocks(job)[0].id, values={"value": ""})
        with pytest.raises(PermissionDenied):
            edits.undo(actor=actor, job=job, version=1)


def test_get_never_edits(job: ImportJob, coordinator: User, as_: Callable[..., Client]) -> None:
    for path in ("edit/", "details/", "names/", "answer/", "create/", "publish/", "hand-in/", "retry/"):
        assert as_(coordinator).get(f"/imports/{job.pk}/{path}").status_code == 405
