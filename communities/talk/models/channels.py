"""Channels of a community, threads inside a channel, and where each member stands in it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.talk.querysets import ChannelQuerySet, PlaceQuerySet, ThreadQuerySet
from kmportal.taxonomy.models import in_reader_language


def person(label: Any, related_name: str = "+") -> "models.ForeignKey[Any, Any]":
    """Accounts go, what they wrote stays."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name=related_name, verbose_name=label
    )


class Channel(models.Model):
    """`last_seq` numbers everything that happens in the channel: one count, taken under the row's lock, in the order of commits."""

    community = models.ForeignKey(
        "communities.Community", models.CASCADE, related_name="channels", verbose_name=_("community of practice")
    )
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    purpose = models.CharField(_("what it is for"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    last_seq = models.PositiveBigIntegerField(default=0, editable=False)
    last_activity = models.DateTimeField(_("last activity"))
    created_at = models.DateTimeField(_("opened"))
    created_by = person(_("opened by"))
    archived_at = models.DateTimeField(_("closed"), null=True, blank=True)

    kept: dict[str, Any] | None = None
    """What parts of a page remember of this channel while it is drawn; None everywhere else, so that verbs ask anew."""

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering = ["community", "position", "pk"]
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        constraints = [models.UniqueConstraint("community", Lower("name"), name="talk_channel_name_once")]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("talk:channel", args=[self.community.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.archived_at is None


class Thread(models.Model):
    """A conversation with a title inside a channel; it ends with a conclusion that somebody wrote."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="threads", verbose_name=_("channel"))
    title = models.CharField(_("title"), max_length=160)
    opened_by = person(_("opened by"))
    opened_at = models.DateTimeField(_("opened"))
    message_count = models.PositiveIntegerField(default=0)
    last_activity = models.DateTimeField(_("last activity"))
    conclusion = models.TextField(_("conclusion"), blank=True)
    conclusion_text = models.TextField(blank=True, editable=False)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = person(_("resolved by"))

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["-last_activity", "-pk"]
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        constraints = [
            models.CheckConstraint(condition=Q(resolved_at=None) | ~Q(conclusion=""), name="talk_thread_is_resolved_with_words")
        ]
        indexes = [models.Index(fields=["channel", "-last_activity"], name="talk_thread_active")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("talk:thread", args=[self.channel.community.slug, self.channel_id, self.pk])

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None


class Place(models.Model):
    """Where somebody stopped reading in a channel, and how much they want to hear of it."""

    class Level(models.TextChoices):
        ALL = "all", pgettext_lazy("how much one hears of a channel", "Every message")
        MENTIONS = "mentions", pgettext_lazy("how much one hears of a channel", "When I am mentioned")
        MUTE = "mute", pgettext_lazy("how much one hears of a channel", "Nothing")

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="places")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="talk_places")
    read_seq = models.PositiveBigIntegerField(default=0)
    level = models.CharField(_("what to hear"), max_length=8, choices=Level.choices, default=Level.MENTIONS)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a channel")
        verbose_name_plural = _("places in channels")
        constraints = [
            models.UniqueConstraint(fields=["channel", "user"], name="talk_place_once"),
            models.CheckConstraint(condition=Q(level__in=["all", "mentions", "mute"]), name="talk_place_level_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.channel_id} · {self.read_seq}"
