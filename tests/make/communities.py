"""Communities for tests, opened through the verbs.

space = open_space(coordinator, officer, joining="request")
"""

from itertools import count
from typing import Any

from communities.actions.members import add_member
from communities.actions.spaces import CommunityDetails, create_community
from communities.models import Community, HandOver, Invitation, JoinRequest, Membership

_numbers = count(1)


def open_space(
    opened_by: Any, facilitator: Any, *members: Any, joining: str = "open", hidden: bool = False, **words: Any
) -> Community:
    """With a name of its own each time."""
    details = CommunityDetails(
        name=words.pop("name", f"ชุมชนทดสอบ {next(_numbers)}"), joining=Community.Joining(joining), is_hidden=hidden, **words
    )
    made = create_community(actor=opened_by, details=details, facilitator=facilitator)
    for member in members:
        add_member(actor=facilitator, community=made, user=member)
    return made


def roles(community: Community) -> dict[str, str]:
    return {one.user.first_name: one.role for one in Membership.objects.filter(community=community).select_related("user")}


def rows() -> dict[str, int]:
    """How many rows there are of everything: refused means that nothing changed."""
    models: tuple[Any, ...] = (Community, Membership, JoinRequest, Invitation, HandOver)
    return {model.__name__: model.objects.count() for model in models}
