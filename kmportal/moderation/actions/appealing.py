"""Asking once that another person looks again, and what comes of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.moderation.actions import audit
from kmportal.moderation.actions.deciding import taken_up
from kmportal.moderation.actions.ground import DecidedMeanwhile, ModerationError, ask_deciders, is_dealt_with, said, tell_both
from kmportal.moderation.declared import GRANTED, UPHELD
from kmportal.moderation.models import Appeal, Case
from kmportal.moderation.notices import APPEAL_ABOUT, APPEAL_REPORTED, APPEALED
from kmportal.moderation.permissions import appeal_until, can_appeal
from kmportal.people.models import User


class TooLate(ModerationError):
    words = _("The fourteen days in which you could ask again are over.")


class AppealedBefore(ModerationError):
    words = _("This decision has been looked at again, or waits for it. It can be asked once.")


@transaction.atomic
def appeal(*, actor: User, case: Case, words: str) -> Appeal:
    """Asks another moderator to look again.

    Raises:
        Case.DoesNotExist: no case about the actor.
        PermissionDenied: nothing was decided to the actor's disadvantage.
        TooLate, AppealedBefore, NoReason, TooLong
    """
    case = Case.objects.about(actor).get(pk=case.pk)
    case.rules.lock(case.subject)
    case.refresh_from_db()
    now = timezone.now()
    _require(actor, case, now)
    why = said(words)
    step: dict[str, Any] = {"state": Case.State.APPEALED, "moved_at": now, "assigned_to": None}
    if not Case.objects.filter(pk=case.pk, state=Case.State.DECIDED).update(**step):
        raise AppealedBefore
    made = Appeal.objects.create(case=case, person=actor, words=why, at=now)
    case = Case.objects.get(pk=case.pk)
    ask_deciders(case=case, kind=APPEALED, key=str(case.pk), actor=actor, data={"quote": why}, anonymous=True)
    return made


def _require(actor: User, case: Case, now: Any) -> None:
    if case.state == Case.State.OPEN or not case.decision.rules.against:
        raise PermissionDenied
    if hasattr(case, "appeal"):
        raise AppealedBefore
    if now > appeal_until(case):
        raise TooLate
    if not can_appeal(actor, case, now):
        raise PermissionDenied


@transaction.atomic
def decide_appeal(*, actor: User, case: Case, granted: bool, reason: str) -> Appeal:
    """Upholds the decision, or takes back exactly what it did. That is the end of the case.

    Raises:
        Case.DoesNotExist: not the actor's to handle.
        PermissionDenied: the actor is party to it, or decided first.
        DecidedMeanwhile, NoReason, TooLong
    """
    case = taken_up(actor=actor, case=case, states=(Case.State.APPEALED,))
    words, now = said(reason), timezone.now()
    step: dict[str, Any] = {"state": Case.State.CLOSED, "moved_at": now, "assigned_to": actor}
    if not Case.objects.filter(pk=case.pk, state=Case.State.APPEALED).update(**step):
        raise DecidedMeanwhile
    if granted:
        case.decision.rules.undo(case, actor, words)
    Appeal.objects.filter(case=case).update(granted=granted, decided_by=actor, reason=words, decided_at=now)
    data = {"kind": case.kind, "outcome": case.decision.outcome, "granted": granted, "quote": words}
    act = GRANTED if granted else UPHELD
    audit.record(actor=actor, act=act, thing=case.subject, reason=words, data={"case": case.pk, **data})
    is_dealt_with(case)
    tell_both(case=case, kinds=(APPEAL_ABOUT, APPEAL_REPORTED), actor=actor, data=data)
    return Appeal.objects.get(case=case)
