"""What happens inside rounds: what was said, whose turn it is, the groups, the choosing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.circles.models.circles import Circle, Part, Round
from communities.circles.querysets import SaidQuerySet, TurnQuerySet
from communities.talk.models import Message


class Said(models.Model):
    """Puts a message into its round (none: the wrap-up). Stored with the message, in one transaction. Says nothing of who wrote it."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="said")
    round = models.ForeignKey(Round, models.CASCADE, null=True, blank=True, related_name="said")
    message = models.OneToOneField(Message, models.CASCADE, related_name="said")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = SaidQuerySet.as_manager()

    class Meta:
        verbose_name = _("said in a circle")
        verbose_name_plural = _("said in circles")

    def __str__(self) -> str:
        return f"{self.circle_id} · {self.message_id}"


class Turn(models.Model):
    """Somebody asked to speak (in turn, or on the empty seat): waiting, called, done."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="turns")
    part = models.ForeignKey(Part, models.CASCADE, related_name="turns")
    position = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["round", "position", "pk"]
        verbose_name = _("turn to speak")
        verbose_name_plural = _("turns to speak")
        constraints = [
            models.UniqueConstraint(fields=["round", "part"], condition=Q(done_at=None), name="circles_one_hand_each"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(called_at__isnull=False, done_at=None), name="circles_one_speaks"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} · {self.part_id} · {self.position}"


class InGroup(models.Model):
    """Which small group somebody is in for a round; each group writes in a thread of its own."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="in_groups")
    part = models.ForeignKey(Part, models.CASCADE, related_name="in_groups")
    number = models.PositiveSmallIntegerField(_("group"))
    thread = models.ForeignKey("talk.Thread", models.CASCADE, related_name="+")

    class Meta:
        ordering = ["round", "number", "pk"]
        verbose_name = _("place in a small group")
        verbose_name_plural = _("places in small groups")
        constraints = [models.UniqueConstraint(fields=["round", "part"], name="circles_one_group_each")]

    def __str__(self) -> str:
        return f"{self.round_id} · {self.number} · {self.part_id}"


class Choice(models.Model):
    """Something to choose in a round: a message of the circle, or a statement written for it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField()
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="+")
    words = models.CharField(_("statement"), max_length=400, blank=True)

    class Meta:
        ordering = ["round", "position", "pk"]
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        constraints = [
            models.UniqueConstraint(fields=["round", "message"], condition=Q(message__isnull=False), name="circles_choice_once"),
            models.CheckConstraint(condition=Q(message__isnull=False) | ~Q(words=""), name="circles_choice_says_something"),
        ]

    def __str__(self) -> str:
        return self.words or f"{self.round_id} · {self.message_id}"


class Ballot(models.Model):
    """One vote of somebody. `slot` counts from 1 to the votes that each has: nobody can fill one twice."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="ballots")
    choice = models.ForeignKey(Choice, models.CASCADE, related_name="ballots")
    part = models.ForeignKey(Part, models.CASCADE, related_name="ballots")
    slot = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("vote in a circle")
        verbose_name_plural = _("votes in circles")
        constraints = [
            models.UniqueConstraint(fields=["round", "part", "slot"], name="circles_ballot_slot_once"),
            models.UniqueConstraint(fields=["choice", "part"], name="circles_ballot_choice_once"),
            models.CheckConstraint(condition=Q(slot__gte=1) & Q(slot__lte=10), name="circles_ballot_slot_in_bounds"),
        ]

    def __str__(self) -> str:
        return f"{self.choice_id} · {self.part_id}"
