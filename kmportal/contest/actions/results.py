"""Results: computed and looked at by the organiser, published once, corrected in a new version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, counting, deeds_results, scoring
from kmportal.contest.actions import awarding, certifying
from kmportal.contest.actions.ground import ContestError, take_contest, touch, write
from kmportal.contest.kinds_results import CORRECTED, RESULTS
from kmportal.contest.models import Contest, Prize, ResultRow, ResultVersion, TeamMember
from kmportal.inbox.actions import tell
from kmportal.people.models import User

LONGEST_REASON = 2000
METHOD = "kmportal-contest-1"


class NotJudged(ContestError):
    words = _("Close the judging first; results are computed from what judges have finished.")


class VoteRuns(ContestError):
    words = _("The popular vote still runs. Results are computed when it has ended.")


class ReasonMissing(ContestError):
    words = _("Results are published. Say why they are corrected: everybody reads it.")


class AlreadyPublished(ContestError):
    words = _("This version is published. Nothing was published a second time.")


class TimePassed(ContestError):
    words = _("This time has passed. Choose a later one, or publish now.")


class Unfinished(ContestError):
    words = _("The contest is being set up, or was called off: it has no results.")


class WrongEntry(ContestError):
    words = _("This is not an admitted entry of the contest, or the reason is missing.")


@transaction.atomic
def compute(*, actor: User, contest: int, reason: str = "", left_out: Mapping[int, str] | None = None) -> ResultVersion:
    """Computes the version that is published next; again writes it anew, until it is published.

    Args:
        reason: why published results are corrected.
        left_out: keys of entries that get no place, with the reason. None keeps what the last version says.

    Raises:
        Contest.DoesNotExist, PermissionDenied
        Unfinished, NotJudged, VoteRuns, ReasonMissing, WrongEntry
    """
    found = take_contest(actor=actor, contest=contest)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    at = clock.reading()
    _require_ready(found, reason, at)
    last = found.results.order_by("-number").first()
    chosen = _left_out(last) if left_out is None else {key: " ".join(why.split()) for key, why in left_out.items()}
    if chosen.keys() - set(found.entries.admitted().values_list("pk", flat=True)) or not all(chosen.values()):
        raise WrongEntry
    version = _open_version(found, last, actor, reason, at)
    version.method = _method(found, chosen)
    version.save()
    ResultRow.objects.bulk_create(_as_row(version, row) for row in counting.count(found, chosen))
    write(contest=found, actor=actor, act=deeds_results.COMPUTED, version=version.number, reason=reason, left_out=sorted(chosen))
    return version


def _require_ready(contest: Contest, reason: str, at: datetime) -> None:
    if contest.state != Contest.State.ANNOUNCED:
        raise Unfinished
    if contest.judging_closed_at is None:
        raise NotJudged
    if contest.vote_until is not None and at < contest.vote_until:
        raise VoteRuns
    if contest.results_version and not reason:
        raise ReasonMissing


def _left_out(version: ResultVersion | None) -> dict[int, str]:
    return {int(key): why for key, why in version.method.get("left_out", {}).items()} if version else {}


def _open_version(contest: Contest, last: ResultVersion | None, actor: User, reason: str, at: datetime) -> ResultVersion:
    number = contest.results_version + 1
    if last is None or last.number < number:
        return ResultVersion(contest=contest, number=number, reason=reason, computed_at=at, computed_by=actor)
    last.rows.all().delete()
    last.reason, last.computed_at, last.computed_by, last.publish_at, last.published_by = reason, at, actor, None, None
    return last


def _method(contest: Contest, left_out: Mapping[int, str]) -> dict[str, Any]:
    """How this version was computed, as it stood then."""
    return {
        "format": METHOD,
        "popular_share": contest.popular_share,
        "normalisation": contest.normalisation,
        "seed": contest.seed,
        "criteria": [[one.key, one.weight, one.most] for one in counting.criteria_of(contest)],
        "left_out": {str(key): why for key, why in left_out.items()},
    }


def _as_row(version: ResultVersion, row: counting.Row) -> ResultRow:
    by_kind = {kind: next((one for one in row.prizes if one.kind == kind), None) for kind in Prize.Kind}
    return ResultRow(
        version=version, entry=row.entry, category=row.entry.category, votes=row.votes, popular=scoring.shown(row.popular),
        judged=None if row.judged is None else scoring.shown(row.judged),
        total=None if row.total is None else scoring.shown(row.total),
        place=row.place, popular_place=row.popular_place, tie_rule=row.tie,
        prize=by_kind[Prize.Kind.PLACE], popular_prize=by_kind[Prize.Kind.POPULAR],
        detail={
            "criteria": row.criteria, "sheets": row.sheets, "overall": row.overall, "left_out": row.left_out,
            "prizes": [one.pk for one in row.prizes],
        },
    )  # fmt: skip


@transaction.atomic
def schedule(*, actor: User, contest: int, version: int, at: datetime | None) -> ResultVersion:
    """Sets the time from which a chore publishes a computed version; None takes it back.

    Raises:
        Contest.DoesNotExist, ResultVersion.DoesNotExist, PermissionDenied
        AlreadyPublished, TimePassed
    """
    found = take_contest(actor=actor, contest=contest)
    row = found.results.get(number=version)
    if row.published_at is not None:
        raise AlreadyPublished
    if at is not None and at <= clock.reading():
        raise TimePassed
    row.publish_at, row.published_by = at, actor if at is not None else None
    row.save(update_fields=["publish_at", "published_by"])
    write(
        contest=found, actor=actor, act=deeds_results.SCHEDULED, version=row.number, at=at.isoformat() if at is not None else ""
    )
    return row


@transaction.atomic
def publish(*, actor: User, contest: int, version: int) -> ResultVersion:
    """Publishes a computed version now: certificates are issued, points paid, entrants told. A correction does so by the difference.

    Raises:
        Contest.DoesNotExist, ResultVersion.DoesNotExist, PermissionDenied
        AlreadyPublished, Unfinished
    """
    found = take_contest(actor=actor, contest=contest)
    return _publish(found, found.results.get(number=version), actor)


def publish_due() -> None:
    """The chore: what was to be published by now. Several workers may run it; the statement lets one through."""
    now = clock.now()
    due = ResultVersion.objects.filter(published_at=None, publish_at__lte=now, contest__state=Contest.State.ANNOUNCED)
    for pk, contest in due.order_by("publish_at").values_list("pk", "contest"):
        _publish_one(pk, contest)


@transaction.atomic
def _publish_one(pk: int, contest: int) -> None:
    found = Contest.objects.select_for_update(no_key=True).get(pk=contest)
    row = found.results.filter(pk=pk, published_at=None, publish_at__lte=clock.reading()).select_related("published_by").first()
    if row is not None and found.state == Contest.State.ANNOUNCED:
        _publish(found, row, row.published_by)


def _publish(contest: Contest, version: ResultVersion, actor: User | None) -> ResultVersion:
    if contest.state != Contest.State.ANNOUNCED:
        raise Unfinished
    at = clock.reading()
    done = ResultVersion.objects.filter(pk=version.pk, published_at=None, number=contest.results_version + 1).update(
        published_at=at, published_by=actor
    )
    if not done:
        raise AlreadyPublished
    Contest.objects.filter(pk=contest.pk).update(
        results_version=version.number, results_published_at=Coalesce(F("results_published_at"), at)
    )
    contest.refresh_from_db()
    version.refresh_from_db()
    certifying.renew(version=version, actor=actor, at=at)
    awarding.settle(version=version, actor=actor, at=at)
    act = deeds_results.PUBLISHED if version.number == 1 else deeds_results.CORRECTED
    write(contest=contest, actor=actor, act=act, version=version.number, reason=version.reason)
    touch(contest)
    _tell(contest, version, actor)
    return version


def _tell(contest: Contest, version: ResultVersion, actor: User | None) -> None:
    kind = RESULTS if version.number == 1 else CORRECTED
    for row in version.rows.select_related("entry__owner", "entry__contest"):
        team = row.entry.team.filter(consent=TeamMember.Consent.GIVEN).select_related("user")
        tell(
            kind=kind, recipients=[row.entry.owner, *(one.user for one in team)], actor=actor, thing=row.entry,
            key=f"entry:{row.entry_id}:results:{version.number}", data={"contest": str(contest), "reason": version.reason},
        )  # fmt: skip
