"""Reading channels, threads and messages. Every reader starts with visible_to(user): members of the community, nobody else."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Prefetch, Q

if TYPE_CHECKING:
    from communities.talk.models import (  # noqa: F401 - names for annotations
        Attachment,
        Channel,
        Event,
        Message,
        Place,
        Reaction,
        Thread,
        Version,
    )


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

    def of(self, user: Any, slug: str) -> "ChannelQuerySet":
        """Those of one community, as far as this person reads them; the community is at hand."""
        return self.visible_to(user).filter(community__slug=slug).select_related("community")


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

    def pinned_in(self, channel: Any) -> "MessageQuerySet":
        return self.shown().present().filter(channel=channel, pinned_at__isnull=False)

    def whole(self) -> "MessageQuerySet":
        """With everything that templates/talk/_message.html shows, the harvest's marks too: four queries for any number of messages."""
        names = ("author__person__agency", "quote__author__person", "thread", "channel__community")
        reactions: Any = self.model._meta.get_field("reactions").related_model
        said = Prefetch("reactions", reactions.objects.select_related("user__person").order_by("pk"))
        marks: Any = self.model._meta.get_field("marks").related_model
        kept = Prefetch("marks", marks.objects.select_related("by__person").order_by("pk"))
        return self.select_related(*names).prefetch_related("files", said, kept)


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Any) -> "EventQuerySet":
        return self.filter(inside(user, "channel__"))

    def after(self, seq: int) -> "EventQuerySet":
        return self.filter(seq__gt=seq).order_by("seq")

    def whole(self) -> "EventQuerySet":
        """With everything that templates/talk/_event.html shows."""
        return self.select_related("thread__channel__community")


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def visible_to(self, user: Any) -> "ReactionQuerySet":
        return self.filter(inside(user, "message__channel__"), message__seq__isnull=False)


class PlaceQuerySet(models.QuerySet["Place"]):
    def visible_to(self, user: Any) -> "PlaceQuerySet":
        return self.filter(inside(user, "channel__"), user=user) if user.is_authenticated else self.none()


class VersionQuerySet(models.QuerySet["Version"]):
    def visible_to(self, user: Any) -> "VersionQuerySet":
        """Of messages that stand in the channel and are not deleted: with a message its history goes out of sight."""
        return self.filter(inside(user, "message__channel__"), message__seq__isnull=False, message__deleted_at=None)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        """Of messages that stand in the channel and are not deleted; of one's own also while they are held back."""
        if not user.is_authenticated:
            return self.none()
        shown = Q(message__seq__isnull=False) | Q(message__author=user)
        return self.filter(inside(user, "message__channel__"), shown, message__deleted_at=None)
