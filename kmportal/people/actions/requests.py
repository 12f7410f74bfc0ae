"""Asking a coordinator for an agency, and a coordinator asking somebody to join."""

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from kmportal.core.acts import record
from kmportal.people import permissions
from kmportal.people.actions.accounts import AddressTaken
from kmportal.people.acts import INVITED
from kmportal.people.domains import check_domain
from kmportal.people.models import Agency, Person, User
from kmportal.people.roles import Role

WAIT_SECONDS = 600
INVITATIONS_A_DAY = 50
DAY_SECONDS = 24 * 3600


class AskedAlready(ValidationError):
    """The same person asked a few minutes ago."""


class CannotInvite(PermissionDenied):
    """This person may not take anybody into that agency."""


class EnoughInvitations(ValidationError):
    """So many in one day look like a mistake or a stolen account."""


class NobodyToAsk(ValidationError):
    """There is no coordinator who could do it."""


def request_agency(*, actor: User, agency: Agency, note: str) -> int:
    """Writes to those who may place the actor in the agency: its coordinators, or the network's where it has none.

    Returns:
        How many people were written to.

    Raises:
        AskedAlready: within the last ten minutes.
        NobodyToAsk: nobody holds a role that may do it.
    """
    coordinators = _coordinators_of(agency, actor)
    if not coordinators:
        raise NobodyToAsk(_("There is no coordinator yet. Ask the site administrator."))
    if not cache.add(f"people.request_agency.{actor.pk}", True, WAIT_SECONDS):
        raise AskedAlready(_("Your request was sent a few minutes ago. The coordinator will see it."))
    person = Person.objects.filter(user=actor).first()
    for coordinator in coordinators:
        _write_to(coordinator, actor, person, agency, note)
    return len(coordinators)


def _coordinators_of(agency: Agency, actor: User) -> list[User]:
    active = User.objects.filter(is_active=True).exclude(pk=actor.pk)
    lineage = [above.pk for above in agency.lineage()]
    near = list(active.filter(groups__name=Role.AGENCY_COORDINATOR, agency__in=lineage).distinct()[:10])
    # An agency coordinator may only take in people who are in no agency, or in theirs already.
    if near and (actor.agency is None or actor.agency_id in lineage):
        return near
    return list(active.filter(groups__name__in=[Role.NETWORK_COORDINATOR, Role.SITE_ADMIN]).distinct()[:10])


def _write_to(coordinator: User, actor: User, person: Person | None, agency: Agency, note: str) -> None:
    with translation.override(coordinator.language):
        path = reverse("people:account", args=[person.handle]) if person else reverse("people:accounts")
        context = {
            "actor": actor,
            "agency": agency,
            "note": note,
            "address": settings.BASE_URL + path,
            "site_name": settings.SITE_NAME,
        }
        subject = gettext("%(name)s asks to belong to %(agency)s") % {"name": actor, "agency": agency}
        body = render_to_string("people/mail/agency_request.txt", context)
    transaction.on_commit(lambda: send_mail(" ".join(subject.split()), body, None, [coordinator.email]) and None)


@transaction.atomic
def invite(*, actor: User, email: str, given_name: str, family_name: str, agency: Agency | None) -> User:
    """Makes an account without password and roles; its owner sets the password through the mailed link, which proves the address.

    Raises:
        CannotInvite: the actor may not take people into that agency.
        StrangeDomain: an agency coordinator invites an address that could not sign up by itself.
        AddressTaken: there is an account already.
        EnoughInvitations: fifty in a day by the same person.
    """
    if not permissions.can_invite(actor, agency):
        raise CannotInvite
    if not permissions.can_place_anywhere(actor):
        check_domain(email)
    if User.objects.filter(email__iexact=email).exists():
        raise AddressTaken(_("Another account has this address."))
    counter = f"people.invite.{actor.pk}"
    cache.add(counter, 0, DAY_SECONDS)
    if cache.incr(counter) > INVITATIONS_A_DAY:
        raise EnoughInvitations(_("You have invited fifty people today. Go on tomorrow."))
    account = User(email=email.strip().lower(), first_name=given_name.strip(), last_name=family_name.strip(), agency=agency)
    account.set_unusable_password()
    account.save()
    log(instance=account, action="wagtail.create", user=actor)
    record(actor=actor, act=INVITED, thing=account)
    return account
