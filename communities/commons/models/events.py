"""Events, who comes, and the secret address of somebody's calendar."""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.commons.models.shared import LONGEST_TITLE, Shared
from communities.commons.querysets import OfEvent, SpaceEventQuerySet


class Event(Shared):
    title = models.CharField(_("event"), max_length=LONGEST_TITLE)
    body = models.TextField(_("text"), blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link for taking part online"), max_length=500, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(pgettext_lazy("event", "ends"))
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    # How many places are given away: kept by the verbs, held below the capacity by the table itself.
    taken = models.PositiveIntegerField(default=0)
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    # Grows with each change, so that calendars know which version is newer (RFC 5545, SEQUENCE).
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(_("changed"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancel_reason = models.CharField(pgettext_lazy("event", "reason"), max_length=300, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = SpaceEventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["community", "starts_at"], name="commons_events"),
            models.Index(fields=["starts_at"], name="commons_events_to_remind", condition=Q(reminded_at=None, cancelled_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="commons_event_not_overbooked"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="commons_event_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commons:event", args=[self.community.slug, self.pk])

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def left(self) -> int | None:
        """Free places; None where there is room for all."""
        return None if self.capacity is None else self.capacity - self.taken

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now


class Rsvp(models.Model):
    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("answer to an invitation", "I am coming")
        MAYBE = "maybe", pgettext_lazy("answer to an invitation", "Perhaps")
        NO = "no", pgettext_lazy("answer to an invitation", "I cannot come")
        WAITING = "waiting", pgettext_lazy("answer to an invitation", "On the waiting list")

    event = models.ForeignKey(Event, models.CASCADE, related_name="rsvps")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    answer = models.CharField(_("answer"), max_length=7, choices=Answer.choices)
    answered_at = models.DateTimeField(_("answered"))

    objects = OfEvent.as_manager()

    class Meta:
        ordering = ["answered_at", "pk"]
        verbose_name = _("answer to an invitation")
        verbose_name_plural = _("answers to invitations")
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="commons_one_answer_to_an_event")]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.user_id} · {self.answer}"


class CalendarKey(models.Model):
    """The secret in the address of a person's calendar. Only its digest is kept: who reads the table cannot read calendars."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_key")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made on"))

    class Meta:
        ordering = ["user"]
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self) -> str:
        return str(self.user_id)
