"""The superior's word on an offer: by the link of a mail or by their account; for the very terms they have read, and with an end."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.experts.actions.ground import ExpertsError, plain
from communities.experts.kinds import AGREE_ASKED, AGREEMENT
from communities.experts.models import Offer
from communities.experts.models.offers import LONGEST_AGREEMENT
from kmportal.inbox.actions import settle, tell
from kmportal.people.models import User

LINK_HOLDS = timedelta(days=60)


class ChangedSince(ExpertsError):
    words = _("The offer was changed after you opened it. Read it again as it stands now, then answer.")


class NotThatEnd(ExpertsError):
    words = _("Choose a last day from today on, at most three years ahead.")


class ReasonMissing(ExpertsError):
    words = _("Say in a few words why, so that it can be offered in another way.")


class NothingAgreed(ExpertsError):
    words = _("There is no agreement to take back.")


@transaction.atomic
def new_link(*, offer: Offer, at: datetime) -> str:
    """A new secret for the mail; an older link stops to work."""
    secret = token_urlsafe(32)
    Offer.objects.filter(pk=offer.pk).update(link=_digest(secret), asked_at=at)
    return secret


def by_link(*, secret: str, now: datetime) -> Offer:
    """The offer that the link of a mail asks about: for 60 days, and as long as what was agreed by it holds.

    Raises:
        Offer.DoesNotExist: never was, was replaced, or is too old.
    """
    fresh = Q(asked_at__gt=now - LINK_HOLDS) | Q(state=Offer.State.AGREED, agreed_until__gte=timezone.localdate(now))
    return (
        Offer.objects.filter(fresh, doctor__is_active=True).select_related("doctor__agency", "superior").get(link=_digest(secret))
    )


def own(*, actor: User, pk: int) -> Offer:
    """The offer that the actor is asked to agree to.

    Raises:
        Offer.DoesNotExist: no such offer, or not the actor's business.
        PermissionDenied: it is the actor's own.
    """
    found = Offer.objects.visible_to(actor).select_related("doctor__agency", "superior").get(pk=pk)
    if found.superior_id != actor.pk:
        raise PermissionDenied
    return found


@transaction.atomic
def agree(*, offer: Offer, read: str, until: date, says: str = "") -> Offer:
    """The superior agrees to the terms until that day.

    Args:
        offer: found by the superior's account or by the link of their mail: whoever calls has made sure of it.
        read: digest of the terms that were shown.

    Raises:
        Offer.DoesNotExist, ChangedSince, NotThatEnd
    """
    found, today = _taken(offer, read), timezone.localdate()
    if not today <= until <= today + LONGEST_AGREEMENT:
        raise NotThatEnd
    return _answered(found, Offer.State.AGREED, says, until)


@transaction.atomic
def decline(*, offer: Offer, read: str, says: str) -> Offer:
    """The superior does not agree, and says why.

    Raises:
        Offer.DoesNotExist, ChangedSince, ReasonMissing
    """
    if not says.strip():
        raise ReasonMissing
    return _answered(_taken(offer, read), Offer.State.DECLINED, says, None)


@transaction.atomic
def withdraw(*, offer: Offer, says: str = "") -> Offer:
    """The superior takes the agreement back: the offer is out of sight at once. Again changes nothing.

    Raises:
        Offer.DoesNotExist, NothingAgreed
    """
    found = Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    if found.state == Offer.State.WITHDRAWN:
        return found
    if found.state != Offer.State.AGREED:
        raise NothingAgreed
    return _answered(found, Offer.State.WITHDRAWN, says, None)


def _taken(offer: Offer, read: str) -> Offer:
    found = Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    if read != found.terms:
        raise ChangedSince
    return found


def _answered(offer: Offer, state: Offer.State, says: str, until: date | None) -> Offer:
    offer.state, offer.says, offer.agreed_until, offer.ending_told = state, plain(says, most=1000), until, None
    offer.answered_at = timezone.now()
    offer.save(update_fields=["state", "says", "agreed_until", "answered_at", "ending_told"])
    settle(kind=AGREE_ASKED, thing=offer)
    key = f"{offer.pk}:{state}:{offer.answered_at.timestamp()}"
    tell(kind=AGREEMENT, recipients=[offer.doctor], actor=offer.superior, thing=offer, key=key, data={"state": str(state)})
    return offer


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
