"""Judges, what they are given to judge, why they step aside, and what they find."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.contest.models.contests import Contest
from kmportal.contest.models.entries import Entry
from kmportal.contest.models.parts import MOST_POINTS, Category, Criterion
from kmportal.contest.models.shared import LONGEST_NOTE, person
from kmportal.contest.querysets import AssignmentQuerySet, JudgeQuerySet, OfAssignment, OfJudge


class Judge(models.Model):
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="judges", verbose_name=_("contest"))
    user = person(_("judge"), "judging")
    categories = models.ManyToManyField(Category, blank=True, related_name="+", verbose_name=_("only these categories"))
    appointed_by = person(_("appointed by"))
    appointed_at = models.DateTimeField(_("appointed"))
    calibrated_at = models.DateTimeField(_("calibrated"), null=True, blank=True)
    left_at = models.DateTimeField(_("stepped down"), null=True, blank=True)

    objects = JudgeQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "pk"]
        verbose_name = _("judge")
        verbose_name_plural = _("judges")
        constraints = [models.UniqueConstraint(fields=["contest", "user"], name="contest_judge_once")]

    def __str__(self) -> str:
        return f"{self.contest_id} · {self.user_id}"


class Assignment(models.Model):
    """An entry given to a judge. `reopened_at`: the organiser let the judge look again."""

    class How(models.TextChoices):
        HAND = "hand", pgettext_lazy("assignment", "By hand")
        DRAW = "draw", pgettext_lazy("assignment", "By the draw")
        CALIBRATION = "calibration", pgettext_lazy("assignment", "To calibrate")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("assignment", "To be judged")
        DONE = "done", pgettext_lazy("assignment", "Judged")
        RECUSED = "recused", pgettext_lazy("assignment", "Stepped aside")

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="assignments", verbose_name=_("judge"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="assignments", verbose_name=_("entry"))
    how = models.CharField(_("how it was given"), max_length=12, choices=How.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    position = models.PositiveSmallIntegerField(_("number"), default=1)
    note = models.TextField(_("words for the entrant"), blank=True, max_length=LONGEST_NOTE)
    made_by = person(_("given by"))
    made_at = models.DateTimeField(_("given"))
    done_at = models.DateTimeField(_("judged"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("reopened"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["judge", "position", "pk"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["judge", "entry"], name="contest_assigned_once"),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | Q(state__in=["open", "recused"]),
                name="contest_assignment_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judge_id} · {self.entry_id}"


class Recusal(models.Model):
    """Why a judge has nothing to do with an entry: said by themselves, or found by the portal. Who lifts a found one says why."""

    class Why(models.TextChoices):
        DECLARED = "declared", pgettext_lazy("conflict of interest", "Declared by the judge")
        AGENCY = "agency", pgettext_lazy("conflict of interest", "Same agency")
        TEAM = "team", pgettext_lazy("conflict of interest", "Took part in the entry")
        APPLIED = "applied", pgettext_lazy("conflict of interest", "Applied or wrote the lesson")
        ORGANISER = "organiser", pgettext_lazy("conflict of interest", "Said by the organiser")

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="recusals", verbose_name=_("judge"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="recusals", verbose_name=_("entry"))
    why = models.CharField(_("conflict of interest"), max_length=10, choices=Why.choices)
    reason = models.CharField(_("reason"), max_length=LONGEST_NOTE, blank=True)
    by = person(_("said by"), empty=True)
    at = models.DateTimeField(_("when"))

    objects = OfJudge.as_manager()

    class Meta:
        ordering = ["judge", "entry", "pk"]
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [models.UniqueConstraint(fields=["judge", "entry", "why"], name="contest_recused_once")]

    def __str__(self) -> str:
        return f"{self.judge_id} · {self.entry_id} · {self.why}"


class Score(models.Model):
    """Points of one criterion, empty while the judge has only written a note. The verb asks that a level of these points exists."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="scores", verbose_name=_("assignment"))
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion"))
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=LONGEST_NOTE)
    changed_at = models.DateTimeField(_("when"))

    objects = OfAssignment.as_manager()

    class Meta:
        ordering = ["assignment", "criterion__position", "pk"]
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="contest_score_once"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, points__lte=MOST_POINTS), name="contest_score_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} · {self.criterion_id}"
