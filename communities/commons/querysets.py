"""Reading what members share. Each begins with visible_to: members of the community, and nobody else."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from django.db.models import Model

M = TypeVar("M", bound="Model")


class SharedQuerySet(models.QuerySet[M]):
    """Rows of models that hang on a community, directly or by what they belong to."""

    path = "community"

    def visible_to(self, user: Any) -> Self:
        """What lies in the communities that this person is a member of now, without what is deleted."""
        found = self.of_members(user)
        return found.filter(deleted_at=None) if _can_be_deleted(self.model) else found

    def of_members(self, user: Any) -> Self:
        """The same with what is deleted, for who may restore it."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(**{f"{self.path}__in": user.memberships.order_by().values("community")})


def _can_be_deleted(model: Any) -> bool:
    return any(field.name == "deleted_at" for field in model._meta.get_fields())


class AnnouncementQuerySet(SharedQuerySet[Any]):
    def listed(self, today: date) -> "AnnouncementQuerySet":
        """Pinned ones first, then the newest. `is_pinned` says which."""
        pinned = Case(When(pinned_until__gte=today, then=Value(True)), default=Value(False), output_field=BooleanField())
        return self.annotate(is_pinned=pinned).order_by("-is_pinned", "-created_at", "-pk")

    def with_read(self, user: Any) -> "AnnouncementQuerySet":
        """`is_read`: whether this person has read it."""
        mine = self.model.readings.rel.related_model.objects.filter(announcement=OuterRef("pk"), user=user)
        return self.annotate(is_read=Exists(mine))


class SpaceEventQuerySet(SharedQuerySet[Any]):
    def to_come(self, now: datetime) -> "SpaceEventQuerySet":
        return self.filter(ends_at__gte=now).order_by("starts_at", "pk")

    def past(self, now: datetime) -> "SpaceEventQuerySet":
        return self.filter(ends_at__lt=now).order_by("-starts_at", "-pk")


class PollQuerySet(SharedQuerySet[Any]):
    def with_turnout(self) -> "PollQuerySet":
        """`turnout`: how many have voted."""
        return self.annotate(turnout=Count("voters", distinct=True))

    def with_voted(self, user: Any) -> "PollQuerySet":
        """`has_voted`: whether this person has."""
        mine = self.model.voters.rel.related_model.objects.filter(poll=OuterRef("pk"), user=user)
        return self.annotate(has_voted=Exists(mine))

    def listed(self, now: datetime) -> "PollQuerySet":
        """Open ones first, those that close soonest at the top. `is_over` says which are not."""
        over = Case(
            When(Q(closed_at__isnull=False) | Q(closes_at__lte=now), then=Value(True)),
            default=Value(False), output_field=BooleanField(),
        )  # fmt: skip
        return self.annotate(is_over=over).order_by("is_over", "closes_at", "-pk")


class DocumentQuerySet(SharedQuerySet[Any]):
    def listed(self) -> "DocumentQuerySet":
        return self.order_by("-changed_at", "-pk")


class ItemQuerySet(SharedQuerySet[Any]):
    def open(self) -> "ItemQuerySet":
        return self.filter(done_at=None)

    def done(self) -> "ItemQuerySet":
        return self.filter(done_at__isnull=False)

    def listed(self) -> "ItemQuerySet":
        """Open ones first, the most urgent at the top; then what was done, newest first."""
        return self.annotate(is_done=Q(done_at__isnull=False)).order_by(
            "is_done",
            Coalesce(F("done_at"), Value(None), output_field=models.DateTimeField()).desc(nulls_first=True),
            "due",
            "pk",
        )

    def overdue(self, today: date) -> "ItemQuerySet":
        return self.open().filter(due__lt=today)


class OfAnnouncement(SharedQuerySet[Any]):
    path = "announcement__community"


class OfEvent(SharedQuerySet[Any]):
    path = "event__community"


class OfPoll(SharedQuerySet[Any]):
    path = "poll__community"


class OfDocument(SharedQuerySet[Any]):
    path = "document__community"

    def visible_to(self, user: Any) -> Self:
        return self.of_members(user).filter(document__deleted_at=None)


class OfItem(SharedQuerySet[Any]):
    path = "item__community"
