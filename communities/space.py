"""A community as one reader meets it: what every page of a space begins with.

space = space_of(request.user, slug)      # 404 to whom it is not told
space = inside(request.user, slug)        # 403 besides to whom it is told, but who is no member
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404

from communities.models import Community, Membership
from communities.permissions import coordinates


@dataclass
class Space:
    """A community, its reader, and the reader's membership if there is one."""

    community: Community
    user: Any
    membership: Membership | None

    @property
    def is_member(self) -> bool:
        return self.membership is not None

    @property
    def is_facilitator(self) -> bool:
        return self.membership is not None and self.membership.is_facilitator

    @property
    def can_take_part(self) -> bool:
        """As permissions.can_take_part, without asking the database again."""
        return self.membership is not None and not self.community.is_archived

    @cached_property
    def may_manage(self) -> bool:
        return self.is_facilitator or coordinates(self.user, self.community)

    @cached_property
    def above(self) -> Community | None:
        """What it is part of, as far as the reader is told of that."""
        if self.community.parent_id is None:
            return None
        return Community.objects.visible_to(self.user).filter(pk=self.community.parent_id).first()


def space_of(user: Any, slug: str) -> Space:
    """The space for somebody who may know of it. Two queries.

    Raises:
        Http404: there is none, or it is not theirs to know of.
    """
    community = Community.objects.told_to(user).filter(slug=slug).first()
    if community is None:
        raise Http404
    return Space(community, user, Membership.objects.filter(community=community, user=user).first())


def inside(user: Any, slug: str) -> Space:
    """The space for its members. Two queries.

    Raises:
        Http404: as `space_of`.
        PermissionDenied: they may know of it and are no member.
    """
    space = space_of(user, slug)
    if not space.is_member:
        raise PermissionDenied
    return space


def led(user: Any, slug: str) -> Space:
    """The space for whoever looks after it: its facilitators; network coordinators where it is not hidden.

    Raises:
        Http404, PermissionDenied
    """
    space = space_of(user, slug)
    if not space.may_manage:
        raise PermissionDenied
    return space
