"""Redemptions: somebody's request for a reward, its course from points laid aside to a receipt, and every act of staff on the way."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rewards import sealing
from rewards.catalogue_querysets import RedemptionQuerySet
from rewards.models.catalogue import Reward
from rewards.models.points import Transfer


class Redemption(models.Model):
    """One reward for one person. The price stands as it was on the day of the request."""

    class State(models.TextChoices):
        REQUESTED = "requested", pgettext_lazy("redemption", "Requested")
        APPROVED = "approved", pgettext_lazy("redemption", "Approved")
        READY = "ready", pgettext_lazy("redemption", "Ready")
        DONE = "done", pgettext_lazy("redemption", "Handed over")
        DECLINED = "declined", pgettext_lazy("redemption", "Declined")
        CANCELLED = "cancelled", pgettext_lazy("redemption", "Cancelled")
        EXPIRED = "expired", pgettext_lazy("redemption", "Not picked up")

    # Points and stock are laid aside in these; in the others they are settled.
    OPEN_STATES = (State.REQUESTED, State.APPROVED, State.READY)
    STANDING = (*OPEN_STATES, State.DONE)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="redemptions", verbose_name=_("person"))
    reward = models.ForeignKey(Reward, models.PROTECT, related_name="redemptions", verbose_name=_("reward"))
    agency = models.ForeignKey(
        "people.Agency", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("department on that day")
    )
    key = models.UUIDField(_("key of the request"))
    price = models.PositiveIntegerField(_("price in points"))
    counted = models.BooleanField(_("taken from stock"))
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.REQUESTED)
    wish = models.CharField(_("wish"), max_length=300, blank=True)
    hold = models.OneToOneField(
        Transfer, models.PROTECT, null=True, blank=True, related_name="redemption", verbose_name=_("points laid aside")
    )
    code_sealed = models.TextField(_("sealed code"), blank=True)
    code_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    requested_at = models.DateTimeField(_("requested"))
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    keep_until = models.DateTimeField(_("kept until"), null=True, blank=True)
    closed_at = models.DateTimeField(_("ended"), null=True, blank=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("handed over by")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = RedemptionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("redemption")
        verbose_name_plural = _("redemptions")
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="rewards_one_redemption_per_key"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(code_digest__isnull=False, keep_until__isnull=False),
                name="rewards_what_is_ready_has_a_code",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "keep_until"], name="rewards_redemption_due"),
            models.Index(fields=["reward", "person", "requested_at"], name="rewards_redemption_limit"),
            models.Index(fields=["reward", "agency", "requested_at"], name="rewards_redemption_budget"),
        ]

    def __str__(self) -> str:
        return str(self.reward)

    def get_absolute_url(self) -> str:
        return reverse("rewards:redemption", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN_STATES

    @property
    def code(self) -> str:
        """The code to pick it up with, in two groups; '' before it is ready and after it has ended. For its owner alone."""
        return sealing.spaced(sealing.unseal(self.code_sealed)) if self.code_sealed and self.state == self.State.READY else ""


class RedemptionEvent(models.Model):
    """What happened to a redemption, and who did it. Never changed: the database refuses it (migration 0002)."""

    redemption = models.ForeignKey(Redemption, models.PROTECT, related_name="events", verbose_name=_("redemption"))
    state = models.CharField(_("what it became"), max_length=9, choices=Redemption.State.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by whom")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    happened_at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("event of a redemption")
        verbose_name_plural = _("events of redemptions")
        constraints = [models.UniqueConstraint(fields=["redemption", "state"], name="rewards_each_state_once")]

    def __str__(self) -> str:
        return f"{self.redemption_id} {self.state}"


class WrongCode(models.Model):
    """A code that led nowhere. Counted, so that nobody tries them one after the other."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("officer"))
    tried_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("wrong code")
        verbose_name_plural = _("wrong codes")
        indexes = [models.Index(fields=["officer", "tried_at"], name="rewards_wrong_codes")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.tried_at:%Y-%m-%d %H:%M}"
