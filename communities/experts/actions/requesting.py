"""Asking for a consultation. Its hours are taken at once from what the superior agreed to, so nobody is asked for more than that."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.experts.actions.ground import ExpertsError, WordsMissing, line, plain, required
from communities.experts.kinds import REQUESTED
from communities.experts.models import Consultation, Load, Offer
from communities.experts.models.consultations import MOST_HOURS_EACH
from kmportal.inbox.actions import tell
from kmportal.people.models import User

FURTHEST = timedelta(days=183)
MOST_OPEN = 3
State = Consultation.State


class NotOffered(ExpertsError):
    words = _("This person does not take requests now. Look for somebody else, or ask the whole network.")


class NoHoursLeft(ExpertsError):
    words = _("All hours of that week or month are taken. Choose a later day, or ask for less time.")


class NotThatDay(ExpertsError):
    words = _("Choose a day from today on, at most six months ahead.")


class OneAtATime(ExpertsError):
    words = _("You have an open request to this person already. It stands among your consultations.")


class EnoughOpen(ExpertsError):
    words = _("You have three open requests. Call one off, or wait for an answer.")


@dataclass(frozen=True)
class Wish:
    """What somebody comes with."""

    subject: str
    need: str
    tried: str
    day: date
    kind: str = Consultation.Kind.CONSULT.value
    time: str = ""
    hours: int = 1


@transaction.atomic
def request(*, actor: User, doctor: User, wish: Wish) -> Consultation:
    """Asks somebody who offers consultations. They are told.

    Raises:
        NotOffered: whatever the reason; which it is, is theirs.
        WordsMissing, NotThatDay, OneAtATime, EnoughOpen, NoHoursLeft
        ValueError: a kind or number of hours that no form offers.
    """
    if wish.kind not in Consultation.Kind.values or not 1 <= wish.hours <= MOST_HOURS_EACH:
        raise ValueError(wish)
    offer = Offer.objects.open_to(actor, timezone.localdate()).filter(doctor=doctor).first()
    if offer is None:
        raise NotOffered
    require_day(wish.day)
    subject = line(wish.subject, most=160)
    if not subject:
        raise WordsMissing
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    mine = Consultation.objects.filter(asker=actor).open()
    if mine.filter(doctor=doctor).exists():
        raise OneAtATime
    if mine.count() >= MOST_OPEN:
        raise EnoughOpen
    made = Consultation(
        doctor=doctor, asker=actor, kind=wish.kind, subject=subject, need=required(wish.need, most=2000), tried=plain(wish.tried, most=2000),
        hours=wish.hours, day=wish.day, time=line(wish.time, most=160), created_at=timezone.now(),
    )  # fmt: skip
    take_hours(offer=offer, consultation=made, day=wish.day)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:  # the same form sent twice at the same moment
        raise OneAtATime from error
    tell(kind=REQUESTED, recipients=[doctor], actor=actor, thing=made, key=str(made.pk))
    return made


def require_day(day: date) -> None:
    today = timezone.localdate()
    if not today <= day <= today + FURTHEST:
        raise NotThatDay


def take_hours(*, offer: Offer, consultation: Consultation, day: date) -> None:
    """Takes the hours in the week or month of the day. A conditional update: two at once never take the same hour.

    Raises:
        NoHoursLeft
    """
    period = offer.period_of(day)
    Load.objects.get_or_create(offer=offer, period=period, per=offer.per)
    own = Load.objects.filter(offer=offer, period=period, per=offer.per)
    if not own.with_room(offer.hours, consultation.hours).update(taken=F("taken") + consultation.hours):
        raise NoHoursLeft
    consultation.period, consultation.per = period, offer.per


def give_back(consultation: Consultation) -> None:
    """The hours are free again. Where the offer has gone there is nothing to give back to."""
    own = Load.objects.filter(offer__doctor=consultation.doctor_id, period=consultation.period, per=consultation.per)
    own.filter(taken__gte=consultation.hours).update(taken=F("taken") - consultation.hours)
