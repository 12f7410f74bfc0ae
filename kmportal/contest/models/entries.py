"""An entry: the lesson it teaches, its pictures and files, its people, and every version that was handed in."""

from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.contest.models.contests import Contest
from kmportal.contest.models.parts import Category
from kmportal.contest.models.shared import LONGEST_LINE, LONGEST_NOTE, LONGEST_TITLE, person, private
from kmportal.contest.querysets import EntryQuerySet, OfEntry
from kmportal.library.models import LessonPage
from kmportal.people.models import Agency
from kmportal.pictures.models import Picture

LONGEST_FIELD = 20_000
# The lesson record, under the names of library.LessonPage: HTML fields first, then plain ones.
RICH_FIELDS = (
    "context", "intent", "what_happened", "why", "cues", "tricks", "pitfalls", "recommendation", "evidence", "next_steps",
)  # fmt: skip
PLAIN_FIELDS = ("lesson", "works_when", "fails_when", "contacts")
# In these an entry is in the contest: what the deadline closed, what screening let through.
HANDED_IN = ("submitted", "accepted", "screened_out")


def _rich(label: Any) -> models.TextField[str, str]:
    return models.TextField(label, blank=True, max_length=LONGEST_FIELD)


class Entry(models.Model):
    """`agency` is the owner's when the entry was begun: conflicts of interest are asked of it, also after somebody moved on.

    `code` is all that judges and voters see of who it is: drawn at random when it is first handed in, so it says nothing about the order.
    """

    class Kind(models.TextChoices):
        PERSON = "person", pgettext_lazy("who enters", "One person")
        TEAM = "team", pgettext_lazy("who enters", "A team")
        UNIT = "unit", pgettext_lazy("who enters", "A unit")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of an entry", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("state of an entry", "Handed in")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of an entry", "Withdrawn")
        SCREENED_OUT = "screened_out", pgettext_lazy("state of an entry", "Not admitted")
        ACCEPTED = "accepted", pgettext_lazy("state of an entry", "Admitted")

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="entries", verbose_name=_("contest"))
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("category")
    )
    kind = models.CharField(_("who enters"), max_length=6, choices=Kind.choices, default=Kind.UNIT)
    owner = person(_("entered by"), "contest_entries")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="contest_entries", verbose_name=_("agency")
    )
    unit = models.CharField(_("name of the unit or team"), max_length=LONGEST_TITLE, blank=True)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    summary = models.TextField(_("in short"), blank=True, max_length=600)
    place = models.CharField(_("where the corner is"), max_length=LONGEST_LINE, blank=True)
    video_url = models.URLField(_("link to a video"), max_length=500, blank=True, validators=[URLValidator(["https", "http"])])

    context = _rich(_("context"))
    intent = _rich(_("what was intended"))
    what_happened = _rich(_("what happened"))
    why = _rich(_("why"))
    cues = _rich(_("cues that were noticed"))
    tricks = _rich(_("tricks"))
    pitfalls = _rich(_("pitfalls"))
    lesson = models.TextField(_("the lesson"), blank=True, max_length=500)
    recommendation = _rich(_("recommendation"))
    evidence = _rich(_("evidence"))
    works_when = models.TextField(_("holds when"), blank=True, max_length=1000)
    fails_when = models.TextField(_("does not hold when"), blank=True, max_length=1000)
    contacts = models.TextField(_("ask further"), blank=True, max_length=500)
    next_steps = _rich(_("what is to be done next"))

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    code = models.CharField(_("code"), max_length=8, blank=True, editable=False)
    receipt = models.CharField(_("receipt"), max_length=16, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    screened_at = models.DateTimeField(_("screened"), null=True, blank=True, editable=False)
    screened_by = person(_("screened by"), empty=True)
    screening_reason = models.CharField(_("reason"), max_length=LONGEST_NOTE, blank=True)
    # Set apart to bring judges to one scale; it takes no part in the results.
    is_calibration = models.BooleanField(_("calibration entry"), default=False)
    # The lesson that came of it, and the one that it was filled from.
    lesson_page = models.ForeignKey(
        LessonPage, models.SET_NULL, null=True, blank=True, related_name="contest_entries", verbose_name=_("lesson")
    )
    taken_from = models.ForeignKey(LessonPage, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    created_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))
    # Grows with every change: two windows never wipe out each other's words.
    revision = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveSmallIntegerField(_("version handed in"), default=0, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted", "withdrawn", "screened_out", "accepted"]),
                name="contest_entry_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | (
                    Q(submitted_at__isnull=False, category__isnull=False, version__gte=1)
                    & ~Q(receipt="") & ~Q(code="") & ~Q(title="")
                ),
                name="contest_entry_handed_in_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["screened_out", "accepted"])
                | Q(screened_at__isnull=False, screened_by__isnull=False),
                name="contest_entry_screened_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="screened_out") | ~Q(screening_reason=""), name="contest_entry_refused_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(kind__in=["person", "team", "unit"]), name="contest_entry_kind_is_known"),
            models.UniqueConstraint(fields=["contest", "code"], condition=~Q(code=""), name="contest_entry_code_once"),
            models.UniqueConstraint(fields=["receipt"], condition=~Q(receipt=""), name="contest_receipt_once"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["contest", "state"], name="contest_entries_by_state"),
            models.Index(fields=["owner", "contest"], name="contest_entries_of"),
        ]

    def __str__(self) -> str:
        """Without its words: logs and books keep this."""
        return f"{self.contest_id} · {self.code or self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("contest:entry", args=[self.contest.slug, self.pk])

    @property
    def is_handed_in(self) -> bool:
        return self.state in HANDED_IN


class EntryPicture(models.Model):
    """A photograph: drawn anew by kmportal.pictures, so no place, camera or name is left in it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="pictures", verbose_name=_("entry"))
    picture = models.OneToOneField(Picture, models.CASCADE, related_name="+", verbose_name=_("picture"))
    position = models.PositiveSmallIntegerField(_("number"), default=1)
    alt = models.CharField(_("what it shows"), max_length=LONGEST_LINE, blank=True)

    objects = OfEntry.as_manager()

    class Meta:
        ordering = ["entry", "position", "pk"]
        verbose_name = _("photograph of an entry")
        verbose_name_plural = _("photographs of entries")

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.position}"


def stored_at(file: "EntryFile", name: str) -> str:
    """A place that neither tells nor depends on the name."""
    return f"contest/{get_random_string(24)}.{file.extension}"


class EntryFile(models.Model):
    """`name` is what the entrant's file was called: never for judges, who meet `blind`, a copy without metadata (actions of judging)."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="files", verbose_name=_("entry"))
    position = models.PositiveSmallIntegerField(_("number"), default=1)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    name = models.CharField(_("file"), max_length=120)
    file = models.FileField(upload_to=stored_at, storage=private, max_length=120)
    blind = models.FileField(upload_to=stored_at, storage=private, max_length=120, blank=True)
    extension = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, editable=False)
    added_by = person(_("added by"))
    created_at = models.DateTimeField(_("added"))

    objects = OfEntry.as_manager()

    class Meta:
        ordering = ["entry", "position", "pk"]
        verbose_name = _("file of an entry")
        verbose_name_plural = _("files of entries")
        constraints = [models.UniqueConstraint(fields=["entry", "sha256"], name="contest_file_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.position}"


class TeamMember(models.Model):
    """Somebody named beside the owner. Until they agree they are named nowhere; `printed` is how a certificate writes them."""

    class Consent(models.TextChoices):
        ASKED = "asked", pgettext_lazy("team member", "Asked")
        GIVEN = "given", pgettext_lazy("team member", "Agreed")
        REFUSED = "refused", pgettext_lazy("team member", "Declined")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="team", verbose_name=_("entry"))
    user = person(_("person"), "contest_teams")
    printed = models.CharField(_("name on the certificate"), max_length=LONGEST_TITLE)
    part = models.CharField(_("part in the work"), max_length=LONGEST_TITLE, blank=True)
    position = models.PositiveSmallIntegerField(_("number"), default=1)
    consent = models.CharField(_("consent"), max_length=7, choices=Consent.choices, default=Consent.ASKED)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = OfEntry.as_manager()

    class Meta:
        ordering = ["entry", "position", "pk"]
        verbose_name = _("team member")
        verbose_name_plural = _("team members")
        constraints = [
            models.UniqueConstraint(fields=["entry", "user"], name="contest_member_once"),
            models.CheckConstraint(
                condition=Q(consent="asked", answered_at=None)
                | Q(consent__in=["given", "refused"], answered_at__isnull=False),
                name="contest_consent_is_whole",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.user_id}"


class EntryVersion(models.Model):
    """What was handed in, whole, and when. The database refuses to change or remove it (migration 0002)."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions", verbose_name=_("entry"))
    number = models.PositiveSmallIntegerField(_("version"))
    receipt = models.CharField(_("receipt"), max_length=16)
    at = models.DateTimeField(_("when"))
    by = person(_("handed in by"))
    content = models.JSONField(_("content"))
    digest = models.CharField(max_length=64)

    objects = OfEntry.as_manager()

    class Meta:
        ordering = ["entry", "number"]
        verbose_name = _("version of an entry")
        verbose_name_plural = _("versions of entries")
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="contest_version_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.number}"
