"""Taking a case on, and deciding it. Of two who decide at the same moment one does; the other is told."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.moderation.actions import audit
from kmportal.moderation.actions.ground import DecidedMeanwhile, ModerationError, is_dealt_with, said, tell_both
from kmportal.moderation.declared import DECIDED
from kmportal.moderation.kinds import Outcome
from kmportal.moderation.models import Case, Decision
from kmportal.moderation.notices import DECIDED_ABOUT, DECIDED_REPORTED
from kmportal.moderation.permissions import can_decide
from kmportal.people.models import User


class TakenMeanwhile(ModerationError):
    words = _("Somebody else has taken this case on a moment ago. You can still decide it.")


class NoSuchOutcome(ModerationError):
    words = _("Choose how the case ends.")


def taken_up(*, actor: User, case: Case, states: tuple[str, ...]) -> Case:
    """The case as it is now, under the lock of what it is about.

    Raises:
        Case.DoesNotExist: not the actor's to handle.
        DecidedMeanwhile: it does not wait (any more).
        PermissionDenied: the actor is party to it.
    """
    found = Case.objects.handled_by(actor).get(pk=case.pk)
    found.rules.lock(found.subject)
    found.refresh_from_db()
    if found.state not in states:
        raise DecidedMeanwhile
    if not can_decide(actor, found):
        raise PermissionDenied
    return found


@transaction.atomic
def take_on(*, actor: User, case: Case, over: int | None = None) -> None:
    """Says that the actor looks at the case, so that nobody does it twice. Binds nobody.

    Args:
        over: the key of who has it, where the actor takes it from them.

    Raises:
        Case.DoesNotExist, PermissionDenied, DecidedMeanwhile, TakenMeanwhile
    """
    case = taken_up(actor=actor, case=case, states=(Case.State.OPEN, Case.State.APPEALED))
    free = Q(assigned_to=None) | Q(assigned_to=actor) | Q(assigned_to=over)
    if not Case.objects.filter(free, pk=case.pk).update(assigned_to=actor):
        raise TakenMeanwhile


@transaction.atomic
def give_up(*, actor: User, case: Case) -> None:
    """The actor looks at the case no longer."""
    Case.objects.handled_by(actor).filter(pk=case.pk, assigned_to=actor).update(assigned_to=None)


@transaction.atomic
def decide(*, actor: User, case: Case, outcome: str, reason: str = "", ready: str = "") -> Decision:
    """Ends a case and tells both sides why.

    Args:
        outcome: the code of one of the kind's outcomes. ready: the code of a ready-made reason of that outcome; then words may be left out.

    Raises:
        Case.DoesNotExist: not the actor's to handle.
        PermissionDenied: the actor is party to it.
        DecidedMeanwhile, NoSuchOutcome, NoReason, TooLong
    """
    case = taken_up(actor=actor, case=case, states=(Case.State.OPEN,))
    chosen = _chosen(case, outcome)
    known = next((one for one in chosen.reasons if one.code == ready), None)
    words, now = said(reason, needed=known is None), timezone.now()
    step: dict[str, Any] = {"state": Case.State.DECIDED, "moved_at": now, "assigned_to": actor}
    if not Case.objects.filter(pk=case.pk, state=Case.State.OPEN).update(**step):
        raise DecidedMeanwhile
    done = chosen.apply(case, actor, words or str(known.text if known else ""))
    made = Decision.objects.create(
        case=case, moderator=actor, outcome=chosen.code, ready=known.code if known else "", reason=words, data=done or {}, at=now
    )
    data = {"kind": case.kind, "outcome": chosen.code, "ready": made.ready, "quote": words}
    audit.record(actor=actor, act=DECIDED, thing=case.subject, reason=words or made.ready, data={"case": case.pk, **data})
    is_dealt_with(case)
    tell_both(case=case, kinds=(DECIDED_ABOUT, DECIDED_REPORTED), actor=actor, data=data)
    return made


def _chosen(case: Case, outcome: str) -> Outcome:
    try:
        return case.rules.outcome(outcome)
    except KeyError as error:
        raise NoSuchOutcome from error
