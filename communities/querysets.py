"""Reading communities and memberships."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from kmportal.people.roles import Role

if TYPE_CHECKING:
    from communities.models import Community, Membership  # noqa: F401 - names for the annotations only


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, user: Any) -> "CommunityQuerySet":
        """Members see theirs; other signed-in people see the open ones; visitors none."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(is_hidden=False) | Q(memberships__user=user)).distinct()

    def of(self, user: Any) -> "CommunityQuerySet":
        return self.filter(memberships__user=user) if user.is_authenticated else self.none()

    def manageable_by(self, user: Any) -> "CommunityQuerySet":
        """The same rule as permissions.can_manage, for lists; a test compares the two."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        # A subquery, not a join: the role and the user must be of the same membership, and rows must not repeat.
        facilitated = user.memberships.filter(role="facilitator").values("community")
        mine = Q(pk__in=facilitated)
        return self.filter(mine | Q(is_hidden=False) if user.has_role(Role.NETWORK_COORDINATOR) else mine)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: Any) -> "MembershipQuerySet":
        """Who is in a community is for its members to see."""
        return self.filter(community__in=user.memberships.values("community")) if user.is_authenticated else self.none()
