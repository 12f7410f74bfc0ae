"""An answer that was worked into a lesson."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kmportal.library.models import LessonPage
from qa.models.posts import Answer
from qa.querysets import HarvestQuerySet


class Harvest(models.Model):
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="harvest", verbose_name=_("answer"))
    lesson = models.OneToOneField(LessonPage, models.CASCADE, related_name="harvest", verbose_name=_("lesson"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by"))
    created_at = models.DateTimeField(_("when"))

    objects = HarvestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("lesson made from an answer")
        verbose_name_plural = _("lessons made from answers")

    def __str__(self) -> str:
        return f"{self.answer_id} → {self.lesson_id}"

    def get_absolute_url(self) -> str:
        """The answer: everybody who hears of it may read that, and the page leads on to the lesson."""
        return self.answer.get_absolute_url()
