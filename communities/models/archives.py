"""Everything of a community as one file, made in the background, kept for its facilitators for a while."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models.spaces import Community
from communities.querysets import ExportQuerySet


def private() -> Storage:
    """Outside the media folder: no address leads there but the view that asks who it is."""
    return storages["private"]


class Export(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("export", "Waiting")
        RUNNING = "running", pgettext_lazy("export", "Being made")
        READY = "ready", pgettext_lazy("export", "Ready")
        FAILED = "failed", pgettext_lazy("export", "Not made")

    community = models.ForeignKey(Community, models.CASCADE, related_name="exports", verbose_name=_("community of practice"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked for by")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    done = models.PositiveSmallIntegerField(_("parts done"), default=0)
    parts = models.PositiveSmallIntegerField(_("parts"), default=0)
    file = models.FileField(_("file"), upload_to="exports/", storage=private, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    created_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("export of a community")
        verbose_name_plural = _("exports of communities")
        constraints = [
            models.UniqueConstraint(
                fields=["community"], condition=Q(state__in=["waiting", "running"]), name="communities_one_export_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.community} ({self.pk})"

    @property
    def is_making(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}

    def get_absolute_url(self) -> str:
        return reverse("communities:export", args=[self.community.slug])
