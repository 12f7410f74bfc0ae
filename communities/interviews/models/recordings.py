"""What was said aloud: a recording in the private storage, and notes at its seconds."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from communities.harvest.fields import Field
from communities.interviews.models.interviews import Interview
from communities.interviews.querysets import NoteQuerySet, OfInterview
from communities.talk.models.channels import person

LONGEST_NOTE = 2000
LAST_SECOND = 24 * 3600 - 1


def private() -> Storage:
    """Outside the media folder: no address leads there but the view that asks who listens."""
    return storages["private"]


def stored_at(recording: "Recording", name: str) -> str:
    """A place that neither tells nor depends on the name."""
    return f"interviews/{get_random_string(24)}.{recording.kind}"


class Recording(models.Model):
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="recordings", verbose_name=_("interview"))
    title = models.CharField(_("title"), max_length=160)
    file = models.FileField(_("file"), upload_to=stored_at, storage=private, max_length=120)
    kind = models.CharField(max_length=4, editable=False)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, editable=False)
    added_by = person(_("added by"))
    created_at = models.DateTimeField(_("added"))

    objects = OfInterview.as_manager()

    class Meta:
        ordering = ["interview", "pk"]
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        constraints = [models.UniqueConstraint(fields=["interview", "sha256"], name="interviews_recording_once")]

    def __str__(self) -> str:
        return f"{self.interview_id} · {self.pk}"


class Note(models.Model):
    recording = models.ForeignKey(Recording, models.CASCADE, related_name="notes", verbose_name=_("recording"))
    at = models.PositiveIntegerField(_("second"))
    text = models.TextField(_("words"), max_length=LONGEST_NOTE)
    field = models.CharField(_("fills"), max_length=16, choices=Field.choices, blank=True)
    typed_by = person(_("typed by"))
    by_expert = models.BooleanField(_("typed by the expert"), default=False)
    typed_at = models.DateTimeField(_("when"))

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["recording", "at", "pk"]
        verbose_name = _("note in a recording")
        verbose_name_plural = _("notes in recordings")
        constraints = [
            models.CheckConstraint(condition=Q(field="") | Q(field__in=Field.values), name="interviews_note_field_is_known"),
            models.CheckConstraint(condition=Q(at__lte=LAST_SECOND), name="interviews_note_within_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id} · {self.clock}"

    @property
    def clock(self) -> str:
        """'12:05', '1:02:05'."""
        hours, rest = divmod(self.at, 3600)
        minutes, seconds = divmod(rest, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
