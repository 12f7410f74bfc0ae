"""What somebody has taken on: by whom, until when, where it came from, and what became of it."""

from datetime import date

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.commons.models.shared import Shared, somebody
from communities.commons.querysets import ItemQuerySet, OfItem

LONGEST_ITEM = 300


class ActionItem(Shared):
    """`author` gave it; `owner` does it."""

    class Reminded(models.TextChoices):
        """The last reminder that its owner got for this day."""

        NONE = "", pgettext_lazy("reminder", "Not yet")
        SOON = "soon", pgettext_lazy("reminder", "Some days before")
        TODAY = "today", pgettext_lazy("reminder", "On the day")
        LATE = "late", pgettext_lazy("reminder", "When the day had passed")

    text = models.CharField(_("what is to be done"), max_length=LONGEST_ITEM)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="action_items",
        verbose_name=pgettext_lazy("action item", "owner"),
    )
    due = models.DateField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    reminded = models.CharField(max_length=5, choices=Reminded.choices, default=Reminded.NONE, blank=True)
    # What it came from: a circle, a message, a lesson. Anything with get_absolute_url().
    source_type = models.ForeignKey(ContentType, models.SET_NULL, null=True, blank=True, related_name="+")
    source_id = models.PositiveBigIntegerField(null=True, blank=True)
    source = GenericForeignKey("source_type", "source_id")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        indexes = [
            models.Index(fields=["community", "due"], name="commons_items_open", condition=Q(done_at=None)),
            models.Index(fields=["due"], name="commons_items_due", condition=Q(done_at=None)),
            models.Index(fields=["source_type", "source_id"], name="commons_items_of_source"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("commons:item", args=[self.community.slug, self.pk])

    def is_overdue(self, today: date) -> bool:
        return self.done_at is None and self.due < today


class ActionStep(models.Model):
    """One thing that happened to an item."""

    class What(models.TextChoices):
        GIVEN = "given", pgettext_lazy("step of an action item", "Given")
        DONE = "done", pgettext_lazy("step of an action item", "Done")
        REOPENED = "reopened", pgettext_lazy("step of an action item", "Opened again")
        MOVED = "moved", pgettext_lazy("step of an action item", "Moved to another day")
        HANDED = "handed", pgettext_lazy("step of an action item", "Handed over")

    item = models.ForeignKey(ActionItem, models.CASCADE, related_name="steps")
    what = models.CharField(_("step"), max_length=8, choices=What.choices)
    actor = somebody(_("by"))
    owner = somebody(pgettext_lazy("action item", "owner"))
    due = models.DateField(_("due"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("when"))

    objects = OfItem.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("step of an action item")
        verbose_name_plural = _("steps of action items")

    def __str__(self) -> str:
        return f"{self.item_id} · {self.what}"
