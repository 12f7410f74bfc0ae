"""Thanks: one click, a few words if one likes, and no points. What can be thanked for says rewards.thankable."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_WORDS = 140


class Thanks(models.Model):
    """The words are for those who are thanked; everybody else sees that there were thanks, and from whom if they let it be seen."""

    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="thanks_given", verbose_name=_("from whom"))
    receivers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="thanks_received", verbose_name=_("who is thanked"))
    thing_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("kind of thing"))
    thing_id = models.PositiveBigIntegerField(_("what for"))
    thing = GenericForeignKey("thing_type", "thing_id")
    words = models.CharField(_("words"), max_length=LONGEST_WORDS, blank=True)
    created_at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("thanks")
        verbose_name_plural = _("thanks")
        constraints = [models.UniqueConstraint(fields=["giver", "thing_type", "thing_id"], name="rewards_thanks_once")]
        indexes = [models.Index(fields=["thing_type", "thing_id"], name="rewards_thanks_for")]

    def __str__(self) -> str:
        return f"{self.giver_id} · {self.thing_type_id} {self.thing_id}"
