"""Parts of a contest: categories, criteria with the words of their levels, prizes."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.contest.models.contests import Contest
from kmportal.contest.models.shared import LONGEST_LINE, LONGEST_TITLE
from kmportal.contest.querysets import OfContest
from kmportal.taxonomy.models import in_reader_language

MOST_POINTS = 10


class _Part(models.Model):
    """Something of a contest, in an order that the organiser gives, in two languages."""

    contest = models.ForeignKey(Contest, models.CASCADE, verbose_name=_("contest"))
    position = models.PositiveSmallIntegerField(_("number"), default=1)
    title_th = models.CharField(_("name"), max_length=LONGEST_TITLE)
    title_en = models.CharField(_("name in English"), max_length=LONGEST_TITLE, blank=True)

    objects: Any = OfContest.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return in_reader_language(self.title_th, self.title_en)


class Category(_Part):
    about_th = models.TextField(_("what belongs here"), blank=True, max_length=1000)
    about_en = models.TextField(_("what belongs here, in English"), blank=True, max_length=1000)

    class Meta:
        ordering = ["contest", "position", "pk"]
        default_related_name = "categories"
        verbose_name = _("category of a contest")
        verbose_name_plural = _("categories of contests")

    @property
    def about(self) -> str:
        return in_reader_language(self.about_th, self.about_en)


class Criterion(_Part):
    """What judges look at. The weights of a contest add up to 100 before it is announced (actions.setting_up)."""

    about_th = models.TextField(_("what judges look at"), blank=True, max_length=1000)
    about_en = models.TextField(_("what judges look at, in English"), blank=True, max_length=1000)
    weight = models.PositiveSmallIntegerField(_("weight, in percent"), validators=[MinValueValidator(1), MaxValueValidator(100)])

    class Meta:
        ordering = ["contest", "position", "pk"]
        default_related_name = "criteria"
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="contest_weight_in_range"),
        ]

    @property
    def about(self) -> str:
        return in_reader_language(self.about_th, self.about_en)


class Level(models.Model):
    """What so many points of a criterion mean, in words."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="levels", verbose_name=_("criterion"))
    points = models.PositiveSmallIntegerField(_("points"), validators=[MaxValueValidator(MOST_POINTS)])
    words_th = models.CharField(_("what it means"), max_length=LONGEST_LINE)
    words_en = models.CharField(_("what it means, in English"), max_length=LONGEST_LINE, blank=True)

    class Meta:
        ordering = ["criterion", "points"]
        verbose_name = _("level of a criterion")
        verbose_name_plural = _("levels of criteria")
        constraints = [
            models.UniqueConstraint(fields=["criterion", "points"], name="contest_level_once"),
            models.CheckConstraint(condition=Q(points__lte=MOST_POINTS), name="contest_level_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.points} · {self.words}"

    @property
    def words(self) -> str:
        return in_reader_language(self.words_th, self.words_en)


class Prize(_Part):
    """What a place brings. `category` empty: for the whole contest. Of `points`, `vesting` percent wait until another agency applied it."""

    class Kind(models.TextChoices):
        PLACE = "place", pgettext_lazy("prize", "By the judges' place")
        POPULAR = "popular", pgettext_lazy("prize", "By the popular vote")

    category = models.ForeignKey(
        Category, models.CASCADE, null=True, blank=True, related_name="prizes", verbose_name=_("category")
    )
    kind = models.CharField(_("for"), max_length=8, choices=Kind.choices, default=Kind.PLACE)
    place = models.PositiveSmallIntegerField(_("place"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)])
    points = models.PositiveIntegerField(_("points"), default=0, validators=[MaxValueValidator(100_000)])
    vesting = models.PositiveSmallIntegerField(
        _("share that waits until another agency applied it, in percent"), default=0, validators=[MaxValueValidator(100)]
    )

    class Meta:
        ordering = ["contest", "position", "pk"]
        default_related_name = "prizes"
        verbose_name = _("prize")
        verbose_name_plural = _("prizes")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["place", "popular"]), name="contest_prize_kind_is_known"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=50), name="contest_prize_place_in_range"),
            models.CheckConstraint(condition=Q(points__lte=100_000), name="contest_prize_points_in_range"),
            models.CheckConstraint(condition=Q(vesting__lte=100), name="contest_prize_vesting_is_a_share"),
            models.UniqueConstraint(
                fields=["contest", "kind", "place"], condition=Q(category=None), name="contest_prize_once_overall"
            ),
            models.UniqueConstraint(
                fields=["contest", "category", "kind", "place"], condition=Q(category__isnull=False),
                name="contest_prize_once_in_category",
            ),
        ]  # fmt: skip
