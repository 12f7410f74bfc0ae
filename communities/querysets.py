"""Reading communities, memberships, and the ways into them."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kmportal.people.roles import Role

if TYPE_CHECKING:
    from communities.models import (  # noqa: F401 - names for the annotations only
        Community,
        Export,
        HandOver,
        Invitation,
        JoinRequest,
        Membership,
    )


def _is_active(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active)


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, user: Any) -> "CommunityQuerySet":
        """Members see theirs; other signed-in people see those that are not hidden; visitors none.

        What is part of a hidden community is told to the members of that community too, unless it is hidden itself.
        Guests see theirs and no other.
        """
        if not _is_active(user):
            return self.none()
        # Subqueries, not joins on memberships: a join would repeat rows and spoil counts.
        mine = user.memberships.values("community")
        if user.is_guest:
            return self.filter(pk__in=mine)
        above = Q(parent=None) | Q(parent__is_hidden=False) | Q(parent__in=mine)
        return self.filter(Q(pk__in=mine) | Q(is_hidden=False) & above)

    def told_to(self, user: Any) -> "CommunityQuerySet":
        """What they see, and what they are invited to: its front page and its place in the list, no more."""
        if not _is_active(user):
            return self.none()
        invitations: Any = self.model._meta.get_field("invitations").related_model
        invited = invitations.objects.open_for(user).values("community")
        return self.filter(Q(pk__in=self.model.objects.visible_to(user).values("pk")) | Q(pk__in=invited))

    def of(self, user: Any) -> "CommunityQuerySet":
        return self.filter(memberships__user=user) if user.is_authenticated else self.none()

    def living(self) -> "CommunityQuerySet":
        return self.filter(archived_at=None)

    def manageable_by(self, user: Any) -> "CommunityQuerySet":
        """The same rule as permissions.can_manage, for lists; a test compares the two."""
        if not _is_active(user):
            return self.none()
        # A subquery, not a join: the role and the user must be of the same membership, and rows must not repeat.
        facilitated = user.memberships.filter(role="facilitator").values("community")
        mine = Q(pk__in=facilitated)
        if not user.has_role(Role.NETWORK_COORDINATOR):
            return self.filter(mine)
        return self.filter(mine | Q(is_hidden=False, pk__in=self.model.objects.visible_to(user).values("pk")))

    def matching(self, words: str) -> "CommunityQuerySet":
        """Communities whose name or domain holds all the words."""
        found = self
        for word in words.split():
            found = found.filter(Q(name__icontains=word) | Q(name_en__icontains=word) | Q(domain__icontains=word))
        return found

    def in_category(self, number: str) -> "CommunityQuerySet":
        """Communities with a PMQA code of this category."""
        coded = self.model.objects.filter(codes__category__number=number)
        return self.filter(pk__in=coded.values("pk"))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: Any) -> "MembershipQuerySet":
        """Who is in a community is for its members to see."""
        return self.filter(community__in=user.memberships.values("community")) if _is_active(user) else self.none()

    def present(self) -> "MembershipQuerySet":
        """Of people whose account is on."""
        return self.filter(user__is_active=True)

    def facilitating(self) -> "MembershipQuerySet":
        return self.filter(role="facilitator")


class _Led(models.QuerySet[Any]):
    def of_leader(self, user: Any) -> Any:
        """Of the communities whose facilitator the user is, or may be stood in for by a network coordinator."""
        field: Any = self.model._meta.get_field("community")
        return self.filter(community__in=field.related_model.objects.manageable_by(user).values("pk"))


class JoinRequestQuerySet(_Led):
    def visible_to(self, user: Any) -> Any:
        """One's own, and those that one decides."""
        if not _is_active(user):
            return self.none()
        return self.filter(Q(user=user) | Q(pk__in=self.model.objects.of_leader(user).values("pk")))

    def waiting(self) -> Any:
        return self.filter(state="waiting")


class InvitationQuerySet(_Led):
    def visible_to(self, user: Any) -> Any:
        """Those to one's own address, and those of the communities that one looks after."""
        if not _is_active(user):
            return self.none()
        return self.filter(Q(pk__in=self.model.objects.of_leader(user).values("pk")) | Q(email__iexact=user.email))

    def open(self) -> Any:
        """Neither settled nor run out, of a community that lives, and by somebody who still looks after it.

        Who does not lead any more, or whose account is off, invites nobody: another facilitator sends it again and takes it over.
        """
        found = self.filter(state="open", expires_at__gt=timezone.now(), community__archived_at=None, invited_by__is_active=True)
        memberships: Any = self.model._meta.get_field("community").related_model._meta.get_field("memberships").related_model
        leads = memberships.objects.facilitating().filter(community=OuterRef("community"), user=OuterRef("invited_by"))
        stands_in = Q(community__is_hidden=False, invited_by__groups__name=Role.NETWORK_COORDINATOR.value)
        coordinated = self.model.objects.filter(stands_in, pk=OuterRef("pk"))
        return found.filter(Exists(leads) | Exists(coordinated))

    def with_standing(self) -> Any:
        """`holds`: whether the link opens anything now."""
        return self.annotate(holds=Exists(self.model.objects.open().filter(pk=OuterRef("pk"))))

    def open_for(self, user: Any) -> Any:
        return self.open().filter(email__iexact=user.email) if _is_active(user) else self.none()


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, user: Any) -> "HandOverQuerySet":
        """To those between whom it is, as long as they are members; and to whoever leads the community with them."""
        if not _is_active(user):
            return self.none()
        led = user.memberships.filter(role="facilitator").values("community")
        mine = Q(giver=user) | Q(taker=user)
        return self.filter(mine & Q(community__in=user.memberships.values("community")) | Q(community__in=led))

    def offered(self) -> "HandOverQuerySet":
        return self.filter(state="offered")


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: Any) -> "ExportQuerySet":
        """Facilitators of the community alone: the file holds what only members read."""
        if not _is_active(user):
            return self.none()
        return self.filter(community__in=user.memberships.filter(role="facilitator").values("community"))
