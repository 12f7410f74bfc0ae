"""Polls and short surveys.

An anonymous poll keeps who has voted (Voter) and what was voted (PollOption.votes, PollQuestion.texts) apart: counters and one shuffled list
have no rows, numbers or times of single votes, so nothing joins the two. A named poll keeps each vote below its voter.
"""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.commons.models.shared import LONGEST_TITLE, Deletable, Shared
from communities.commons.querysets import OfPoll, PollQuerySet


class Poll(Shared, Deletable):
    class Shown(models.TextChoices):
        VOTED = "voted", pgettext_lazy("when results are shown", "To whoever has voted, at once")
        CLOSED = "closed", pgettext_lazy("when results are shown", "To everybody, after the poll has closed")

    title = models.CharField(_("poll"), max_length=LONGEST_TITLE)
    body = models.TextField(_("text"), blank=True)
    anonymous = models.BooleanField(_("anonymous"), default=True)
    shown = models.CharField(_("results are shown"), max_length=6, choices=Shown.choices, default=Shown.VOTED)
    closes_at = models.DateTimeField(_("open until"))
    closed_at = models.DateTimeField(_("closed early"), null=True, blank=True)

    objects = PollQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        indexes = [models.Index(fields=["community", "closes_at"], name="commons_polls")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commons:poll", args=[self.community.slug, self.pk])

    def is_open(self, now: datetime) -> bool:
        return self.closed_at is None and self.deleted_at is None and now < self.closes_at


class PollQuestion(models.Model):
    class Kind(models.TextChoices):
        SINGLE = "single", pgettext_lazy("kind of question", "One of several")
        MULTIPLE = "multiple", pgettext_lazy("kind of question", "Any of several")
        SCALE = "scale", pgettext_lazy("kind of question", "Scale from 1 to 5")
        TEXT = "text", pgettext_lazy("kind of question", "Short text")

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind of question"), max_length=8, choices=Kind.choices, default=Kind.SINGLE)
    words = models.CharField(_("question"), max_length=LONGEST_TITLE)
    # What people wrote in an anonymous poll: shuffled anew with each vote, so the order says nothing.
    texts = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("question of a poll")
        verbose_name_plural = _("questions of polls")
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="commons_question_placed")]

    def __str__(self) -> str:
        return self.words


class PollOption(models.Model):
    question = models.ForeignKey(PollQuestion, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("answer"), max_length=LONGEST_TITLE)
    # Of anonymous polls alone; named ones are counted from their votes.
    votes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("answer of a poll")
        verbose_name_plural = _("answers of polls")
        constraints = [models.UniqueConstraint(fields=["question", "position"], name="commons_option_placed")]

    def __str__(self) -> str:
        return self.words


class Voter(models.Model):
    """Who has voted. A random key and no time: in an anonymous poll this row is all that is kept of a person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="voters")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects = OfPoll.as_manager()

    class Meta:
        ordering = ["poll", "id"]
        verbose_name = _("voter")
        verbose_name_plural = _("voters")
        constraints = [models.UniqueConstraint(fields=["poll", "user"], name="commons_one_vote_each")]

    def __str__(self) -> str:
        return f"{self.poll_id} · {self.user_id}"


class NamedChoice(models.Model):
    """Named polls only."""

    voter = models.ForeignKey(Voter, models.CASCADE, related_name="choices")
    option = models.ForeignKey(PollOption, models.CASCADE, related_name="choices")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("named vote")
        verbose_name_plural = _("named votes")
        constraints = [models.UniqueConstraint(fields=["voter", "option"], name="commons_option_chosen_once")]

    def __str__(self) -> str:
        return f"{self.voter_id} · {self.option_id}"


class NamedText(models.Model):
    """Named polls only."""

    voter = models.ForeignKey(Voter, models.CASCADE, related_name="texts")
    question = models.ForeignKey(PollQuestion, models.CASCADE, related_name="named_texts")
    text = models.CharField(_("text"), max_length=500)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("named text")
        verbose_name_plural = _("named texts")
        constraints = [models.UniqueConstraint(fields=["voter", "question"], name="commons_text_written_once")]

    def __str__(self) -> str:
        return self.text[:40]
