"""The rules by which points are given, as data with a history: a change is a new version with a day from which it holds."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards.querysets import RuleVersionQuerySet

MOST_POINTS = 1000
LONGEST_HOLD = 365


class Reason(models.TextChoices):
    """What points are given for. The code knows these; what each pays is data."""

    ANSWER_ACCEPTED = "answer_accepted", pgettext_lazy("points for", "An answer of yours was accepted")
    ACCEPTING_ANSWER = "accepting_answer", pgettext_lazy("points for", "You accepted an answer")
    USEFUL_VOTE = "useful_vote", pgettext_lazy("points for", "Somebody found it useful")
    LESSON_PUBLISHED = "lesson_published", pgettext_lazy("points for", "A lesson or practice was published after review")
    FRESHNESS_VERIFIED = (
        "freshness_verified",
        pgettext_lazy("points for", "You checked that knowledge due for review still holds"),
    )
    CONTEST_RESULT = "contest_result", pgettext_lazy("points for", "A result in KM Corner")
    BOUNTY = "bounty", pgettext_lazy("points for", "Your answer won the points that were offered for it")


class Rule(models.Model):
    code = models.CharField(_("reason"), max_length=40, unique=True, choices=Reason.choices)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("rule of points")
        verbose_name_plural = _("rules of points")

    def __str__(self) -> str:
        return str(self.get_code_display())


def _limit(label: Any, most: int, help_text: Any) -> "models.PositiveIntegerField[int | None, int | None]":
    return models.PositiveIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(most)], help_text=help_text
    )


class RuleVersion(models.Model):
    """What a rule says from one moment on. Never changed: the database refuses it (migration 0002)."""

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="versions", verbose_name=_("rule"))
    number = models.PositiveIntegerField(_("version"))
    points = models.PositiveIntegerField(_("points"), validators=[MaxValueValidator(MOST_POINTS)])
    reputation = models.PositiveIntegerField(_("reputation"), validators=[MaxValueValidator(MOST_POINTS)])
    cap_day = _limit(_("at most a day"), 10 * MOST_POINTS, _("Points, and as much reputation. Empty: no limit."))
    pair_day = _limit(_("from one person a day"), 1000, _("How many times. Empty: no limit."))
    pair_month = _limit(_("from one person a month"), 1000, _("How many times. Empty: no limit."))
    own_agency_percent = models.PositiveSmallIntegerField(
        _("points from the own agency, percent"), default=100, validators=[MaxValueValidator(100)],
        help_text=_("Reputation is given in full."),
    )  # fmt: skip
    vest_days = models.PositiveSmallIntegerField(_("days on hold"), default=7, validators=[MaxValueValidator(LONGEST_HOLD)])
    expire_months = models.PositiveSmallIntegerField(
        _("months until unspent points expire"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("Empty: they do not expire."),
    )  # fmt: skip
    effective_from = models.DateTimeField(_("holds from"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("changed by")
    )
    note = models.CharField(_("reason for the change"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a rule")
        verbose_name_plural = _("versions of rules")
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="rewards_rule_versions_are_numbered"),
            models.CheckConstraint(condition=Q(own_agency_percent__lte=100), name="rewards_own_agency_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} · {self.number}"
