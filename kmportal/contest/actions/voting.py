"""The popular vote, and circles of units that vote for each other, which the organiser looks at."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, deeds_results, rings
from kmportal.contest.actions.ground import ContestError, take_contest, write
from kmportal.contest.kinds_results import PATTERN
from kmportal.contest.models import Contest, Entry, Vote, VotePattern
from kmportal.contest.voters import departments, has_other_part, own
from kmportal.inbox.actions import tell
from kmportal.people.models import User

LONGEST_REASON = 2000


class VoteClosed(ContestError):
    words = _("The vote is not open at this moment. Nothing was changed.")


class OwnEntry(ContestError):
    words = _("This entry is yours or of your own department. Vote for one of the others.")


class NoVoter(ContestError):
    words = _("Organisers and judges of a contest do not vote in it.")


class NoAgency(ContestError):
    words = _("Say in your profile which agency you belong to; then you can vote.")


class ReasonMissing(ContestError):
    words = _("Say why: the reason stands in the book of the contest.")


class VoteRuns(ContestError):
    words = _("People can change their votes until the vote ends. Votes are set aside after that.")


class Decided(ContestError):
    words = _("This was decided already.")


@transaction.atomic
def vote(*, actor: User, entry: int) -> Vote:
    """One's vote in the category of the entry; the same again, or for another one, changes it. The clock is read after the row is held.

    Raises:
        Entry.DoesNotExist: not on the ballot.
        NoVoter, NoAgency, OwnEntry
        VoteClosed: it ended meanwhile; nothing is kept.
    """
    found = Entry.objects.on_ballot(actor).select_related("contest", "category").get(pk=entry)
    _require_voter(actor, found)
    now = clock.now()
    Vote.objects.bulk_create(
        [Vote(category=found.category, voter=actor, entry=found, at=now, changed_at=now)], ignore_conflicts=True
    )  # fmt: skip
    at = clock.reading()
    given = Vote.objects.filter(
        category=found.category, voter=actor, category__contest__state=Contest.State.ANNOUNCED,
        category__contest__vote_from__lte=at, category__contest__vote_until__gt=at,
    ).update(entry=found, changed_at=at)  # fmt: skip
    if not given:
        raise VoteClosed
    return Vote.objects.get(category=found.category, voter=actor)


def _require_voter(actor: User, entry: Entry) -> None:
    if has_other_part(actor, entry.contest):
        raise NoVoter
    if actor.agency_id is None:
        raise NoAgency
    if own(actor, [entry]):
        raise OwnEntry


def look_for_rings(*, at: datetime) -> int:
    """The nightly look at votes that run, or ended in the last week. What is found becomes a case for the organisers; no vote changes.

    Returns:
        How many patterns are new.
    """
    watched = Contest.objects.filter(state=Contest.State.ANNOUNCED, vote_from__lte=at, results_published_at=None)
    return sum(_look(contest, at) for contest in watched)


@transaction.atomic
def _look(contest: Contest, at: datetime) -> int:
    votes = Vote.objects.filter(category__contest=contest, set_aside_at=None)
    rows = [row for row in votes.values_list("pk", "voter__agency", "entry__agency") if row[1] and row[2]]
    unit = departments({key for _pk, *pair in rows for key in pair})
    found = rings.find(rings.Cast(pk, unit[giver], unit[receiver]) for pk, giver, receiver in rows)
    return sum(_keep(contest, ring, at) for ring in found)


def _keep(contest: Contest, ring: rings.Ring, at: datetime) -> int:
    key = sha256(repr(ring.units).encode()).hexdigest()
    pattern, is_new = VotePattern.objects.get_or_create(
        contest=contest, key=key, defaults={"votes": list(ring.votes), "found_at": at}
    )
    if not is_new:
        VotePattern.objects.filter(pk=pattern.pk, state=VotePattern.State.OPEN).update(votes=list(ring.votes))
        return 0
    pattern.agencies.set(ring.units)
    write(contest=contest, actor=None, act=deeds_results.PATTERN, pattern=pattern.pk, votes=len(ring.votes))
    tell(kind=PATTERN, recipients=contest.organisers.all(), thing=contest, key=f"pattern:{pattern.pk}")
    return 1


@transaction.atomic
def decide_pattern(*, actor: User, contest: int, pattern: int, set_aside: bool, reason: str) -> VotePattern:
    """Leaves the votes of a pattern, or sets them aside: they stay in the book and do not count.

    Raises:
        Contest.DoesNotExist, VotePattern.DoesNotExist, PermissionDenied
        ReasonMissing, Decided
        VoteRuns: setting aside waits for the end.
    """
    found = take_contest(actor=actor, contest=contest)
    row = VotePattern.objects.select_for_update(no_key=True).get(contest=found, pk=pattern)
    if not (reason := " ".join(reason.split())[:LONGEST_REASON]):
        raise ReasonMissing
    if row.state != VotePattern.State.OPEN:
        raise Decided
    at = clock.reading()
    if set_aside and (found.vote_until is None or at < found.vote_until):
        raise VoteRuns
    row.state = VotePattern.State.SET_ASIDE if set_aside else VotePattern.State.LEFT
    row.decided_at, row.decided_by, row.reason = at, actor, reason
    row.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    number = _set_aside(row, at, reason) if set_aside else 0
    act = deeds_results.SET_ASIDE if set_aside else deeds_results.LEFT
    write(contest=found, actor=actor, act=act, pattern=row.pk, votes=number, reason=reason)
    return row


def _set_aside(pattern: VotePattern, at: datetime, reason: str) -> int:
    """Votes that were changed since they were found and left the circle are no longer part of it."""
    units = set(pattern.agencies.values_list("pk", flat=True))
    rows: list[Any] = list(Vote.objects.filter(pk__in=pattern.votes).values_list("pk", "entry__agency"))
    unit = departments({agency for _pk, agency in rows if agency})
    inside = [pk for pk, agency in rows if unit.get(agency) in units]
    return Vote.objects.filter(pk__in=inside, set_aside_at=None).update(set_aside_at=at, set_aside_reason=reason)
