"""Who did what when in a contest."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kmportal.contest.models.contests import Contest
from kmportal.contest.models.entries import Entry
from kmportal.contest.models.shared import person
from kmportal.contest.querysets import OfContest


class AuditAct(models.Model):
    """A line of the contest's book. The database refuses to change or remove it (migration 0002). `act` is declared in deeds.py."""

    contest = models.ForeignKey(Contest, models.PROTECT, related_name="acts", verbose_name=_("contest"))
    at = models.DateTimeField(_("when"))
    actor = person(_("who"), empty=True)
    act = models.CharField(_("act"), max_length=40)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="acts", verbose_name=_("entry"))
    data = models.JSONField(default=dict, blank=True)

    objects = OfContest.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("act in a contest")
        verbose_name_plural = _("acts in contests")
        indexes = [models.Index(fields=["contest", "-id"], name="contest_acts")]

    def __str__(self) -> str:
        return f"{self.contest_id} · {self.act}"
