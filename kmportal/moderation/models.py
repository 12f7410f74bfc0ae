"""Cases that a person must decide, what was said in them, and the book of what staff do."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.core import acts
from kmportal.moderation.kinds import Kind, Outcome, kind_of
from kmportal.moderation.querysets import CaseQuerySet, StaffActQuerySet

LONGEST_REASON = 1000


def _person(label: Any, *, empty: bool = False) -> "models.ForeignKey[Any, Any]":
    """Accounts are switched off, not removed: who decided stays known."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=empty, blank=empty, related_name="+", verbose_name=label
    )


class Case(models.Model):
    """Something that a person must decide. Of one key at most one waits; what is reported again after a decision is its next round."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a case", "To be decided")
        DECIDED = "decided", pgettext_lazy("state of a case", "Decided")
        APPEALED = "appealed", pgettext_lazy("state of a case", "Appealed")
        CLOSED = "closed", pgettext_lazy("state of a case", "Closed")

    kind = models.CharField(_("kind"), max_length=20)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    key = models.CharField(max_length=200, editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    evidence = models.JSONField(default=dict, blank=True)
    about = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="cases_about", verbose_name=_("about"))
    assigned_to = _person(_("taken by"), empty=True)
    # Nobody who handles such cases may decide this one: site administrators are asked.
    escalated = models.BooleanField(default=False)
    report_count = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(_("opened"))
    moved_at = models.DateTimeField(_("waiting since"))

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(fields=["key", "round"], name="moderation_case_once"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=("open", "appealed")), name="moderation_one_case_waits"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "decided", "appealed", "closed")), name="moderation_state_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "moved_at"], name="moderation_queue"),
            models.Index(fields=["subject_type", "subject_id"], name="moderation_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:case", args=[self.pk])

    @property
    def rules(self) -> Kind:
        return kind_of(self.kind)

    @property
    def is_live(self) -> bool:
        return self.state in (self.State.OPEN, self.State.APPEALED)


class CaseReport(models.Model):
    """What somebody said that brought a case up."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports", verbose_name=_("case"))
    person = _person(_("person"))
    sort = models.CharField(_("kind"), max_length=20, blank=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("report in a case")
        verbose_name_plural = _("reports in cases")
        constraints = [models.UniqueConstraint(fields=["case", "person", "sort"], name="moderation_report_once")]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.reason[:40]}"

    @property
    def said(self) -> Any:
        """What kind of report it is, in words."""
        return self.case.rules.sorts.get(self.sort, "")


class Decision(models.Model):
    """How a case ended, by whom and why. The ready-made reason is kept by its name: everybody reads it in their language."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="decision", verbose_name=_("case"))
    moderator = _person(_("decided by"))
    outcome = models.CharField(_("decision"), max_length=20)
    ready = models.CharField(max_length=20, blank=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [models.CheckConstraint(condition=~Q(ready="", reason=""), name="moderation_decision_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.outcome}"

    @property
    def rules(self) -> Outcome:
        return self.case.rules.outcome(self.outcome)

    @property
    def ready_words(self) -> Any:
        return next((ready.text for ready in self.rules.reasons if ready.code == self.ready), "")


class Appeal(models.Model):
    """One for each case: asks another person to look again."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="appeal", verbose_name=_("case"))
    person = _person(_("appealed by"))
    words = models.CharField(_("why"), max_length=LONGEST_REASON)
    at = models.DateTimeField(_("when"))
    granted = models.BooleanField(_("granted"), null=True, default=None)
    decided_by = _person(_("decided by"), empty=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=None, decided_by=None, decided_at=None)
                | (Q(granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason="")),
                name="moderation_appeal_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.words[:40]}"


class StaffAct(models.Model):
    """A line of the book: who did what to what, and why. The database refuses to change or remove it (migration 0002)."""

    at = models.DateTimeField(_("when"))
    actor = _person(_("who"), empty=True)
    act = models.CharField(_("act"), max_length=40)
    thing_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    thing_id = models.PositiveBigIntegerField(null=True, blank=True)
    label = models.CharField(_("what"), max_length=255, blank=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON, blank=True)
    data = models.JSONField(default=dict, blank=True)
    # Who may read of it, besides being staff: the circle of the thing; "" for what lies in none.
    circle = models.CharField(max_length=60, blank=True, editable=False)

    objects = StaffActQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("act of staff")
        verbose_name_plural = _("acts of staff")
        indexes = [
            models.Index(fields=["actor", "-id"], name="moderation_acts_of"),
            models.Index(fields=["act", "-id"], name="moderation_acts_like"),
            models.Index(fields=["at"], name="moderation_acts_when"),
            models.Index(fields=["thing_type", "thing_id"], name="moderation_acts_on"),
        ]

    def __str__(self) -> str:
        return f"{self.act} · {self.label}"

    @property
    def act_words(self) -> Any:
        return acts.declared(self.act).label
