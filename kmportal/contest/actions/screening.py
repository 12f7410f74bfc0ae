"""Screening: what was handed in is admitted, or not, with a reason that its people read."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, deeds
from kmportal.contest.actions.entry_ground import lock_contest_of
from kmportal.contest.actions.ground import ContestError, write
from kmportal.contest.kinds import ADMITTED, NOT_ADMITTED
from kmportal.contest.models import Entry
from kmportal.contest.permissions import can_run
from kmportal.contest.phases import Phase, phase_of
from kmportal.inbox.actions import tell
from kmportal.people.models import User

SCREENED_IN = (Phase.SCREENING, Phase.JUDGING)
LONGEST_REASON = 2000


class NotNow(ContestError):
    words = _("Entries are screened after the deadline and before judging is closed.")


class AlreadyJudged(ContestError):
    words = _("Judges have this entry already. It can no longer be taken out of the contest here.")


class ReasonMissing(ContestError):
    words = _("Say why it is not admitted: its people read it.")


@transaction.atomic
def admit(*, actor: User, entry: int) -> Entry:
    """Lets an entry go to the judges.

    Raises:
        Entry.DoesNotExist, PermissionDenied
        NotNow
    """
    found = _take(actor, entry)
    _decide(actor, found, Entry.State.ACCEPTED, "")
    write(contest=found.contest, actor=actor, act=deeds.ADMITTED, entry=found)
    data = {"contest": str(found.contest)}
    tell(kind=ADMITTED, recipients=[found.owner], actor=actor, thing=found, key=f"entry:{found.pk}:admitted", data=data)
    return found


@transaction.atomic
def refuse(*, actor: User, entry: int, reason: str) -> Entry:
    """Keeps an entry out. It stays its people's, and can still become a lesson.

    Raises:
        Entry.DoesNotExist, PermissionDenied
        NotNow, ReasonMissing, AlreadyJudged
    """
    found = _take(actor, entry)
    if not (reason := reason.strip()[:LONGEST_REASON]):
        raise ReasonMissing
    if found.assignments.exclude(state="recused").exists():
        raise AlreadyJudged
    _decide(actor, found, Entry.State.SCREENED_OUT, reason)
    write(contest=found.contest, actor=actor, act=deeds.NOT_ADMITTED, entry=found, reason=reason)
    data = {"contest": str(found.contest), "reason": reason}
    key = f"entry:{found.pk}:refused:{clock.now().isoformat()}"
    tell(kind=NOT_ADMITTED, recipients=[found.owner], actor=actor, thing=found, key=key, data=data)
    return found


def _take(actor: User, entry: int) -> Entry:
    contest = lock_contest_of(actor=actor, entry=entry)
    if not can_run(actor, contest):
        raise PermissionDenied
    found = Entry.objects.visible_to(actor).handed_in().select_for_update(no_key=True, of=("self",)).get(pk=entry)
    found.contest = contest
    if phase_of(contest) not in SCREENED_IN or contest.judging_closed_at is not None:
        raise NotNow
    return found


def _decide(actor: User, entry: Entry, state: Entry.State, reason: str) -> None:
    entry.state, entry.screening_reason = state, reason
    entry.screened_by, entry.screened_at = actor, clock.now()
    entry.save(update_fields=["state", "screening_reason", "screened_by", "screened_at"])
