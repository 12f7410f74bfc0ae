"""A community as one of its members meets it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from communities.models import Community, Membership


@dataclass
class Space:
    community: Community
    user: Any
    membership: Membership | None

    @property
    def is_member(self) -> bool:
        return self.membership is not None

    @property
    def can_take_part(self) -> bool:
        return self.membership is not None


def space_of(user: Any, slug: str) -> Space:
    """The community and what its reader is in it.

    Raises:
        Http404: there is none, or it is not theirs to know of.
    """
    community = Community.objects.visible_to(user).filter(slug=slug).first()
    if community is None:
        raise Http404
    return Space(community, user, Membership.objects.filter(community=community, user=user).first())
