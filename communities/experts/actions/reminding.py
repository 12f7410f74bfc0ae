"""What waits, told once: chores of the task worker. Each may run in several processes at the same time: who writes the mark, tells."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from communities.experts.actions.requesting import give_back
from communities.experts.kinds import AGREEMENT_ENDS, CALLED_OFF, REQUESTED, TOMORROW, WAITS
from communities.experts.models import Consultation, Offer
from kmportal.inbox.actions import settle, tell

PATIENCE, ENDING = timedelta(days=3), timedelta(days=14)
ROWS_A_ROUND = 100
State = Consultation.State


def remind_of_requests() -> None:
    """After three days without an answer, once; and what nobody answered until its day is called off, so that the asker is free."""
    now = timezone.now()
    waiting = Consultation.objects.filter(state=State.ASKED, nudged_at=None, created_at__lt=now - PATIENCE)
    for one in waiting.select_related("doctor")[:ROWS_A_ROUND]:
        with transaction.atomic():
            if Consultation.objects.filter(pk=one.pk, state=State.ASKED, nudged_at=None).update(nudged_at=now):
                tell(kind=WAITS, recipients=[one.doctor], thing=one, key=str(one.pk))
    late = Consultation.objects.filter(state__in=[State.ASKED, State.PROPOSED], day__lt=timezone.localdate())
    for one in late.select_related("asker", "doctor")[:ROWS_A_ROUND]:
        _lapse(one)


@transaction.atomic
def _lapse(one: Consultation) -> None:
    open_still = Consultation.objects.filter(pk=one.pk, state=one.state, day=one.day)
    if not open_still.update(state=State.CANCELLED, closed_at=timezone.now()):
        return
    give_back(one)
    for kind in (REQUESTED, WAITS):
        settle(kind=kind, thing=one)
    tell(kind=CALLED_OFF, recipients=[one.asker, one.doctor], thing=one, key=f"{one.pk}:lapsed", data={"lapsed": True})


def remind_of_meetings() -> None:
    """The day before, to both."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    soon = Consultation.objects.filter(state=State.ACCEPTED, day=tomorrow).filter(
        Q(reminded_for=None) | ~Q(reminded_for=tomorrow)
    )
    for one in soon.select_related("doctor", "asker")[:ROWS_A_ROUND]:
        with transaction.atomic():
            unmarked = Consultation.objects.filter(pk=one.pk, state=State.ACCEPTED, day=tomorrow).filter(
                Q(reminded_for=None) | ~Q(reminded_for=tomorrow)
            )
            if unmarked.update(reminded_for=tomorrow):
                tell(kind=TOMORROW, recipients=[one.doctor, one.asker], thing=one, key=f"{one.pk}:{tomorrow}")


def remind_of_endings() -> None:
    """Two weeks before an agreement ends, to whom it was given, once."""
    today = timezone.localdate()
    ending = Offer.objects.standing(today).filter(agreed_until__lte=today + ENDING, ending_told=None)
    for offer in ending.select_related("doctor")[:ROWS_A_ROUND]:
        with transaction.atomic():
            if Offer.objects.filter(pk=offer.pk, agreed_until=offer.agreed_until, ending_told=None).update(ending_told=today):
                data = {"until": str(offer.agreed_until)}
                tell(
                    kind=AGREEMENT_ENDS, recipients=[offer.doctor], thing=offer, key=f"{offer.pk}:{offer.agreed_until}", data=data
                )
