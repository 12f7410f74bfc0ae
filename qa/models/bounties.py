"""Points that somebody offers for an answer. They are laid aside at once; the ledger holds them until the bounty ends."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qa.models.posts import Answer, Question
from qa.querysets import BountyQuerySet

LEAST, MOST, STEP = 50, 500, 50
AMOUNTS = tuple(range(LEAST, MOST + STEP, STEP))


class Bounty(models.Model):
    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a bounty", "Offered")
        GIVEN = "given", pgettext_lazy("state of a bounty", "Given")
        HALF = "half", pgettext_lazy("state of a bounty", "Half to the most useful answer")
        RETURNED = "returned", pgettext_lazy("state of a bounty", "Returned")

    question = models.ForeignKey(Question, models.PROTECT, related_name="bounties", verbose_name=_("question"))
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bounties", verbose_name=_("offered by"))
    points = models.PositiveSmallIntegerField(_("points"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    started_at = models.DateTimeField(_("offered"))
    ends_at = models.DateTimeField(_("ends"))
    warned_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, blank=True, related_name="bounties_won", verbose_name=_("answer that won")
    )
    paid = models.PositiveSmallIntegerField(_("points given"), default=0)
    held = models.OneToOneField("rewards.Transfer", models.PROTECT, related_name="+", verbose_name=_("points laid aside"))
    award = models.OneToOneField(
        "rewards.Transfer", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("points to the winner")
    )

    objects = BountyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bounty")
        verbose_name_plural = _("bounties")
        constraints = [
            models.CheckConstraint(condition=Q(points__in=AMOUNTS), name="qa_bounty_amounts"),
            models.CheckConstraint(condition=Q(paid__lte=F("points")), name="qa_bounty_gives_no_more_than_it_holds"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None, answer=None, paid=0) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="qa_bounty_state_is_whole",
            ),
            models.UniqueConstraint(fields=["question"], condition=Q(state="open"), name="qa_bounty_one_open"),
        ]
        indexes = [models.Index(fields=["ends_at"], condition=Q(state="open"), name="qa_bounty_due")]

    def __str__(self) -> str:
        return f"{self.question_id} · {self.points}"

    def get_absolute_url(self) -> str:
        return self.question.get_absolute_url()

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
