"""What the verbs of entries stand on: the entry taken for a change, the deadline, and the version that is handed in."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from kmportal.contest import checklist, clock, deeds
from kmportal.contest.actions.ground import ContestError, write
from kmportal.contest.models import Contest, Entry, EntryVersion
from kmportal.contest.models.entries import PLAIN_FIELDS, RICH_FIELDS
from kmportal.contest.permissions import can_work
from kmportal.core import dates
from kmportal.people.models import User

SIMPLE = ("kind", "unit", "title", "summary", "place", "video_url")
CODE_DIGITS, RECEIPT_LETTERS = "0123456789", "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
OPEN_STATES = (Entry.State.DRAFT, Entry.State.SUBMITTED, Entry.State.WITHDRAWN)


class TooLate(ContestError):
    """Says to the second when entries closed, and what the clock says now."""

    def __init__(self, contest: Contest, at: datetime) -> None:
        super().__init__(str(at))
        self.words = _(
            "Entries closed on %(closed)s by the clock of the portal; it is %(now)s now. Your draft is kept: it can still become a lesson."
        ) % {"closed": _to_the_second(contest.enter_until), "now": _to_the_second(at)}


class NotOpenYet(ContestError):
    words = _("Entries are not open yet, or the contest was called off. Your draft is kept.")


class Incomplete(ContestError):
    """`words` name what is missing."""

    def __init__(self, missing: Any) -> None:
        super().__init__(missing)
        self.words = _("Still missing: %(what)s.") % {"what": missing}


class Settled(ContestError):
    words = _("This entry was handed in and entries are closed, so it stays as it is.")


class WrittenMeanwhile(ContestError):
    words = _(
        "This entry was changed in another window or by somebody of the team. Your words are kept in the boxes; look, then save again."
    )


def _to_the_second(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = clock.local(moment)
    return f"{dates.full(local)} {local:%H:%M:%S}"


def take_entry(*, actor: User, entry: int) -> Entry:
    """The entry and its contest, both locked: always the contest first, so that no two verbs wait for each other in a ring.

    Raises:
        Entry.DoesNotExist: gone, or not theirs to see.
        PermissionDenied: they see it and do not work on it.
    """
    contest = lock_contest_of(actor=actor, entry=entry)
    found = Entry.objects.visible_to(actor).select_for_update(no_key=True, of=("self",)).get(pk=entry)
    found.contest = contest
    if not can_work(actor, found):
        raise PermissionDenied
    return found


def lock_contest_of(*, actor: User, entry: int) -> Contest:
    """
    Raises:
        Entry.DoesNotExist: gone, or not theirs to see.
    """
    row = Entry.objects.visible_to(actor).only("contest").get(pk=entry)
    return Contest.objects.select_for_update(no_key=True).get(pk=row.contest_id)


def take_changeable(*, actor: User, entry: int) -> Entry:
    """As `take_entry`, to change what it says. A draft may be written in at any time; what was handed in, until the deadline.

    Raises:
        Entry.DoesNotExist, PermissionDenied
        Settled
    """
    found = take_entry(actor=actor, entry=entry)
    if found.state not in OPEN_STATES or (found.state == Entry.State.SUBMITTED and not _open_at(found.contest, clock.reading())):
        raise Settled
    return found


def _open_at(contest: Contest, at: datetime) -> bool:
    if contest.state != Contest.State.ANNOUNCED or contest.enter_from is None or contest.enter_until is None:
        return False
    return contest.enter_from <= at < contest.enter_until


def require_whole(entry: Entry) -> None:
    """What was handed in stays whole: asked before a change is written, since the database refuses less than that.

    Raises:
        Incomplete
    """
    checks = checklist.of_entry(entry)
    if checklist.missing(checks):
        raise Incomplete(checklist.as_words(checks))


def changed(*, actor: User, entry: Entry) -> None:
    """After a change of what was handed in: it counts at once, as a version of its own, or not at all.

    Raises:
        Incomplete: something needed would be missing. TooLate, NotOpenYet
    """
    if entry.state == Entry.State.SUBMITTED:
        receive(actor=actor, entry=entry)


def receive(*, actor: User, entry: Entry) -> EntryVersion:
    """Hands in what the entry holds now. The deadline is part of the statement that changes the row: at that very moment it changes none.

    Callers hold the locks of contest and entry, so moving the deadline and handing in wait for each other.

    Raises:
        Incomplete, TooLate, NotOpenYet
    """
    require_whole(entry)
    at = clock.reading()
    number, code, receipt = entry.version + 1, entry.code or _free_code(entry.contest), entry.receipt or _free_receipt()
    received = Entry.objects.filter(
        pk=entry.pk, state__in=OPEN_STATES, contest__state=Contest.State.ANNOUNCED, contest__enter_from__lte=at,
        contest__enter_until__gt=at,
    ).update(
        state=Entry.State.SUBMITTED, submitted_at=at, withdrawn_at=None, version=number, code=code, receipt=receipt,
    )  # fmt: skip
    if not received:
        closed = entry.contest.enter_until is not None and entry.contest.enter_until <= at
        raise TooLate(entry.contest, at) if closed and entry.contest.state == Contest.State.ANNOUNCED else NotOpenYet
    entry.refresh_from_db(fields=["state", "submitted_at", "withdrawn_at", "version", "code", "receipt"])
    return _keep_version(actor, entry, at)


def _keep_version(actor: User, entry: Entry, at: datetime) -> EntryVersion:
    content = content_of(entry)
    whole = json.dumps(content, ensure_ascii=False, sort_keys=True)
    version = EntryVersion.objects.create(
        entry=entry, number=entry.version, receipt=entry.receipt, at=at, by=actor, content=content,
        digest=sha256(whole.encode()).hexdigest(),
    )  # fmt: skip
    write(
        contest=entry.contest, actor=actor, act=deeds.HANDED_IN, entry=entry, version=version.number, digest=version.digest,
        at=at.isoformat(),
    )  # fmt: skip
    return version


def content_of(entry: Entry) -> dict[str, Any]:
    """All that is handed in, as plain JSON; files by their digests."""
    return {
        "category": entry.category_id,
        "agency": entry.agency_id,
        **{name: getattr(entry, name) for name in (*SIMPLE, *RICH_FIELDS, *PLAIN_FIELDS)},
        "pictures": [[one.picture.digest, one.alt] for one in entry.pictures.select_related("picture")],
        "files": [[one.title, one.name, one.sha256] for one in entry.files.all()],
        "team": [[one.user_id, one.printed, one.part, one.consent] for one in entry.team.all()],
    }


def _free_code(contest: Contest) -> str:
    """The contest is locked, so a code that is free stays free until it is written."""
    taken = set(contest.entries.exclude(code="").values_list("code", flat=True))
    length = 3 if len(taken) < 500 else 6
    while (code := f"K{get_random_string(length, CODE_DIGITS)}") in taken:
        pass
    return code


def _free_receipt() -> str:
    return f"KM-{get_random_string(10, RECEIPT_LETTERS)}"
