"""The popular vote, computed results in versions, certificates, and what was paid for them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.contest.models.contests import Contest
from kmportal.contest.models.entries import Entry
from kmportal.contest.models.parts import Category, Prize
from kmportal.contest.models.shared import LONGEST_NOTE, LONGEST_TITLE, person
from kmportal.contest.querysets import (
    AppliedReportQuerySet,
    CertificateQuerySet,
    OfContest,
    OfEntry,
    ResultVersionQuerySet,
    VoteQuerySet,
)
from kmportal.people.models import Agency

# Without look-alikes: the code is printed, read aloud and typed again.
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_code() -> str:
    return get_random_string(12, CODE_LETTERS)


class Vote(models.Model):
    """One of each person in each category; changed by changing the row. A vote set aside stays, with the reason."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="votes", verbose_name=_("category"))
    voter = person(_("voter"), "contest_votes")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="votes", verbose_name=_("entry"))
    at = models.DateTimeField(_("when"))
    changed_at = models.DateTimeField(_("changed"))
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    set_aside_reason = models.CharField(_("reason"), max_length=LONGEST_NOTE, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(fields=["category", "voter"], name="contest_vote_once"),
            models.CheckConstraint(
                condition=Q(set_aside_at=None) | ~Q(set_aside_reason=""), name="contest_vote_set_aside_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["entry"], name="contest_votes_for")]

    def __str__(self) -> str:
        return f"{self.category_id} · {self.pk}"


class ResultVersion(models.Model):
    """One computation. After publication nothing of it changes: a correction is the next version, with its reason."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="results", verbose_name=_("contest"))
    number = models.PositiveSmallIntegerField(_("version"))
    reason = models.CharField(_("reason"), max_length=LONGEST_NOTE, blank=True)
    method = models.JSONField(_("method"), default=dict)
    computed_at = models.DateTimeField(_("computed"))
    computed_by = person(_("computed by"))
    publish_at = models.DateTimeField(_("to be published"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = person(_("published by"), empty=True)

    objects = ResultVersionQuerySet.as_manager()

    class Meta:
        ordering = ["contest", "-number"]
        verbose_name = _("version of results")
        verbose_name_plural = _("versions of results")
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="contest_results_once"),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gte=2) & ~Q(reason="")), name="contest_correction_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} · {self.number}"


class ResultRow(models.Model):
    """An entry's result in one version. `detail` holds what it was computed from, criterion by criterion, as the export gives it."""

    version = models.ForeignKey(ResultVersion, models.PROTECT, related_name="rows", verbose_name=_("version"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="results", verbose_name=_("entry"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    judged = models.DecimalField(_("judges' total"), max_digits=9, decimal_places=4, null=True, blank=True)
    popular = models.DecimalField(_("popular vote"), max_digits=9, decimal_places=4, null=True, blank=True)
    total = models.DecimalField(_("total"), max_digits=9, decimal_places=4, null=True, blank=True)
    votes = models.PositiveIntegerField(_("votes"), default=0)
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    popular_place = models.PositiveSmallIntegerField(_("place in the popular vote"), null=True, blank=True)
    tie_rule = models.CharField(_("how a tie was decided"), max_length=40, blank=True)
    prize = models.ForeignKey(Prize, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prize"))
    popular_prize = models.ForeignKey(
        Prize, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("prize of the popular vote")
    )
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["version", "category", "place", "pk"]
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.UniqueConstraint(fields=["version", "entry"], name="contest_result_once"),
            # Taking a judge's strictness out may lead a little beyond 0 and 100, so totals have no bounds here.
            models.CheckConstraint(condition=Q(place=None) | Q(place__gte=1), name="contest_result_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} · {self.entry_id}"


class Certificate(models.Model):
    """Who holds a paper with this code can have it confirmed. A corrected result withdraws it: the page then says so."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code)
    row = models.ForeignKey(ResultRow, models.PROTECT, related_name="certificates", verbose_name=_("result"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="certificates", verbose_name=_("entry"))
    user = person(_("person"), "certificates", empty=True)
    printed = models.CharField(_("name on the certificate"), max_length=LONGEST_TITLE)
    award = models.CharField(_("for"), max_length=LONGEST_TITLE)
    award_en = models.CharField(_("for, in English"), max_length=LONGEST_TITLE, blank=True)
    issued_at = models.DateTimeField(_("issued"))
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=LONGEST_NOTE, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(fields=["row", "printed", "award"], name="contest_certificate_once"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_reason=""), name="contest_certificate_withdrawn_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("contest:verify", args=[self.code])


class PrizeAward(models.Model):
    """Points of a prize to one person, once. `transfer` names the movement in the ledger of rewards."""

    class Part(models.TextChoices):
        AT_ONCE = "at_once", pgettext_lazy("prize points", "Paid with the results")
        VESTED = "vested", pgettext_lazy("prize points", "Paid when another agency applied it")

    class State(models.TextChoices):
        WAITS = "waits", pgettext_lazy("prize points", "Waiting")
        PAID = "paid", pgettext_lazy("prize points", "Paid")
        TAKEN_BACK = "taken_back", pgettext_lazy("prize points", "Taken back")

    prize = models.ForeignKey(Prize, models.PROTECT, related_name="awards", verbose_name=_("prize"))
    row = models.ForeignKey(ResultRow, models.PROTECT, related_name="awards", verbose_name=_("result"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="awards", verbose_name=_("entry"))
    user = person(_("person"), "contest_awards")
    part = models.CharField(_("part"), max_length=8, choices=Part.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITS)
    points = models.PositiveIntegerField(_("points"))
    transfer = models.CharField(max_length=40, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)

    objects = OfEntry.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("prize points")
        verbose_name_plural = _("prize points")
        constraints = [
            models.UniqueConstraint(fields=["prize", "entry", "user", "part"], name="contest_award_once"),
            models.CheckConstraint(condition=Q(points__gte=1), name="contest_award_is_something"),
            models.CheckConstraint(
                condition=Q(state="waits", paid_at=None) | Q(state__in=["paid", "taken_back"], paid_at__isnull=False),
                name="contest_award_state_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prize_id} · {self.entry_id} · {self.user_id}"

    def get_absolute_url(self) -> str:
        return reverse("contest:shown", args=[self.entry.contest.slug, self.entry_id])


class AppliedReport(models.Model):
    """Another agency says that it applied what an entry teaches; the organiser confirms it, or does not. One for each agency."""

    class State(models.TextChoices):
        TOLD = "told", pgettext_lazy("report of use", "Waits for the organiser")
        CONFIRMED = "confirmed", pgettext_lazy("report of use", "Confirmed")
        DECLINED = "declined", pgettext_lazy("report of use", "Not confirmed")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="applied", verbose_name=_("entry"))
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("agency"))
    by = person(_("told by"))
    words = models.TextField(_("what was applied, and what came of it"), max_length=LONGEST_NOTE)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.TOLD)
    at = models.DateTimeField(_("when"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = person(_("decided by"), empty=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_NOTE, blank=True)

    objects = AppliedReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("report of use")
        verbose_name_plural = _("reports of use")
        constraints = [
            models.UniqueConstraint(fields=["entry", "agency"], name="contest_applied_once"),
            models.CheckConstraint(
                condition=Q(state="told", decided_at=None) | Q(state__in=["confirmed", "declined"], decided_at__isnull=False),
                name="contest_applied_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} · {self.agency_id}"


class VotePattern(models.Model):
    """Units that voted for each other in a circle, for the organiser to look at. Nothing follows from it by itself."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("pattern of votes", "To be looked at")
        LEFT = "left", pgettext_lazy("pattern of votes", "Votes stay")
        SET_ASIDE = "set_aside", pgettext_lazy("pattern of votes", "Votes set aside")

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="patterns", verbose_name=_("contest"))
    agencies = models.ManyToManyField(Agency, related_name="+", verbose_name=_("agencies"))
    key = models.CharField(max_length=64, editable=False)
    votes = models.JSONField(default=list, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField(_("found"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = person(_("decided by"), empty=True)
    reason = models.CharField(_("reason"), max_length=LONGEST_NOTE, blank=True)

    objects = OfContest.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("pattern of votes")
        verbose_name_plural = _("patterns of votes")
        constraints = [
            models.UniqueConstraint(fields=["contest", "key"], name="contest_pattern_once"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None)
                | (Q(state__in=["left", "set_aside"], decided_at__isnull=False) & ~Q(reason="")),
                name="contest_pattern_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} · {self.key[:8]}"
