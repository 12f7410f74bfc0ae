"""What readers say about a post with one click, and whom a question keeps informed."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qa.models.posts import Answer, Comment, Question
from qa.querysets import MarkQuerySet, ReportQuerySet


def one_of(*names: str) -> Q:
    """The condition that exactly one of these pointers is set."""
    found = Q()
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


def _by(related_name: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name=related_name, verbose_name=_("person"))


class Useful(models.Model):
    """Somebody found a question or an answer useful. There is no vote against: see Report."""

    person = _by("useful_marks")
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="useful_marks")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="useful_marks")
    created_at = models.DateTimeField(_("when"))

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("mark of usefulness")
        verbose_name_plural = _("marks of usefulness")
        constraints = [
            models.CheckConstraint(condition=one_of("question", "answer"), name="qa_useful_is_about_one_post"),
            models.UniqueConstraint(fields=["person", "question"], name="qa_useful_question_once"),
            models.UniqueConstraint(fields=["person", "answer"], name="qa_useful_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.question_id or ''} · {self.answer_id or ''}"

    @property
    def post(self) -> Question | Answer:
        found: Question | Answer | None = self.question or self.answer
        assert found is not None  # noqa: S101 - the constraint above
        return found

    def get_absolute_url(self) -> str:
        return self.post.get_absolute_url()


class WorksForMe(models.Model):
    """Somebody did what the answer says, and it worked."""

    person = _by("works_for_me")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="works_for")
    created_at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("“works for me”")
        verbose_name_plural = _("“works for me”")
        constraints = [models.UniqueConstraint(fields=["person", "answer"], name="qa_works_once")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.answer_id}"


class Follow(models.Model):
    """Somebody hears of what is new below a question."""

    person = _by("followed_questions")
    question = models.ForeignKey(Question, models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [models.UniqueConstraint(fields=["person", "question"], name="qa_follow_once")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.question_id}"


class Report(models.Model):
    """What a reader says against a post, with a reason. The author hears of the first two; a flag is for moderators alone."""

    class Kind(models.TextChoices):
        DID_NOT_WORK = "did_not_work", pgettext_lazy("report", "Did not work for me")
        OUTDATED = "outdated", pgettext_lazy("report", "Out of date")
        FLAG = "flag", pgettext_lazy("report", "For the moderators")

    person = _by("reports_on_questions")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="reports")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="reports")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="reports")
    reason = models.CharField(_("reason"), max_length=500)
    created_at = models.DateTimeField(_("when"))

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("report on a post")
        verbose_name_plural = _("reports on posts")
        constraints = [
            models.CheckConstraint(condition=one_of("question", "answer", "comment"), name="qa_report_is_about_one_post"),
            models.CheckConstraint(
                condition=~Q(kind="did_not_work") | Q(answer__isnull=False), name="qa_report_only_answers_can_work"
            ),
            models.UniqueConstraint(fields=["person", "kind", "question"], name="qa_report_question_once"),
            models.UniqueConstraint(fields=["person", "kind", "answer"], name="qa_report_answer_once"),
            models.UniqueConstraint(fields=["person", "kind", "comment"], name="qa_report_comment_once"),
        ]
        indexes = [models.Index(fields=["person", "-created_at"], name="qa_report_of_today")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.kind} · {self.reason[:40]}"

    @property
    def post(self) -> Question | Answer | Comment:
        found: Question | Answer | Comment | None = self.question or self.answer or self.comment
        assert found is not None  # noqa: S101 - the constraint above
        return found

    def get_absolute_url(self) -> str:
        return self.post.get_absolute_url()
