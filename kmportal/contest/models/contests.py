"""A contest as its organiser sets it up: words, dates, who may enter, how it is judged."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.contest.models.shared import LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE, person
from kmportal.contest.querysets import ContestQuerySet
from kmportal.people.models import Agency
from kmportal.taxonomy.models import in_reader_language

MOST_SHARE = 50
MOST_JUDGES = 9
SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
# The dates in their order; those of the popular vote stand beside judging.
DATES = ("announce_at", "enter_from", "enter_until", "screen_until", "judge_until", "results_at")
VOTE_DATES = ("vote_from", "vote_until")


def new_slug() -> str:
    return get_random_string(8, SLUG_LETTERS)


class Contest(models.Model):
    """One edition. Which phase it is in follows from its dates and the clock (phases.py), never from a stored word.

    `enter_until` is the exact deadline: at that very moment entries are closed. Story and rules are HTML cleaned when they were written.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a contest", "Being set up")
        ANNOUNCED = "announced", pgettext_lazy("state of a contest", "Announced")
        CANCELLED = "cancelled", pgettext_lazy("state of a contest", "Called off")

    class Gallery(models.TextChoices):
        NETWORK = "network", pgettext_lazy("gallery", "Members of the network")
        PUBLIC = "public", pgettext_lazy("gallery", "Everybody")

    class Normalisation(models.TextChoices):
        """How totals are made comparable between strict and mild judges; docs/CONTEST.md states the arithmetic."""

        NONE = "none", pgettext_lazy("normalisation", "Totals as given")
        SHIFT = "shift", pgettext_lazy("normalisation", "How strict or mild each judge is, is taken out")

    slug = models.SlugField(_("address"), max_length=60, unique=True, default=new_slug)
    year = models.PositiveSmallIntegerField(_("year"))
    title_th = models.CharField(_("title"), max_length=LONGEST_TITLE)
    title_en = models.CharField(_("title in English"), max_length=LONGEST_TITLE, blank=True)
    lead_th = models.CharField(_("in one sentence"), max_length=LONGEST_LINE, blank=True)
    lead_en = models.CharField(_("in one sentence, in English"), max_length=LONGEST_LINE, blank=True)
    story_th = models.TextField(_("story"), blank=True, max_length=LONGEST_TEXT)
    story_en = models.TextField(_("story in English"), blank=True, max_length=LONGEST_TEXT)
    rules_th = models.TextField(_("rules"), blank=True, max_length=LONGEST_TEXT)
    rules_en = models.TextField(_("rules in English"), blank=True, max_length=LONGEST_TEXT)
    cover = models.ForeignKey(
        "pictures.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cover picture")
    )
    cover_alt = models.CharField(_("what the cover shows"), max_length=LONGEST_LINE, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="contests", verbose_name=_("organised by")
    )
    organisers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="contests_run", verbose_name=_("organisers"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)

    announce_at = models.DateTimeField(_("announced from"), null=True, blank=True)
    enter_from = models.DateTimeField(_("entries open"), null=True, blank=True)
    enter_until = models.DateTimeField(_("entries close"), null=True, blank=True)
    screen_until = models.DateTimeField(_("screening ends"), null=True, blank=True)
    judge_until = models.DateTimeField(_("judging ends"), null=True, blank=True)
    vote_from = models.DateTimeField(_("vote opens"), null=True, blank=True)
    vote_until = models.DateTimeField(_("vote ends"), null=True, blank=True)
    results_at = models.DateTimeField(_("results"), null=True, blank=True)

    for_persons = models.BooleanField(_("one person"), default=True)
    for_teams = models.BooleanField(_("a team"), default=True)
    for_units = models.BooleanField(_("a unit"), default=True)
    open_to = models.ManyToManyField(Agency, blank=True, related_name="+", verbose_name=_("only these agencies"))
    most_members = models.PositiveSmallIntegerField(
        _("people in a team at most"), default=10, validators=[MinValueValidator(2), MaxValueValidator(30)]
    )
    most_entries = models.PositiveSmallIntegerField(
        _("entries of one person at most"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )

    judges_per_entry = models.PositiveSmallIntegerField(
        _("judges per entry"), default=3, validators=[MinValueValidator(1), MaxValueValidator(MOST_JUDGES)]
    )
    popular_share = models.PositiveSmallIntegerField(
        _("share of the popular vote, in percent"), default=0, validators=[MaxValueValidator(MOST_SHARE)]
    )
    normalisation = models.CharField(
        _("strict and mild judges"), max_length=6, choices=Normalisation.choices, default=Normalisation.SHIFT
    )
    gallery = models.CharField(_("who sees the gallery"), max_length=8, choices=Gallery.choices, default=Gallery.NETWORK)

    # Judging (written by the verbs of judging).
    seed = models.CharField(_("seed of the draw"), max_length=64, blank=True, editable=False)
    seed_published = models.BooleanField(_("seed is published"), default=False, editable=False)
    # From then on judges see how they compare on the calibration entry.
    calibration_opened_at = models.DateTimeField(_("calibration compared"), null=True, blank=True, editable=False)
    judging_closed_at = models.DateTimeField(_("judging closed"), null=True, blank=True, editable=False)
    # Results (written by the verbs of results): the version that is shown, 0 before the first.
    results_version = models.PositiveSmallIntegerField(_("version of the results"), default=0, editable=False)
    results_published_at = models.DateTimeField(_("results published"), null=True, blank=True, editable=False)

    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    created_by = person(_("set up by"))
    created_at = models.DateTimeField(_("set up"))
    changed_at = models.DateTimeField(_("changed"))
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ContestQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-pk"]
        verbose_name = _("contest")
        verbose_name_plural = _("contests")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["draft", "announced", "cancelled"]), name="contest_state_is_known"),
            # Empty dates pass a comparison; once announced none may be empty.
            models.CheckConstraint(
                condition=Q(announce_at__lte=F("enter_from"), enter_from__lt=F("enter_until"), enter_until__lte=F("screen_until"))
                & Q(screen_until__lt=F("judge_until"), judge_until__lte=F("results_at")),
                name="contest_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(vote_from__lt=F("vote_until"), screen_until__lte=F("vote_from"), vote_until__lte=F("results_at")),
                name="contest_vote_in_order",
            ),
            models.CheckConstraint(
                condition=Q(vote_from=None, vote_until=None) | Q(vote_from__isnull=False, vote_until__isnull=False),
                name="contest_vote_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="announced") | Q(**{f"{name}__isnull": False for name in DATES}),
                name="contest_announced_has_dates",
            ),
            models.CheckConstraint(
                condition=~Q(state="announced") | Q(for_persons=True) | Q(for_teams=True) | Q(for_units=True),
                name="contest_somebody_may_enter",
            ),
            models.CheckConstraint(condition=Q(popular_share__lte=MOST_SHARE), name="contest_share_is_a_share"),
            models.CheckConstraint(
                condition=~Q(state="announced") | Q(popular_share=0) | Q(vote_from__isnull=False),
                name="contest_share_needs_a_vote",
            ),
            models.CheckConstraint(
                condition=Q(judges_per_entry__gte=1, judges_per_entry__lte=MOST_JUDGES), name="contest_judges_in_range"
            ),
            models.CheckConstraint(condition=Q(seed_published=False) | ~Q(seed=""), name="contest_published_seed_is_there"),
            models.CheckConstraint(
                condition=Q(results_published_at=None, results_version=0)
                | Q(results_published_at__isnull=False, results_version__gte=1),
                name="contest_results_are_whole",
            ),
        ]
        indexes = [models.Index(fields=["state", "-year"], name="contest_by_year")]

    def __str__(self) -> str:
        return in_reader_language(self.title_th, self.title_en)

    def get_absolute_url(self) -> str:
        return reverse("contest:contest", args=[self.slug])

    @property
    def lead(self) -> str:
        return in_reader_language(self.lead_th, self.lead_en)

    @property
    def story(self) -> str:
        return in_reader_language(self.story_th, self.story_en)

    @property
    def rules(self) -> str:
        return in_reader_language(self.rules_th, self.rules_en)

    @property
    def has_vote(self) -> bool:
        return self.vote_from is not None

    @property
    def is_published(self) -> bool:
        return self.results_published_at is not None
