"""Who may do what to communities. Seeing one is not asked here: querysets begin with visible_to(user)."""

from typing import Any

from communities.models import Community, Membership
from kmportal.people.guests import in_network
from kmportal.people.roles import Role


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def is_facilitator(user: Any, community: Community) -> bool:
    return (
        _is_active(user) and Membership.objects.filter(community=community, user=user, role=Membership.Role.FACILITATOR).exists()
    )


def is_member(user: Any, community: Community) -> bool:
    return _is_active(user) and Membership.objects.filter(community=community, user=user).exists()


def can_take_part(user: Any, community: Community) -> bool:
    """Write in its channels, answer its polls, join its circles: members, as long as the community is not archived."""
    return not community.is_archived and is_member(user, community)


def can_create(user: Any) -> bool:
    """Open a community: network coordinators, who know whether there is one already."""
    return _is_active(user) and user.has_role(Role.NETWORK_COORDINATOR)


def can_manage(user: Any, community: Community) -> bool:
    """Change its words, add and remove members, give CoP roles.

    Facilitators their own; network coordinators every open one. A hidden community is its facilitators' alone, whatever the role.
    """
    return is_facilitator(user, community) or coordinates(user, community)


def coordinates(user: Any, community: Community) -> bool:
    """A network coordinator, who looks after every community that is not hidden."""
    return not community.is_hidden and can_create(user) and Community.objects.visible_to(user).filter(pk=community.pk).exists()


def can_hide(user: Any, community: Community) -> bool:
    """Hide it from people who are not members, or show it: its facilitators, since it changes for whom members have written."""
    return is_facilitator(user, community)


def can_know_of(user: Any, community: Community) -> bool:
    """Its front page: what it is about, its charter and goal, who leads it, the way in."""
    return Community.objects.told_to(user).filter(pk=community.pk).exists()


def can_open_part(user: Any, community: Community) -> bool:
    """Open a sub-community, one level deep: facilitators of the community, who then lead it."""
    return community.parent_id is None and not community.is_archived and is_facilitator(user, community)


def can_take_lead(user: Any, community: Community) -> bool:
    """Become facilitator where nobody leads any more: its members, but guests."""
    if not in_network(user):
        return False
    led = Membership.objects.present().filter(community=community).facilitating().exists()
    return not led and can_take_part(user, community)


def can_export(user: Any, community: Community) -> bool:
    """Take everything away as a file: its facilitators alone, also when it is archived."""
    return is_facilitator(user, community)
