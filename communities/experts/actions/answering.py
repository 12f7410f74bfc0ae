"""What becomes of a request: accepted, declined, another time, called off, done. Both sides hear of each step of the other."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.experts.actions.ground import ExpertsError, line, plain
from communities.experts.actions.requesting import NotOffered, give_back, require_day, take_hours
from communities.experts.kinds import ANSWERED, CALLED_OFF, PROPOSED, REQUESTED, WAITS
from communities.experts.models import Consultation, Offer
from kmportal.inbox.actions import settle, tell
from kmportal.people.models import User

State = Consultation.State


class NotNow(ExpertsError):
    words = _("This has gone on meanwhile. Read how it stands now.")


class NotYet(ExpertsError):
    words = _("Its day has not come yet.")


class ReasonMissing(ExpertsError):
    words = _("Say in a few words why, and whom or what to try instead.")


@transaction.atomic
def accept(*, actor: User, consultation: Consultation, says: str = "") -> Consultation:
    """The doctor takes the time that was wished for.

    Raises:
        Consultation.DoesNotExist, PermissionDenied, NotNow
    """
    found = _take(actor, consultation, "doctor", State.ASKED)
    return _answered(found, State.ACCEPTED, actor, says)


@transaction.atomic
def decline(*, actor: User, consultation: Consultation, says: str) -> Consultation:
    """The doctor cannot; the hours are free again.

    Raises:
        Consultation.DoesNotExist, PermissionDenied, NotNow, ReasonMissing
    """
    found = _take(actor, consultation, "doctor", State.ASKED, State.PROPOSED)
    if not says.strip():
        raise ReasonMissing
    give_back(found)
    found.closed_at = timezone.now()
    return _answered(found, State.DECLINED, actor, says)


@transaction.atomic
def propose(*, actor: User, consultation: Consultation, day: date, time: str = "", says: str = "") -> Consultation:
    """The doctor proposes another day; its hours are taken from the week or month of that day instead.

    Raises:
        Consultation.DoesNotExist, PermissionDenied, NotNow
        NotThatDay, NoHoursLeft
        NotOffered: the agreement has ended, so there are no hours to give.
    """
    found = _take(actor, consultation, "doctor", State.ASKED, State.PROPOSED)
    require_day(day)
    offer = Offer.objects.standing(timezone.localdate()).filter(doctor=actor).first()
    if offer is None:
        raise NotOffered
    give_back(found)
    take_hours(offer=offer, consultation=found, day=day)
    found.day, found.time, found.reminded_for = day, line(time, most=160), None
    found.save(update_fields=["day", "time", "period", "per", "reminded_for"])
    return _answered(found, State.PROPOSED, actor, says)


@transaction.atomic
def take_proposal(*, actor: User, consultation: Consultation) -> Consultation:
    """The asker takes the time that was proposed.

    Raises:
        Consultation.DoesNotExist, PermissionDenied, NotNow
    """
    found = _take(actor, consultation, "asker", State.PROPOSED)
    return _answered(found, State.ACCEPTED, actor, found.says)


@transaction.atomic
def call_off(*, actor: User, consultation: Consultation, says: str = "") -> Consultation:
    """The asker at any time before it is done; the doctor once it was agreed. The hours are free again.

    Raises:
        Consultation.DoesNotExist, PermissionDenied, NotNow
        ReasonMissing: the doctor says why.
    """
    found = _take(actor, consultation, "both", *Consultation.OPEN)
    if found.doctor_id == actor.pk:
        if found.state != State.ACCEPTED:
            raise PermissionDenied
        if not says.strip():
            raise ReasonMissing
    give_back(found)
    found.closed_at = timezone.now()
    return _answered(found, State.CANCELLED, actor, says)


@transaction.atomic
def finish(*, actor: User, consultation: Consultation) -> Consultation:
    """Either of the two says that it took place.

    Raises:
        Consultation.DoesNotExist, NotNow
        NotYet: its day lies ahead.
    """
    found = _take(actor, consultation, "both", State.ACCEPTED)
    if found.day > timezone.localdate():
        raise NotYet
    found.closed_at = timezone.now()
    return _answered(found, State.DONE, actor, found.says)


def _take(actor: User, consultation: Consultation, side: str, *states: State) -> Consultation:
    rows = Consultation.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    found = rows.select_related("doctor", "asker").get(pk=consultation.pk)
    if side != "both" and getattr(found, f"{side}_id") != actor.pk:
        raise PermissionDenied
    if found.state not in states:
        raise NotNow
    return found


def _answered(found: Consultation, state: State, actor: User, says: str) -> Consultation:
    found.state, found.says, found.answered_at = state, plain(says, most=1000), timezone.now()
    found.save(update_fields=["state", "says", "answered_at", "closed_at"])
    for kind in (REQUESTED, WAITS):
        settle(kind=kind, thing=found)
    kind = {State.PROPOSED: PROPOSED, State.CANCELLED: CALLED_OFF}.get(state, ANSWERED)
    other = found.asker if found.doctor_id == actor.pk else found.doctor
    key = f"{found.pk}:{state}:{found.answered_at.timestamp()}"
    tell(
        kind=kind, recipients=[other], actor=actor, thing=found, key=key, data={"state": str(state), "day": found.day.isoformat()}
    )
    return found
