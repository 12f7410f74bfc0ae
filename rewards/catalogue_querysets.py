"""Reading the catalogue and redemptions: a reward kept to some is there for them alone, in lists, counts and pages."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from kmportal.people.roles import Role

if TYPE_CHECKING:
    from rewards.models import Redemption, Reward, Voucher  # noqa: F401 - names for the annotations only

# Who keeps the shop: permissions.can_keep_shop asks the same.
KEEPERS = (Role.REWARDS_OFFICER,)


def _is_member(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


def _keeps_shop(user: Any) -> bool:
    return _is_member(user) and bool(user.has_role(*KEEPERS))


class RewardQuerySet(models.QuerySet["Reward"]):
    def visible_to(self, user: Any) -> "RewardQuerySet":
        """Open ones that the person may order, before, in and after their time; all of them for those who keep the shop.

        Subqueries, no joins: a join would repeat rows, spoil counts, and could not be locked.
        """
        if not _is_member(user):
            return self.none()
        return self if _keeps_shop(user) else self.for_person(user)

    def for_person(self, user: Any) -> "RewardQuerySet":
        """Open ones that this person may order for themselves; keeping the shop gives no right to order."""
        agencies = self.model.agencies.through._default_manager.filter(agency__in=user.agency_ids).values("reward")
        communities = self.model.communities.through._default_manager.filter(
            community__in=user.memberships.values("community")
        ).values("reward")
        return self.filter(
            Q(audience="all") | Q(audience="agencies", pk__in=agencies) | Q(audience="communities", pk__in=communities),
            state="open",
        )

    def on_offer(self, moment: datetime) -> "RewardQuerySet":
        """Whose time has not run out; those still to come stay in the list."""
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=moment))


class RedemptionQuerySet(models.QuerySet["Redemption"]):
    def visible_to(self, user: Any) -> "RedemptionQuerySet":
        """Everybody reads their own."""
        return self.filter(person=user) if _is_member(user) else self.none()

    def at_desk_of(self, user: Any) -> "RedemptionQuerySet":
        """All of them, for those who keep the shop."""
        return self.all() if _keeps_shop(user) else self.none()

    def open(self) -> "RedemptionQuerySet":
        """With points and stock laid aside."""
        return self.filter(state__in=self.model.OPEN_STATES)

    def standing(self) -> "RedemptionQuerySet":
        """Open or handed over: what counts towards limits and budgets."""
        return self.filter(state__in=self.model.STANDING)

    def points(self) -> int:
        return int(self.aggregate(sum=Coalesce(Sum("price"), 0))["sum"])

    def counts(self) -> dict[str, int]:
        """State to number."""
        return dict(self.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n"))

    def oldest_first(self) -> "RedemptionQuerySet":
        return self.order_by(F("requested_at").asc(), "pk")


class VoucherQuerySet(models.QuerySet["Voucher"]):
    def free(self) -> "VoucherQuerySet":
        """Given to nobody."""
        return self.filter(redemption=None)
