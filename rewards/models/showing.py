"""What people let others see of their points. Without a row: the reputation shows."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Showing(models.Model):
    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="points_showing", verbose_name=_("owner")
    )
    reputation = models.BooleanField(_("reputation on the own page"), default=True)

    class Meta:
        verbose_name = _("what is shown of points")
        verbose_name_plural = _("what is shown of points")

    def __str__(self) -> str:
        return str(self.owner_id)
