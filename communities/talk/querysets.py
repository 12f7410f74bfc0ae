"""Reading channels, threads and messages. Every reader starts with visible_to(user): members of the community, nobody else."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from communities.talk.models import Channel, Event, Message, Place, Reaction, Thread  # noqa: F401 - names for annotations


def inside(user: Any, prefix: str = "") -> Q:
    """The condition for rows that hang on a channel of a community that this person belongs to; prefix is the path to the channel."""
    if not (user.is_authenticated and user.is_active):
        return Q(pk__in=[])
    # A subquery, not a join on memberships: a join would repeat rows and spoil counts.
    return Q(**{f"{prefix}community__in": user.memberships.values("community")})


class ChannelQuerySet(models.QuerySet["Channel"]):
    def visible_to(self, user: Any) -> "ChannelQuerySet":
        return self.filter(inside(user))

    def open(self) -> "ChannelQuerySet":
        return self.filter(archived_at=None)


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: Any) -> "ThreadQuerySet":
        return self.filter(inside(user, "channel__"))


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any) -> "MessageQuerySet":
        """What stands in the channel, and what one has written oneself in a round that is not revealed yet."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(inside(user, "channel__")).filter(Q(seq__isnull=False) | Q(author=user))

    def shown(self) -> "MessageQuerySet":
        return self.filter(seq__isnull=False)

    def present(self) -> "MessageQuerySet":
        return self.filter(deleted_at=None)

    def whole(self) -> "MessageQuerySet":
        """With everything that templates/talk/_message.html shows."""
        return self.select_related("author", "quote__author", "thread", "channel__community")


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Any) -> "EventQuerySet":
        return self.filter(inside(user, "channel__"))

    def after(self, seq: int) -> "EventQuerySet":
        return self.filter(seq__gt=seq).order_by("seq")


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def visible_to(self, user: Any) -> "ReactionQuerySet":
        return self.filter(inside(user, "message__channel__"), message__seq__isnull=False)


class PlaceQuerySet(models.QuerySet["Place"]):
    def visible_to(self, user: Any) -> "PlaceQuerySet":
        return self.filter(inside(user, "channel__"), user=user) if user.is_authenticated else self.none()
