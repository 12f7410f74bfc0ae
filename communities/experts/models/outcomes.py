"""What came of a consultation: written by who asked, confirmed by who helped, then a lesson draft if both want it read by others."""

from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.experts.models.consultations import Consultation
from communities.experts.querysets import OutcomeQuerySet
from kmportal.library.models import LessonPage
from kmportal.library.visibility import Visibility

REACHES = (Visibility.AGENCY, Visibility.NETWORK, Visibility.PUBLIC)


class Outcome(models.Model):
    """The confirmation holds for the very text and circle that were read (`digest`), as does the one for the lesson (`lesson_digest`)."""

    class State(models.TextChoices):
        WRITTEN = "written", pgettext_lazy("state of an outcome note", "Waits for confirmation")
        RETURNED = "returned", pgettext_lazy("state of an outcome note", "Other words are wanted")
        CONFIRMED = "confirmed", pgettext_lazy("state of an outcome note", "Confirmed")

    consultation = models.OneToOneField(Consultation, models.CASCADE, related_name="outcome", verbose_name=_("consultation"))
    title = models.CharField(_("title"), max_length=160)
    context = models.TextField(_("the situation"), max_length=2000)
    advice = models.TextField(_("what was advised, and what was done with it"), max_length=4000)
    lesson = models.CharField(_("the lesson in one sentence"), max_length=400)
    fails_when = models.TextField(_("does not hold when"), blank=True, max_length=1000)
    reach = models.CharField(
        _("who may read the lesson"),
        max_length=10,
        choices=[(one.value, one.label) for one in REACHES],
        default=Visibility.NETWORK,
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.WRITTEN)
    says = models.TextField(_("what should change"), blank=True, max_length=1000)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    written_at = models.DateTimeField(_("written"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    page = models.OneToOneField(
        LessonPage, models.SET_NULL, null=True, blank=True, related_name="consultation_outcome", verbose_name=_("lesson")
    )
    lesson_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("outcome note")
        verbose_name_plural = _("outcome notes")
        constraints = [
            models.CheckConstraint(condition=Q(reach__in=["agency", "network", "public"]), name="experts_outcome_reach_is_known"),
            models.CheckConstraint(condition=~Q(state="confirmed") | ~Q(digest=""), name="experts_outcome_confirmed_for_a_text"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("experts:consultation", args=[self.consultation_id])

    @property
    def words_digest(self) -> str:
        """What names these very words and the circle that may read them."""
        parts = (self.title, self.context, self.advice, self.lesson, self.fails_when, self.reach)
        return sha256("\x00".join(parts).encode()).hexdigest()
