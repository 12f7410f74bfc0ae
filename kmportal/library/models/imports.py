"""An import of a seminar summary: the file as it came, what was read from it, and the page it became."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportJob(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("import state", "Waiting")
        READING = "reading", pgettext_lazy("import state", "Reading")
        REVIEW = "review", pgettext_lazy("import state", "To be reviewed")
        FAILED = "failed", pgettext_lazy("import state", "Could not be read")
        DONE = "done", pgettext_lazy("import state", "Draft page made")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("uploaded by"))
    file = models.FileField(_("file"), upload_to="imports/%Y/")
    filename = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING, db_index=True)
    step = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=30, blank=True)
    source = models.JSONField(null=True, blank=True)
    draft = models.JSONField(null=True, blank=True)
    # Rises with every edit of the draft: an edit that was made on an older one is refused instead of overwriting.
    version = models.PositiveIntegerField(default=0)
    page = models.ForeignKey(
        "library.SeminarPage", models.SET_NULL, null=True, blank=True, related_name="imports", verbose_name=_("page")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("imports:review", args=[self.pk])
