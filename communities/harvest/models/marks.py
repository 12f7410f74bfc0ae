"""A message somebody holds worth keeping, and the field of the lesson record that it fills."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.harvest.fields import Field
from communities.harvest.querysets import MarkQuerySet
from communities.talk.models import Message
from communities.talk.models.channels import person


class Mark(models.Model):
    """Any member may mark; it lies in the basket once a note-taker or facilitator has confirmed it."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="marks", verbose_name=_("message"))
    field = models.CharField(_("field"), max_length=16, choices=Field.choices)
    by = person(_("marked by"))
    made_at = models.DateTimeField(_("when"))
    confirmed_by = person(_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    taken_into = models.ForeignKey(
        "harvest.TalkDraft", models.SET_NULL, null=True, blank=True, related_name="marks", verbose_name=_("taken into")
    )

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["message__channel", "message__seq", "pk"]
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(fields=["message", "field"], name="harvest_mark_once"),
            models.CheckConstraint(condition=Q(field__in=Field.values), name="harvest_mark_field_is_known"),
            models.CheckConstraint(
                condition=Q(taken_into=None) | Q(confirmed_at__isnull=False), name="harvest_only_confirmed_marks_are_taken"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} · {self.field}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
