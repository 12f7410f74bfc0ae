"""What the verbs of communities share: why a step is not possible, and the community under lock."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Membership
from communities.permissions import can_manage
from kmportal.people.models import User


class CommunityError(Exception):
    """The step is not possible; `words` say why and what to do."""

    words: Any = ""


class NameTaken(CommunityError):
    words = _("A community with this name or address is there already.")


class NoName(CommunityError):
    words = _("Give the community a name.")


class AlreadyMember(CommunityError):
    words = _("This person is a member already. Change their role instead.")


class AccountOff(CommunityError):
    words = _("This account is switched off.")


class GuestLeads(CommunityError):
    words = _("A guest from outside the network cannot be a facilitator. A coordinator can give the account an agency first.")


class LastFacilitator(CommunityError):
    words = _("A community keeps at least one facilitator. Make somebody else a facilitator first.")


class IsArchived(CommunityError):
    words = _("This community is archived: it can be read, not changed. A facilitator can bring it back.")


class Settled(CommunityError):
    words = _("This is settled already. The page shows how.")


class NotMember(CommunityError):
    words = _("This person is not a member of the community.")


def locked(community: Community | int) -> Community:
    """The community under lock, so that two people cannot both take the last facilitator away."""
    return Community.objects.select_for_update().get(pk=community if isinstance(community, int) else community.pk)


def managed(*, actor: User, community: Community | int) -> Community:
    """The community under lock, for whoever looks after it.

    Raises:
        PermissionDenied
    """
    current = locked(community)
    if not can_manage(actor, current):
        raise PermissionDenied
    return current


def living(*, actor: User, community: Community | int) -> Community:
    """As `managed`, of a community that is not archived.

    Raises:
        PermissionDenied, IsArchived
    """
    current = managed(actor=actor, community=community)
    if current.is_archived:
        raise IsArchived
    return current


def take_in(*, community: Community, user: User, role: Membership.Role) -> Membership:
    """Makes somebody a member. In the caller's transaction, with the community under lock.

    Raises:
        AccountOff, AlreadyMember, GuestLeads
    """
    if not user.is_active:
        raise AccountOff
    require_no_guest(user=user, role=role)
    if community.memberships.filter(user=user).exists():
        raise AlreadyMember
    return Membership.objects.create(community=community, user=user, role=role)


def require_no_guest(*, user: User, role: Membership.Role) -> None:
    """Raises: GuestLeads, since facilitators invite, and a guest would open the door to the next."""
    if user.is_guest and role == Membership.Role.FACILITATOR:
        raise GuestLeads


def require_another_facilitator(*, community: Community, membership: Membership) -> None:
    """Raises: LastFacilitator, if this one is the only one whose account is on."""
    others = community.memberships.facilitating().present().exclude(pk=membership.pk)
    if membership.is_facilitator and not others.exists():
        raise LastFacilitator
