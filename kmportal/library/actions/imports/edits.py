"""The moves of a review. Each is checked against the newest version, kept so that it can be undone, and leaves every line in place."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kmportal.library.importer.model import Draft, Found
from kmportal.library.importing import names, work
from kmportal.library.importing.moves import BY_HAND, CannotMove, moved
from kmportal.library.importing.work import Patch, State, Work
from kmportal.library.models import ImportEdit, ImportJob, SeminarPage
from kmportal.library.permissions import can_import_for, can_update_seminar, can_work_on_import
from kmportal.library.visibility import Visibility
from kmportal.people.models import Agency, User

__all__ = [
    "CannotMove",
    "Details",
    "Edited",
    "NothingToDo",
    "StaleVersion",
    "answer",
    "decide_names",
    "describe",
    "edit",
    "redo",
    "undo",
]


class StaleVersion(Exception):
    """Somebody, or the same person in another window, changed the review in between. last: that change, if it is known."""

    def __init__(self, last: ImportEdit | None) -> None:
        super().__init__("stale")
        self.last = last


class NothingToDo(Exception):
    """Nothing can be undone or redone."""


@dataclass(frozen=True)
class Edited:
    """The result: the saved job, its state, and the ids of the blocks that the move touched, new ones in order."""

    job: ImportJob
    work: Work
    gone: tuple[str, ...] = ()
    now: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a page has beside its text. Dates are None when they are not known."""

    title: str
    start: date | None
    end: date | None
    venue: str
    province: str
    organiser: str
    visibility: str
    agency: Agency | None
    edition: int | None
    categories: Iterable[str]


def edit(*, actor: User, job: ImportJob, version: int, verb: str, block: str, values: Mapping[str, Any]) -> Edited:
    """One move of the review on one block. verb: a key of moves.MOVES.

    Raises:
        PermissionDenied, StaleVersion: nothing was changed.
        CannotMove: this block cannot be moved that way; says why.
    """
    return _change(actor, job, version, (verb, block), lambda state: moved(verb, state, block, values))


def describe(*, actor: User, job: ImportJob, version: int, details: Details) -> Edited:
    """Title, dates, place, who may read, and the PMQA order of the page to be.

    Raises:
        PermissionDenied: also when the page would belong to an agency that is not the actor's.
        StaleVersion: nothing was changed.
    """
    if not can_import_for(actor, details.agency):
        raise PermissionDenied
    return _change(actor, job, version, ("details", ""), lambda state: _described(state, details))


def set_visibility(*, actor: User, job: ImportJob, visibility: str) -> Edited:
    """Who may read the page to be, on the newest version whatever it is: for the command line.

    Raises:
        PermissionDenied: the import is not the actor's.
    """
    version = ImportJob.objects.values_list("version", flat=True).get(pk=job.pk)
    wanted = Visibility(visibility).value
    return _change(
        actor, job, version, ("details", ""),
        lambda state: dataclasses.replace(state, choices=dataclasses.replace(state.choices, visibility=wanted)),
    )  # fmt: skip


def decide_names(*, actor: User, job: ImportJob, version: int, decisions: Mapping[str, int]) -> Edited:
    """Who is meant: a name's key to the id of an agency or person, or to names.NEW. Ids that were not offered are refused.

    Raises:
        PermissionDenied, StaleVersion: nothing was changed.
        CannotMove: an id that is not there.
    """

    def decided(state: Work) -> Work:
        offered = names.mentions(state.draft)
        for key, pk in decisions.items():
            if key not in offered or (pk != names.NEW and not names.known_to(actor, key).filter(pk=pk).exists()):
                raise CannotMove("gone")
        merged = {**state.choices.names, **decisions}
        return dataclasses.replace(state, choices=dataclasses.replace(state.choices, names=merged))

    return _change(actor, job, version, ("names", ""), decided)


def answer(*, actor: User, job: ImportJob, version: int, page: SeminarPage | None) -> Edited:
    """Whether this import gives a page that is there a new draft, which then keeps who may read it and its order, or makes a new one.

    Raises:
        PermissionDenied: also when the page is not the actor's to update.
        StaleVersion: nothing was changed.
    """
    if page is not None and not can_update_seminar(actor, page):
        raise PermissionDenied
    kept: dict[str, Any] = {}
    if page is not None:
        numbers = tuple(sorted(page.categories.values_list("number", flat=True)))
        kept = {"visibility": page.visibility, "agency": page.agency_id, "edition": page.edition_id, "categories": numbers}

    def answered(state: Work) -> Work:
        chosen = dataclasses.replace(state.choices, **kept, page=page.pk if page else None, asked=True)
        return dataclasses.replace(state, choices=chosen)

    return _change(actor, job, version, ("answer", ""), answered)


def undo(*, actor: User, job: ImportJob, version: int) -> Edited:
    """Takes the last step back.

    Raises:
        PermissionDenied, StaleVersion, NothingToDo: nothing was changed.
    """
    return _step(actor, job, version, back=True)


def redo(*, actor: User, job: ImportJob, version: int) -> Edited:
    """Does again what was undone last.

    Raises:
        PermissionDenied, StaleVersion, NothingToDo: nothing was changed.
    """
    return _step(actor, job, version, back=False)


def _change(actor: User, job: ImportJob, version: int, step: tuple[str, str], move: Callable[[Work], Work]) -> Edited:
    verb, block = step
    with transaction.atomic():
        job = _locked(actor, job, version)
        before = Work.of(job)
        after = move(before)
        patch = work.difference(before.to_state(), after.to_state())
        if work.is_empty(patch):
            return Edited(job, before, (block,) if block else (), (block,) if block else ())
        job.edits.filter(undone=True).delete()
        number = (job.edits.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        ImportEdit.objects.create(job=job, number=number, actor=actor, verb=verb, block=block, patch=patch)
        _save(job, after, patch, backwards=False)
    return _edited(job, after, patch, backwards=False)


def _step(actor: User, job: ImportJob, version: int, *, back: bool) -> Edited:
    with transaction.atomic():
        job = _locked(actor, job, version)
        step = job.edits.filter(undone=not back).order_by("-number" if back else "number").first()
        if step is None:
            raise NothingToDo
        state: State = work.apply(Work.of(job).to_state(), step.patch, backwards=back)
        after = Work.from_state(state)
        step.undone = back
        step.save(update_fields=["undone"])
        _save(job, after, step.patch, backwards=back)
    return _edited(job, after, step.patch, backwards=back)


def _locked(actor: User, job: ImportJob, version: int) -> ImportJob:
    job = ImportJob.objects.select_for_update().get(pk=job.pk)
    if not can_work_on_import(actor, job):
        raise PermissionDenied
    if job.version != version or job.state != ImportJob.State.REVIEW:
        raise StaleVersion(job.edits.select_related("actor").order_by("-created_at").first())
    return job


def _save(job: ImportJob, after: Work, patch: Patch, *, backwards: bool) -> None:
    state = after.to_state()
    job.draft, job.choices, job.version = state["draft"], state["choices"], job.version + 1
    _look_again(job, after.draft, {raw["id"] for raw in patch["old" if backwards else "new"]})
    job.save(update_fields=["draft", "choices", "version", "findings", "updated_at"])


def _look_again(job: ImportJob, draft: Draft, touched: set[str]) -> None:
    """New wordings may echo other items, new names may be known."""
    found = job.findings
    blocks = tuple(block for block in draft.blocks if block.id in touched)
    if blocks:
        fresh = names.echoes_of(dataclasses.replace(draft, blocks=blocks))
        found["items"] = {**{key: ids for key, ids in found.get("items", {}).items() if key not in touched}, **fresh}
    if not set(names.mentions(draft)) <= set(found.get("names", {})):
        found["names"] = {**found.get("names", {}), **names.match(draft, job.owner)}


def _edited(job: ImportJob, after: Work, patch: Patch, *, backwards: bool) -> Edited:
    old, new = ("new", "old") if backwards else ("old", "new")
    gone, now = tuple(raw["id"] for raw in patch[old]), tuple(raw["id"] for raw in patch[new])
    if "left_out" in patch["choices"]:
        before, later = (set(side) for side in patch["choices"]["left_out"])
        gone = now = tuple(before ^ later)
    return Edited(job, after, gone, now)


def _described(state: Work, details: Details) -> Work:
    values = {
        "title": details.title,
        "start": details.start.isoformat() if details.start else "",
        "end": details.end.isoformat() if details.end else "",
        "venue": details.venue,
        "province": details.province,
        "organiser": details.organiser,
    }
    found: dict[str, Any] = {name: _found(getattr(state.draft, name), value) for name, value in values.items()}
    choices = dataclasses.replace(
        state.choices,
        visibility=Visibility(details.visibility).value,
        agency=details.agency.pk if details.agency else None,
        edition=details.edition,
        categories=tuple(sorted(details.categories)),
    )
    return Work(dataclasses.replace(state.draft, **found), choices)


def _found(old: Found, value: str) -> Found:
    """What a person typed is certain; what they left as it was keeps its source."""
    return old if old.value == value else Found(value, old.lines, 1.0 if value else 0.0, BY_HAND)
