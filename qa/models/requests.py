"""Whom a question was brought to: people asked to answer it, how often they may be asked, and people named in a post."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qa.models.marks import one_of
from qa.models.posts import Answer, Comment, Post, Question
from qa.querysets import AnswerRequestQuerySet, MentionQuerySet

MOST_A_QUESTION = 3
MOST_A_WEEK, USUAL_A_WEEK = 10, 3


class AnswerRequest(models.Model):
    """Whoever asked a question asks one person by name to answer it. Three persons at most: the places say so to the database."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a request", "Asked")
        ANSWERED = "answered", pgettext_lazy("state of a request", "Answered")
        DECLINED = "declined", pgettext_lazy("state of a request", "Cannot answer this one")

    question = models.ForeignKey(Question, models.CASCADE, related_name="requests", verbose_name=_("question"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="answer_requests", verbose_name=_("person asked")
    )
    place = models.PositiveSmallIntegerField()
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(_("when"))
    closed_at = models.DateTimeField(_("answered or declined"), null=True, blank=True)

    objects = AnswerRequestQuerySet.as_manager()

    class Meta:
        ordering = ["question", "place"]
        verbose_name = _("request for an answer")
        verbose_name_plural = _("requests for an answer")
        constraints = [
            models.UniqueConstraint(fields=["question", "person"], name="qa_request_person_once"),
            models.UniqueConstraint(fields=["question", "place"], name="qa_request_place_once"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=MOST_A_QUESTION), name="qa_request_three_places"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="qa_request_state_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} · {self.person_id} · {self.state}"

    @property
    def post(self) -> Question:
        return self.question

    def get_absolute_url(self) -> str:
        return self.question.get_absolute_url()


class RequestSetting(models.Model):
    """Whether and how often in a week somebody may be asked by name; with it the count of this week, which a verb raises."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="request_setting")
    is_open = models.BooleanField(_("may be asked"), default=True)
    a_week = models.PositiveSmallIntegerField(
        _("times a week"), default=USUAL_A_WEEK, validators=[MaxValueValidator(MOST_A_WEEK)]
    )
    week = models.DateField(null=True, blank=True)
    asked = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("setting for being asked")
        verbose_name_plural = _("settings for being asked")
        constraints = [models.CheckConstraint(condition=Q(a_week__lte=MOST_A_WEEK), name="qa_request_setting_in_bounds")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.is_open} · {self.a_week}"


class Mention(models.Model):
    """Somebody is named in a post, and was told so once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="mentions")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="mentions")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="mentions")
    created_at = models.DateTimeField(_("when"))

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("mention of a person")
        verbose_name_plural = _("mentions of people")
        constraints = [
            models.CheckConstraint(condition=one_of("question", "answer", "comment"), name="qa_mention_is_in_one_post"),
            models.UniqueConstraint(fields=["person", "question"], name="qa_mention_question_once"),
            models.UniqueConstraint(fields=["person", "answer"], name="qa_mention_answer_once"),
            models.UniqueConstraint(fields=["person", "comment"], name="qa_mention_comment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.question_id or ''} · {self.answer_id or ''} · {self.comment_id or ''}"

    @property
    def post(self) -> Post:
        found: Post | None = self.question or self.answer or self.comment
        assert found is not None  # noqa: S101 - the constraint above
        return found

    def get_absolute_url(self) -> str:
        return self.post.get_absolute_url()
