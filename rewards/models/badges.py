"""Badges that people have. What each asks for stands in the code (rewards.badges), so a row says only who has which since when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BadgeAward(models.Model):
    """Goes when its cause no longer stands."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="badges", verbose_name=_("owner"))
    code = models.CharField(_("badge"), max_length=40)
    awarded_at = models.DateTimeField(_("since"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("badge of a person")
        verbose_name_plural = _("badges of people")
        constraints = [models.UniqueConstraint(fields=["owner", "code"], name="rewards_badge_once")]

    def __str__(self) -> str:
        return f"{self.owner_id} · {self.code}"
