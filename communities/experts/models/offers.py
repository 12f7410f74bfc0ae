"""หมอองค์กร: the hours that somebody gives to others, with the word of their superior for the very terms of it."""

from datetime import date, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.experts.querysets import LoadQuerySet, OfferQuerySet

MOST_HOURS = 40
LONGEST_AGREEMENT = timedelta(days=3 * 366)


class Circle(models.TextChoices):
    AGENCY = "agency", pgettext_lazy("for whom", "My own agency")
    NETWORK = "network", pgettext_lazy("for whom", "The whole network")


class Offer(models.Model):
    """One for each person. It is open to others only while it is agreed, not paused, not past its end, and its giver is still in the
    agency whose superior agreed.

    Of the link in the mail to the superior only a digest is kept; a new mail makes the old link useless.
    """

    class Per(models.TextChoices):
        WEEK = "week", pgettext_lazy("hours per", "a week")
        MONTH = "month", pgettext_lazy("hours per", "a month")

    class Way(models.TextChoices):
        ONLINE = "online", pgettext_lazy("way to meet", "Online")
        SITE = "site", pgettext_lazy("way to meet", "On site")
        BOTH = "both", pgettext_lazy("way to meet", "Online or on site")

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("agreement", "Waits for the superior")
        AGREED = "agreed", pgettext_lazy("agreement", "Agreed")
        DECLINED = "declined", pgettext_lazy("agreement", "Not agreed")
        WITHDRAWN = "withdrawn", pgettext_lazy("agreement", "Agreement taken back")
        ENDED = "ended", pgettext_lazy("agreement", "Not offered any more")

    doctor = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="offer", verbose_name=_("person"))
    helps_with = models.TextField(_("what to come with"), max_length=1000)
    hours = models.PositiveSmallIntegerField(_("hours"))
    per = models.CharField(_("per"), max_length=5, choices=Per.choices, default=Per.MONTH)
    times = models.CharField(_("days and times"), max_length=200)
    way = models.CharField(_("way"), max_length=6, choices=Way.choices, default=Way.BOTH)
    circle = models.CharField(_("for whom"), max_length=7, choices=Circle.choices, default=Circle.AGENCY)
    # The doctor's agency when the superior was asked, and the department that it is part of.
    agency = models.ForeignKey("people.Agency", models.CASCADE, null=True, related_name="+", verbose_name=_("agency"))
    house = models.ForeignKey("people.Agency", models.CASCADE, null=True, related_name="+", verbose_name=_("department"))
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    superior = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("superior")
    )
    superior_email = models.EmailField(_("mail address of the superior"))
    state = models.CharField(_("agreement"), max_length=9, choices=State.choices, default=State.ASKED)
    says = models.TextField(_("words of the superior"), blank=True, max_length=1000)
    link = models.CharField(max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    agreed_until = models.DateField(_("agreed until"), null=True, blank=True)
    ending_told = models.DateField(null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("offer of consultations")
        verbose_name_plural = _("offers of consultations")
        constraints = [
            models.UniqueConstraint(fields=["link"], condition=~Q(link=""), name="experts_offer_link_once"),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=MOST_HOURS), name="experts_offer_hours_make_sense"),
            models.CheckConstraint(condition=~Q(state="agreed") | Q(agreed_until__isnull=False), name="experts_offer_agreement_ends"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.doctor_id} · {self.hours}/{self.per}"

    def get_absolute_url(self) -> str:
        return reverse("experts:offer")

    @property
    def terms(self) -> str:
        """What names the very terms that a superior reads; other terms, another digest."""
        parts = (self.hours, self.per, self.times, self.way, self.circle, self.superior_email, self.agency_id)
        return sha256("\x00".join(map(str, parts)).encode()).hexdigest()

    def period_of(self, day: date) -> date:
        """The first day of the week or month that the hours are counted in."""
        return day - timedelta(days=day.weekday()) if self.per == self.Per.WEEK else day.replace(day=1)


class Load(models.Model):
    """How many of the hours of one week or month are taken. Raised by a conditional update only, so never above what was agreed."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="loads", verbose_name=_("offer"))
    period = models.DateField(_("week or month"))
    per = models.CharField(max_length=5, choices=Offer.Per.choices)
    taken = models.PositiveSmallIntegerField(_("hours taken"), default=0)

    objects = LoadQuerySet.as_manager()

    class Meta:
        ordering = ["offer", "period"]
        verbose_name = _("hours taken")
        verbose_name_plural = _("hours taken")
        constraints = [models.UniqueConstraint(fields=["offer", "period", "per"], name="experts_load_once")]

    def __str__(self) -> str:
        return f"{self.offer_id} · {self.period} · {self.taken}"
