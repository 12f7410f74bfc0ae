"""Reading communities."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from communities.models import Community  # noqa: F401 - a name for the annotation only


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, user: Any) -> "CommunityQuerySet":
        """Members see theirs; other signed-in people see the open ones; visitors none."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(is_hidden=False) | Q(memberships__user=user)).distinct()

    def of(self, user: Any) -> "CommunityQuerySet":
        return self.filter(memberships__user=user) if user.is_authenticated else self.none()
