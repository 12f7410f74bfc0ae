"""Leadership that is offered to somebody and taken over, or not."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models.spaces import Community
from communities.querysets import HandOverQuerySet


class HandOver(models.Model):
    class State(models.TextChoices):
        OFFERED = "offered", pgettext_lazy("hand-over", "Offered")
        ACCEPTED = "accepted", pgettext_lazy("hand-over", "Accepted")
        DECLINED = "declined", pgettext_lazy("hand-over", "Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("hand-over", "Withdrawn")

    community = models.ForeignKey(Community, models.CASCADE, related_name="hand_overs", verbose_name=_("community of practice"))
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("offered by"))
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("offered to"))
    words = models.CharField(_("words to the person"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OFFERED)
    created_at = models.DateTimeField(_("offered"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("hand-over of leadership")
        verbose_name_plural = _("hand-overs of leadership")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "giver"], condition=Q(state="offered"), name="communities_one_offer_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker} · {self.community} ({self.pk})"

    def get_absolute_url(self) -> str:
        return self.community.get_absolute_url()
