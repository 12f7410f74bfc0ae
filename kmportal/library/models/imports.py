"""An import of a seminar summary: the file as it came, what was read from it, and the page it became."""

from uuid import uuid4

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.library.querysets import ImportQuerySet


def private_files() -> Storage:
    """Where uploads wait: outside the public media, so that no address leads to them."""
    return storages["private"]


def waiting_place(_job: "ImportJob", _filename: str) -> str:
    """A name that says nothing and cannot harm: the name the file came with stays in a column."""
    return f"imports/{uuid4().hex}"


class ImportJob(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("import state", "Waiting")
        READING = "reading", pgettext_lazy("import state", "Reading")
        REVIEW = "review", pgettext_lazy("import state", "To be reviewed")
        FAILED = "failed", pgettext_lazy("import state", "Could not be read")
        DONE = "done", pgettext_lazy("import state", "Draft page made")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports", verbose_name=_("uploaded by"))
    file = models.FileField(_("file"), storage=private_files, upload_to=waiting_place, blank=True)
    filename = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING, db_index=True)
    step = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=30, blank=True)
    source = models.JSONField(null=True, blank=True)
    draft = models.JSONField(null=True, blank=True)
    # What the coordinator decided beside the text: visibility, names, blocks left out, the page to update (library.actions.imports).
    choices = models.JSONField(default=dict, blank=True)
    # What the library knows of it already: published items that nearly say the same, agencies and people whose names match.
    findings = models.JSONField(default=dict, blank=True)
    # Rises with every edit of the draft: an edit that was made on an older one is refused instead of overwriting.
    version = models.PositiveIntegerField(default=0)
    page = models.ForeignKey(
        "library.SeminarPage", models.SET_NULL, null=True, blank=True, related_name="imports", verbose_name=_("page")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("imports:review", args=[self.pk])


class ImportEdit(models.Model):
    """One step of the review: enough to take it back and to do it again."""

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=20)
    block = models.CharField(max_length=40, blank=True)
    patch = models.JSONField()
    undone = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["job", "number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="library_import_edit_numbered_once")]

    def __str__(self) -> str:
        return f"{self.job_id}:{self.number} {self.verb}"
