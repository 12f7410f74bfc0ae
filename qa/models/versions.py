"""Every version of a post as it was written, and what somebody has begun to write."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qa.models.marks import one_of
from qa.models.posts import LONGEST_TITLE, Answer, Comment, Question
from qa.querysets import DraftQuerySet, VersionQuerySet


class Version(models.Model):
    """The first is the post as it was sent; the newest is what stands there now."""

    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="versions")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="versions")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("question"), max_length=LONGEST_TITLE, blank=True)
    body = models.TextField(_("text"), blank=True)
    text = models.TextField(blank=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("edited by")
    )
    note = models.CharField(_("what changed and why"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("when"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("version of a post")
        verbose_name_plural = _("versions of posts")
        constraints = [
            models.CheckConstraint(condition=one_of("question", "answer", "comment"), name="qa_version_is_of_one_post"),
            models.UniqueConstraint(fields=["question", "number"], name="qa_version_question_numbered"),
            models.UniqueConstraint(fields=["answer", "number"], name="qa_version_answer_numbered"),
            models.UniqueConstraint(fields=["comment", "number"], name="qa_version_comment_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id or ''} · {self.answer_id or ''} · {self.comment_id or ''} · {self.number}"


class Draft(models.Model):
    """One per person: of a new question, and of an answer to each question."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="question_drafts")
    question = models.ForeignKey(Question, models.CASCADE, null=True, blank=True, related_name="drafts")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    body = models.TextField(blank=True)
    # The other fields of the form as they stood: checked when the question is asked.
    fields = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["person", "question"], name="qa_draft_of_answer_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(question=None), name="qa_draft_of_question_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.question_id or ''}"
