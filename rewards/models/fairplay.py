"""Patterns of votes that a moderator should look at, and the nights in which they were looked for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards.models.points import Transfer
from rewards.querysets import FindingQuerySet


class Finding(models.Model):
    """Votes that look agreed. Nothing follows from a finding by itself; a vote that stands in one is never evidence again."""

    class Pattern(models.TextChoices):
        RECIPROCAL = "reciprocal", pgettext_lazy("pattern of votes", "Two people vote for each other")
        BURST = "burst", pgettext_lazy("pattern of votes", "Many votes for one person within minutes")
        FUNNEL = "funnel", pgettext_lazy("pattern of votes", "Nearly all votes of one person go to one other")
        RING = "ring", pgettext_lazy("pattern of votes", "New accounts of one agency vote among themselves")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a finding", "To be decided")
        UPHELD = "upheld", pgettext_lazy("state of a finding", "The votes were corrected")
        DISMISSED = "dismissed", pgettext_lazy("state of a finding", "Nothing is wrong")

    pattern = models.CharField(_("pattern"), max_length=12, choices=Pattern.choices)
    key = models.CharField(max_length=200, unique=True, editable=False)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="vote_findings", verbose_name=_("people"))
    transfers = models.ManyToManyField(Transfer, related_name="findings", verbose_name=_("votes"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField(_("found"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("pattern of votes")
        verbose_name_plural = _("patterns of votes")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="rewards_decided_findings_have_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_pattern_display()} ({self.pk})"


class Night(models.Model):
    """Work of the night that was done, so that several workers do it once."""

    work = models.CharField(_("work"), max_length=40)
    day = models.DateField(_("day"))

    class Meta:
        ordering = ["-day"]
        verbose_name = _("work of a night")
        verbose_name_plural = _("work of nights")
        constraints = [models.UniqueConstraint(fields=["work", "day"], name="rewards_once_a_night")]

    def __str__(self) -> str:
        return f"{self.work} {self.day}"
