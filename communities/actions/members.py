"""Who is in a community, and as what."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities.actions.ground import living, locked, managed, require_another_facilitator, take_in
from communities.models import Community, Membership
from communities.permissions import can_manage
from kmportal.people.models import User


@transaction.atomic
def add_member(
    *, actor: User, community: Community, user: User, role: Membership.Role = Membership.Role.PRACTITIONER
) -> Membership:
    """Take somebody in.

    Raises:
        PermissionDenied: the actor may not manage the community.
        IsArchived, AlreadyMember, AccountOff
    """
    return take_in(community=living(actor=actor, community=community), user=user, role=role)


@transaction.atomic
def remove_member(*, actor: User, membership: Membership) -> None:
    """Take somebody out. Everybody may leave by themselves. What they wrote stays with the community.

    Raises:
        PermissionDenied: somebody else's membership in a community that the actor may not manage.
        LastFacilitator
    """
    current = locked(membership.community_id)
    if membership.user_id != actor.pk and not can_manage(actor, current):
        raise PermissionDenied
    require_another_facilitator(community=current, membership=membership)
    membership.delete()


@transaction.atomic
def change_role(*, actor: User, membership: Membership, role: Membership.Role) -> Membership:
    """Give a member another CoP role.

    Raises:
        PermissionDenied: the actor may not manage the community.
        LastFacilitator
    """
    current = managed(actor=actor, community=membership.community_id)
    if role != Membership.Role.FACILITATOR:
        require_another_facilitator(community=current, membership=membership)
    membership.role = role
    membership.save(update_fields=["role"])
    return membership
