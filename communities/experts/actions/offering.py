"""Offering consultations: the terms, the superior who is asked, a pause, an end."""

from dataclasses import dataclass
from functools import partial

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from communities.experts import letters
from communities.experts.actions.agreeing import new_link
from communities.experts.actions.ground import ExpertsError, WordsMissing, line, places_of, required
from communities.experts.kinds import AGREE_ASKED
from communities.experts.models import Offer
from communities.experts.models.offers import MOST_HOURS, Circle
from kmportal.inbox.actions import settle, tell
from kmportal.people.domains import may_sign_up
from kmportal.people.models import Person, User


class NotYourself(ExpertsError):
    words = _("Name somebody else: your superior agrees, not you.")


class StrangeAddress(ExpertsError):
    words = _("Give the superior's address at a government agency that belongs to the network.")


class NoAgency(ExpertsError):
    words = _("You are in no agency yet. Its coordinator takes you in; then your superior can agree.")


class NothingOffered(ExpertsError):
    words = _("You offer no consultations yet.")


@dataclass(frozen=True)
class Terms:
    """What a superior agrees to: every change of it needs their word anew."""

    hours: int
    per: str
    times: str
    way: str
    circle: str
    superior_email: str


@task()
def mail_superior(pk: int) -> None:
    """Mails whoever is asked now, with a link of their own."""
    offer = (
        Offer.objects.filter(pk=pk, state=Offer.State.ASKED, doctor__is_active=True).select_related("doctor", "superior").first()
    )
    if offer is not None:
        letters.letter(offer, new_link(offer=offer, at=timezone.now())).send()


@transaction.atomic
def offer_consultations(*, actor: User, helps_with: str, terms: Terms) -> Offer:
    """Says what the actor can be consulted about and when. Their superior is asked, unless nothing of the terms has changed.

    Raises:
        WordsMissing, NoAgency, NotYourself, StrangeAddress
        ValueError: terms that no form offers.
    """
    places = places_of(actor)
    if places["agency"] is None:
        raise NoAgency
    email, words = terms.superior_email.strip().lower(), required(helps_with, most=1000)
    _require_sense(terms)
    _require_superior(actor, email)
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    before = Offer.objects.filter(doctor=actor).first()
    offer = before or Offer(doctor=actor, asked_at=timezone.now())
    known = before.terms if before else ""
    offer.helps_with, offer.times, offer.superior_email = words, line(terms.times, most=200), email
    if not offer.times:
        raise WordsMissing
    offer.hours, offer.per, offer.way, offer.circle = terms.hours, terms.per, terms.way, terms.circle
    offer.agency, offer.house = places["agency"], places["house"]
    if known == offer.terms and offer.state in (Offer.State.ASKED, Offer.State.AGREED) and not _is_over(offer):
        offer.save()
        return offer
    return _ask(offer)


@transaction.atomic
def ask_again(*, actor: User) -> Offer:
    """Asks the superior once more for the same terms, with a new link: the mail was lost, or the agreement ends.

    Raises:
        NothingOffered
    """
    return _ask(_own(actor))


@transaction.atomic
def pause(*, actor: User, paused: bool) -> Offer:
    """Takes the offer out of sight for a while, or brings it back. What is agreed already stays.

    Raises:
        NothingOffered
    """
    offer = _own(actor)
    if paused != (offer.paused_at is not None):
        offer.paused_at = timezone.now() if paused else None
        offer.save(update_fields=["paused_at"])
    return offer


@transaction.atomic
def stop_offering(*, actor: User) -> None:
    """Ends the offer and the agreement to it. Consultations that are open stay with the two who agreed on them.

    The row stays, as it counts the hours that are taken.
    """
    for offer in Offer.objects.select_for_update(no_key=True, of=("self",)).filter(doctor=actor):
        offer.state, offer.link, offer.agreed_until, offer.answered_at = Offer.State.ENDED, "", None, timezone.now()
        offer.save(update_fields=["state", "link", "agreed_until", "answered_at"])
        settle(kind=AGREE_ASKED, thing=offer)


def _own(actor: User) -> Offer:
    offer = Offer.objects.select_for_update(no_key=True, of=("self",)).filter(doctor=actor).first()
    if offer is None or offer.state == Offer.State.ENDED:
        raise NothingOffered
    return offer


def _ask(offer: Offer) -> Offer:
    """Waits for the superior from now on; older links and agreements end."""
    offer.state, offer.asked_at, offer.link = Offer.State.ASKED, timezone.now(), ""
    offer.answered_at, offer.agreed_until, offer.says, offer.ending_told = None, None, "", None
    offer.superior = _account(offer.superior_email, offer.doctor)
    offer.save()
    settle(kind=AGREE_ASKED, thing=offer)
    if offer.superior is not None:
        key = f"{offer.pk}:{offer.asked_at.timestamp()}"
        tell(kind=AGREE_ASKED, recipients=[offer.superior], actor=offer.doctor, thing=offer, key=key)
    transaction.on_commit(partial(mail_superior.enqueue, offer.pk), robust=True)
    return offer


def _account(email: str, doctor: User) -> User | None:
    known = EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True).select_related("user").first()
    return known.user if known is not None and known.user_id != doctor.pk else None


def _is_over(offer: Offer) -> bool:
    return offer.agreed_until is not None and offer.agreed_until < timezone.localdate()


def _require_superior(actor: User, email: str) -> None:
    own = EmailAddress.objects.filter(user=actor, email__iexact=email).exists()
    if own or email == actor.email.lower():
        raise NotYourself
    if not (may_sign_up(email) or Person.objects.filter(user__email__iexact=email).exists()):
        raise StrangeAddress


def _require_sense(terms: Terms) -> None:
    sense = terms.per in Offer.Per.values and terms.way in Offer.Way.values and terms.circle in Circle.values
    if not (sense and 1 <= terms.hours <= MOST_HOURS):
        raise ValueError(terms)
