"""What is said in a channel, and the log of everything that happens there, in one order."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.talk.models.channels import Channel, Thread, person
from communities.talk.querysets import EventQuerySet, MessageQuerySet, ReactionQuerySet

LONGEST = 8_000
"""Characters of one message: what is longer is a document."""


class Message(models.Model):
    """`seq` is the number of the event that showed it; empty as long as it is held back (a blind round before its reveal).

    `client_id` was chosen by the writer's device before sending: the same one again is the same message.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="messages", verbose_name=_("channel"))
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name=_("thread"))
    seq = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    client_id = models.UUIDField(editable=False)
    author = person(_("written by"), "talk_messages")
    # Without a name for the readers. In a round that promises it, author is not stored at all.
    anonymous = models.BooleanField(_("without a name"), default=False)
    body = models.TextField(_("text"))
    text = models.TextField(editable=False)
    quote = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="quoted_in", verbose_name=_("quotes"))
    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)
    pinned_by = person(_("pinned by"))
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    deleted_by = person(_("deleted by"))
    deleted_why = models.CharField(_("reason"), max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["channel", "seq", "pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(fields=["channel", "client_id"], name="talk_message_once"),
            models.UniqueConstraint(fields=["channel", "seq"], name="talk_message_one_place"),
        ]
        indexes = [
            models.Index(fields=["thread", "seq"], name="talk_message_in_thread"),
            models.Index(fields=["channel", "pinned_at"], name="talk_message_pinned", condition=Q(pinned_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} · {self.text[:60]}"

    def get_absolute_url(self) -> str:
        return reverse("talk:message", args=[self.channel.community.slug, self.channel_id, self.pk])

    @property
    def anchor(self) -> str:
        return f"m{self.pk}"

    @property
    def is_shown(self) -> bool:
        return self.seq is not None

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class Event(models.Model):
    """One thing that happened in a channel. Whoever has seen all up to `seq` is brought up to date by those after it.

    Holds no words: a message is read from its row when the event is delivered, as it is then. Never changed, never deleted apart
    from its channel.
    """

    class Kind(models.TextChoices):
        SAID = "said", pgettext_lazy("event in a channel", "Message")
        CHANGED = "changed", pgettext_lazy("event in a channel", "Message changed, deleted, pinned, or reacted to")
        THREAD = "thread", pgettext_lazy("event in a channel", "Thread opened, renamed, resolved")
        CIRCLE = "circle", pgettext_lazy("event in a channel", "Circle moved on")
        CHANNEL = "channel", pgettext_lazy("event in a channel", "Channel changed")

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="events")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="events")
    # Keys of other parts (a circle, a round): facts, never words of people.
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["channel", "seq"]
        verbose_name = _("event in a channel")
        verbose_name_plural = _("events in channels")
        constraints = [
            models.UniqueConstraint(fields=["channel", "seq"], name="talk_event_one_place"),
            models.CheckConstraint(
                condition=Q(kind__in=["said", "changed", "thread", "circle", "channel"]), name="talk_event_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["said", "changed"]) | Q(message__isnull=False), name="talk_event_has_its_message"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} · {self.seq} · {self.kind}"


class Reaction(models.Model):
    """A word for what somebody says: it made me think, thank you, it worked for me."""

    class Kind(models.TextChoices):
        INSIGHT = "insight", pgettext_lazy("reaction", "Made me think")
        THANKS = "thanks", pgettext_lazy("reaction", "Thank you")
        WORKED = "worked", pgettext_lazy("reaction", "Worked for me")

    message = models.ForeignKey(Message, models.CASCADE, related_name="reactions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="talk_reactions")
    kind = models.CharField(_("reaction"), max_length=8, choices=Kind.choices)
    at = models.DateTimeField()

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(fields=["message", "user", "kind"], name="talk_reaction_once"),
            models.CheckConstraint(condition=Q(kind__in=["insight", "thanks", "worked"]), name="talk_reaction_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} · {self.kind}"
