"""A request to somebody who offers consultations. What is in it is for the two of them alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.experts.querysets import ConsultationQuerySet

MOST_HOURS_EACH = 4


class Consultation(models.Model):
    class Kind(models.TextChoices):
        CONSULT = "consult", pgettext_lazy("kind of consultation", "A talk between two")
        ASSIST = "assist", pgettext_lazy("kind of consultation", "A peer assist with my team")

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("state of a consultation", "Waits for an answer")
        PROPOSED = "proposed", pgettext_lazy("state of a consultation", "Another time is proposed")
        ACCEPTED = "accepted", pgettext_lazy("state of a consultation", "Agreed")
        DECLINED = "declined", pgettext_lazy("state of a consultation", "Cannot be met")
        CANCELLED = "cancelled", pgettext_lazy("state of a consultation", "Called off")
        DONE = "done", pgettext_lazy("state of a consultation", "Took place")

    OPEN = (State.ASKED, State.PROPOSED, State.ACCEPTED)

    doctor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="consultations_given", verbose_name=_("asked")
    )
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="consultations_asked", verbose_name=_("asked by")
    )
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices, default=Kind.CONSULT)
    subject = models.CharField(_("subject"), max_length=160)
    need = models.TextField(_("what for"), max_length=2000)
    tried = models.TextField(_("what was tried"), blank=True, max_length=2000)
    hours = models.PositiveSmallIntegerField(_("hours"), default=1)
    day = models.DateField(_("day"))
    time = models.CharField(_("time and place"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.ASKED)
    says = models.TextField(_("words"), blank=True, max_length=1000)
    # Where its hours are counted, to give them back: the week or month, and which of the two it is.
    period = models.DateField()
    per = models.CharField(max_length=5)
    created_at = models.DateTimeField(_("asked on"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    nudged_at = models.DateTimeField(null=True, blank=True)
    reminded_for = models.DateField(null=True, blank=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            models.CheckConstraint(condition=~Q(doctor=models.F("asker")), name="experts_nobody_consults_themselves"),
            models.UniqueConstraint(
                fields=["doctor", "asker"], condition=Q(state__in=["asked", "proposed", "accepted"]), name="experts_one_open_request"
            ),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=MOST_HOURS_EACH), name="experts_request_hours_make_sense"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "day"], name="experts_consultations_due")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("experts:consultation", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN
