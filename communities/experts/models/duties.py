"""A hand-over kit: each duty with what somebody needs who takes it over, who stands in, and when one is away."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.experts.models.offers import Circle
from communities.experts.querysets import AbsenceQuerySet, DutyQuerySet

MOST_DUTIES = 30
PARTS = ("steps", "contacts", "calendar", "pitfalls", "documents")


class Duty(models.Model):
    """Read by its owner, and by the deputy who was asked. Others see its name and the deputy's, while the owner is away."""

    class Stands(models.TextChoices):
        NOBODY = "nobody", pgettext_lazy("deputy", "No deputy yet")
        ASKED = "asked", pgettext_lazy("deputy", "Waits for the deputy's word")
        YES = "yes", pgettext_lazy("deputy", "The deputy has confirmed")
        NO = "no", pgettext_lazy("deputy", "The deputy cannot do it")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="duties", verbose_name=_("person"))
    name = models.CharField(_("duty"), max_length=120)
    steps = models.TextField(_("steps"), blank=True, max_length=4000)
    contacts = models.TextField(_("contacts"), blank=True, max_length=2000)
    calendar = models.TextField(_("when in the year"), blank=True, max_length=2000)
    pitfalls = models.TextField(_("pitfalls"), blank=True, max_length=2000)
    documents = models.TextField(_("where documents are"), blank=True, max_length=2000)
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="deputy_for", verbose_name=_("deputy")
    )
    stands = models.CharField(_("deputy's word"), max_length=6, choices=Stands.choices, default=Stands.NOBODY)
    says = models.CharField(_("deputy's words"), max_length=300, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"))

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="experts_duty_once"),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=F("owner")), name="experts_nobody_stands_in_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("experts:duty", args=[self.pk])

    @property
    def has_deputy(self) -> bool:
        return self.stands == self.Stands.YES and self.deputy_id is not None

    @property
    def missing(self) -> list[str]:
        """Names of the parts that say nothing yet."""
        return [str(self._meta.get_field(name).verbose_name) for name in PARTS if not getattr(self, name).strip()]  # type: ignore[union-attr]  # fields of our own


class Absence(models.Model):
    """From when until when somebody is away, and who may see who stands in."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences", verbose_name=_("person"))
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    note = models.CharField(_("a word for those who look for me"), max_length=200, blank=True)
    circle = models.CharField(_("shown to"), max_length=7, choices=Circle.choices, default=Circle.AGENCY)
    # The owner's agency then, and the department that it is part of.
    agency = models.ForeignKey("people.Agency", models.CASCADE, null=True, related_name="+", verbose_name=_("agency"))
    house = models.ForeignKey("people.Agency", models.CASCADE, null=True, related_name="+", verbose_name=_("department"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts", "pk"]
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="experts_absence_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.owner_id} · {self.starts}–{self.ends}"
