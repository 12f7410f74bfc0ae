"""What people say of themselves: what they can help with, in their own words, and when they leave the service."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.experts.querysets import DeclaredQuerySet

MOST_SKILLS = 12
LONGEST_SKILL = 160
FIRST_YEAR, LAST_YEAR = 1950, 2200


class Skill(models.Model):
    """One line of one's own page. Words for the level, no numbers: nobody is measured by what they say of themselves."""

    class Level(models.TextChoices):
        TRIED = "tried", pgettext_lazy("level of a skill", "Have tried it")
        DOES = "does", pgettext_lazy("level of a skill", "Do it in daily work")
        TEACHES = "teaches", pgettext_lazy("level of a skill", "Help others to do it")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="skills", verbose_name=_("person"))
    text = models.CharField(_("what I can help with"), max_length=LONGEST_SKILL)
    level = models.CharField(_("how well"), max_length=8, choices=Level.choices, default=Level.DOES)
    # In C.E., as all machine dates.
    since = models.PositiveSmallIntegerField(_("since the year"), null=True, blank=True)
    created_at = models.DateTimeField(_("written on"))

    objects = DeclaredQuerySet.as_manager()

    class Meta:
        ordering = ["owner", "pk"]
        verbose_name = _("declared skill")
        verbose_name_plural = _("declared skills")
        constraints = [
            models.UniqueConstraint(fields=["owner", "text"], name="experts_skill_once"),
            models.CheckConstraint(condition=Q(level__in=["tried", "does", "teaches"]), name="experts_skill_level_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} · {self.text}"


class Leaving(models.Model):
    """The day somebody leaves the service, declared by themselves: others should hear their stories before."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="leaving", verbose_name=_("person"))
    on = models.DateField(_("last day"))

    objects = DeclaredQuerySet.as_manager()

    class Meta:
        verbose_name = _("declared retirement")
        verbose_name_plural = _("declared retirements")

    def __str__(self) -> str:
        return f"{self.owner_id} · {self.on}"
