"""The methods that circles follow. What was once used does not change: a change is a new version, and a circle keeps its own."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.circles.querysets import TemplateQuerySet
from communities.talk.models.channels import person
from kmportal.taxonomy.models import in_reader_language


class Mode(models.TextChoices):
    """Who writes in a round and who sees it; the rules themselves are in rules.py."""

    SILENT = "silent", pgettext_lazy("mode of a round", "Read in silence")
    BLIND = "blind", pgettext_lazy("mode of a round", "Everyone writes, shown together")
    OPEN = "open", pgettext_lazy("mode of a round", "Open talk")
    TURN = "turn", pgettext_lazy("mode of a round", "One after the other")
    TELLER = "teller", pgettext_lazy("mode of a round", "The teller tells")
    ASK = "ask", pgettext_lazy("mode of a round", "Questions to the teller")
    INNER = "inner", pgettext_lazy("mode of a round", "The inner circle talks")
    SMALL = "small", pgettext_lazy("mode of a round", "Small groups")
    VOTE = "vote", pgettext_lazy("mode of a round", "Choose")
    OFFLINE = "offline", pgettext_lazy("mode of a round", "Over days")


class Template(models.Model):
    """A method under its name. Its words are those of `current`."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_shipped = models.BooleanField(default=False, editable=False)
    current = models.ForeignKey("TemplateVersion", models.PROTECT, null=True, blank=True, related_name="+")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(_("no longer offered"), null=True, blank=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("circle method")
        verbose_name_plural = _("circle methods")

    def __str__(self) -> str:
        return str(self.current) if self.current else self.slug

    def get_absolute_url(self) -> str:
        return reverse("circles:template", args=[self.slug])


class TemplateVersion(models.Model):
    """How a method read at one time. `rounds` is a list of what `rules.RoundPlan` describes; never changed once written."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    use_when = models.CharField(_("when to use it"), max_length=300, blank=True)
    use_when_en = models.CharField(_("when to use it, in English"), max_length=300, blank=True)
    people = models.CharField(_("how many people"), max_length=120, blank=True)
    people_en = models.CharField(_("how many people, in English"), max_length=120, blank=True)
    rules_th = models.JSONField(_("rules of the circle"), default=list, blank=True)
    rules_en = models.JSONField(_("rules of the circle, in English"), default=list, blank=True)
    origin = models.CharField(_("where the method comes from"), max_length=300, blank=True)
    rounds = models.JSONField(_("rounds"), default=list)
    note = models.CharField(_("what was changed"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("written"))
    created_by = person(_("written by"))

    class Meta:
        ordering = ["template", "-number"]
        verbose_name = _("version of a circle method")
        verbose_name_plural = _("versions of circle methods")
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="circles_version_once")]

    def __str__(self) -> str:
        return in_reader_language(self.name, self.name_en)

    @property
    def when(self) -> str:
        return in_reader_language(self.use_when, self.use_when_en)

    @property
    def size(self) -> str:
        return in_reader_language(self.people, self.people_en)

    @property
    def rules(self) -> list[str]:
        return list(either(self.rules_th, self.rules_en))

    @property
    def minutes(self) -> int:
        return sum(one["minutes"] for one in self.rounds)

    @property
    def takes_days(self) -> bool:
        return any(one["mode"] == Mode.OFFLINE for one in self.rounds)


def either(thai: Any, english: Any) -> Any:
    """What the reader's language has, and the other where it has nothing."""
    return (english or thai) if translation.get_language() == "en" else (thai or english)


MODE_IS_KNOWN = Q(mode__in=["silent", "blind", "open", "turn", "teller", "ask", "inner", "small", "vote", "offline"])
