"""What people let others see of their points. Without a row: everything that can be shown."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Showing(models.Model):
    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="points_showing", verbose_name=_("owner")
    )
    reputation = models.BooleanField(_("reputation on the own page"), default=True)
    badges = models.BooleanField(_("badges on the own page"), default=True)
    boards = models.BooleanField(_("counted on the boards"), default=True)
    thanks = models.BooleanField(_("name beside thanks given"), default=True)

    class Meta:
        verbose_name = _("what is shown of points")
        verbose_name_plural = _("what is shown of points")

    def __str__(self) -> str:
        return str(self.owner_id)
