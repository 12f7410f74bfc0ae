"""A way to narrow the list of questions that somebody gave a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qa.querysets import SavedFilterQuerySet

LONGEST_NAME = 60


class SavedFilter(models.Model):
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="question_filters", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    # As in the address of the list, without the question mark: what is unknown there is left out, so it never grows stale.
    query = models.CharField(max_length=400)
    created_at = models.DateTimeField(_("when"))

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="qa_filter_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="qa_filter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
