"""Prize points through the ledger, each part once: with the results, and the rest when another agency applied what the entry teaches."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, deeds_results
from kmportal.contest.actions.ground import ContestError, take_contest, write
from kmportal.contest.kinds_results import APPLIED, CONFIRMED
from kmportal.contest.models import AppliedReport, Entry, Prize, PrizeAward, ResultVersion, TeamMember
from kmportal.contest.voters import departments
from kmportal.inbox.actions import tell
from kmportal.people.guests import in_network
from kmportal.people.models import User
from rewards.actions import awarding as bank
from rewards.models import Reason
from rewards.rules import Amount, shares

LONGEST_WORDS = 2000
Part, State = PrizeAward.Part, PrizeAward.State
Key = tuple[int, int, int, str]


class OwnDepartment(ContestError):
    words = _("Somebody of another department has to tell that they applied it.")


class WordsMissing(ContestError):
    words = _("Say in a few words what was applied and what came of it.")


class ToldAlready(ContestError):
    words = _("Your agency has told this already.")


class Decided(ContestError):
    words = _("This was decided already.")


def settle(*, version: ResultVersion, actor: User | None, at: datetime) -> None:
    """In the transaction of a publication: pays what this version gives, and takes back what an older one gave and this one does not.

    What stands in both is left alone, so nothing is ever paid twice.
    """
    wanted = _wanted(version)
    known = {_key(one): one for one in PrizeAward.objects.filter(entry__contest=version.contest).select_related("user", "entry")}
    bank.lock_accounts(*User.objects.filter(pk__in={key[2] for key in (*wanted, *known)}))
    for key, award in known.items():
        if key not in wanted or wanted[key].points != award.points:
            _take_back(version, award, actor, at)
    applied = set(AppliedReport.objects.filter(entry__contest=version.contest, state="confirmed").values_list("entry", flat=True))
    for key, fresh in wanted.items():
        award = _promise(known.get(key), fresh, at)
        if award.part == Part.AT_ONCE or award.entry_id in applied:
            _pay(version, award, actor, at)


def _key(one: PrizeAward) -> Key:
    return one.prize_id, one.entry_id, one.user_id, one.part


def _wanted(version: ResultVersion) -> dict[Key, PrizeAward]:
    prizes = {one.pk: one for one in version.contest.prizes.all()}
    found: dict[Key, PrizeAward] = {}
    for row in version.rows.select_related("entry__owner"):
        people = winners(row.entry)
        for prize in (prizes[key] for key in row.detail["prizes"] if key in prizes):
            for part, points in _parts(prize):
                for user, own in zip(people, shares(points, [1] * len(people)), strict=True):
                    if own:
                        one = PrizeAward(prize=prize, row=row, entry=row.entry, user=user, part=part, points=own)
                        found[_key(one)] = one
    return found


def _parts(prize: Prize) -> Iterable[tuple[PrizeAward.Part, int]]:
    later = prize.points * prize.vesting // 100
    return (Part.AT_ONCE, prize.points - later), (Part.VESTED, later)


def winners(entry: Entry) -> list[User]:
    """Who shares the points of a prize in equal parts: the owner and the team that agreed to be named."""
    agreed = entry.team.filter(consent=TeamMember.Consent.GIVEN).select_related("user")
    return [entry.owner, *(one.user for one in agreed)]


def _promise(known: PrizeAward | None, fresh: PrizeAward, at: datetime) -> PrizeAward:
    """The award as it stands, waiting where it is new, was taken back, or is of another size now."""
    if known is not None and known.pk and known.state == State.PAID:
        return known
    award = known if known is not None and known.pk else fresh
    award.row, award.points, award.state, award.paid_at = fresh.row, fresh.points, State.WAITS, None
    award.made_at = award.made_at or at
    award.save()
    return award


def _pay(version: ResultVersion, award: PrizeAward, actor: User | None, at: datetime) -> None:
    """Whoever changes the row pays; everybody else finds nothing to change."""
    if not PrizeAward.objects.filter(pk=award.pk, state=State.WAITS).update(state=State.PAID, paid_at=at):
        return
    transfer = bank.award(
        reason=Reason.CONTEST_RESULT, earner=award.user, payer=None, source=award, key=str(award.pk), at=at, actor=actor,
        label=f"{award.prize} · {version.contest}", url=award.get_absolute_url(), amount=Amount(award.points, award.points),
    )  # fmt: skip
    PrizeAward.objects.filter(pk=award.pk).update(transfer=str(transfer.pk) if transfer else "")
    write(
        contest=version.contest, actor=actor, act=deeds_results.PAID, entry=award.entry, award=award.pk, points=award.points,
        version=version.number,
    )  # fmt: skip


def _take_back(version: ResultVersion, award: PrizeAward, actor: User | None, at: datetime) -> None:
    if award.state == State.WAITS:
        # Only promised: nothing has moved.
        award.delete()
        return
    if PrizeAward.objects.filter(pk=award.pk, state=State.PAID).update(state=State.TAKEN_BACK):
        award.state = State.TAKEN_BACK
        bank.take_back(source=award, reason=Reason.CONTEST_RESULT, at=at, actor=actor, note=version.reason[:300])
        write(
            contest=version.contest, actor=actor, act=deeds_results.TAKEN_BACK, entry=award.entry, award=award.pk,
            points=award.points, version=version.number,
        )  # fmt: skip


# --- Another agency applied it ---------------------------------------------------------------------------------------------------
@transaction.atomic
def tell_applied(*, actor: User, entry: int, words: str) -> AppliedReport:
    """Tells that one's agency applied what an entry teaches. What was not confirmed can be told anew.

    Raises:
        Entry.DoesNotExist: not published, or not theirs to see.
        PermissionDenied: no agency.
        OwnDepartment, WordsMissing, ToldAlready
    """
    found = Entry.objects.visible_to(actor).admitted().filter(contest__results_published_at__isnull=False)
    row = found.select_related("contest").get(pk=entry)
    if actor.agency is None or not in_network(actor):
        raise PermissionDenied
    known = departments({key for key in (actor.agency_id, row.agency_id) if key})
    if row.owner_id == actor.pk or known.get(actor.agency_id or 0) == known.get(row.agency_id or 0):
        raise OwnDepartment
    if not (words := words.replace("\x00", "").strip()[:LONGEST_WORDS]):
        raise WordsMissing
    at = clock.reading()
    report, is_new = AppliedReport.objects.get_or_create(
        entry=row, agency=actor.agency, defaults={"by": actor, "words": words, "at": at}
    )
    if not is_new:
        anew = {"state": "told", "by": actor, "words": words, "at": at, "decided_at": None, "decided_by": None, "reason": ""}
        if not AppliedReport.objects.filter(pk=report.pk, state="declined").update(**anew):
            raise ToldAlready
    write(contest=row.contest, actor=actor, act=deeds_results.APPLIED, entry=row, report=report.pk)
    key = f"report:{report.pk}:{at.isoformat()}"
    tell(kind=APPLIED, recipients=row.contest.organisers.all(), actor=actor, thing=row, key=key)
    return report


@transaction.atomic
def confirm_applied(*, actor: User, contest: int, report: int) -> AppliedReport:
    """The organiser confirms a report; what of the prize waited for it is paid, once, however many agencies apply it.

    Raises:
        Contest.DoesNotExist, AppliedReport.DoesNotExist, PermissionDenied
        Decided
    """
    found = _decide(actor, contest, report, AppliedReport.State.CONFIRMED, "")
    version = found.entry.contest.results.get(number=found.entry.contest.results_version)
    waiting = PrizeAward.objects.filter(entry=found.entry, part=Part.VESTED, state=State.WAITS).select_related("user", "prize")
    bank.lock_accounts(*(one.user for one in waiting))
    for award in waiting:
        _pay(version, award, actor, clock.now())
    write(contest=version.contest, actor=actor, act=deeds_results.CONFIRMED, entry=found.entry, report=found.pk)
    people = winners(found.entry)
    tell(kind=CONFIRMED, recipients=people, actor=actor, thing=found.entry, key=f"report:{found.pk}:confirmed")
    return found


@transaction.atomic
def decline_applied(*, actor: User, contest: int, report: int, reason: str) -> AppliedReport:
    """Does not confirm a report; who told it reads why.

    Raises:
        Contest.DoesNotExist, AppliedReport.DoesNotExist, PermissionDenied
        Decided, WordsMissing
    """
    if not (reason := " ".join(reason.split())[:LONGEST_WORDS]):
        raise WordsMissing
    found = _decide(actor, contest, report, AppliedReport.State.DECLINED, reason)
    write(contest=found.entry.contest, actor=actor, act=deeds_results.DECLINED, entry=found.entry, report=found.pk, reason=reason)
    return found


def _decide(actor: User, contest: int, report: int, state: AppliedReport.State, reason: str) -> AppliedReport:
    place = take_contest(actor=actor, contest=contest)
    row = AppliedReport.objects.select_related("entry__contest", "entry__owner").get(pk=report, entry__contest=place)
    changed = {"state": state, "decided_at": clock.reading(), "decided_by": actor, "reason": reason}
    if not AppliedReport.objects.filter(pk=row.pk, state="told").update(**changed):
        raise Decided
    return row
