"""Questions, their answers, and comments on both. Who may read a question reads all that stands below it."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.library.visibility import Visibility
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, Topic
from qa import addresses
from qa.querysets import AnswerQuerySet, CommentQuerySet, QuestionQuerySet

LONGEST_TITLE = 200


def _person(label: Any, related_name: str = "+") -> "models.ForeignKey[Any, Any]":
    """Accounts go, what they wrote stays."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name=related_name, verbose_name=label
    )


class Question(models.Model):
    """The counters are kept by the verbs, in the transaction of what they count."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a question", "Open")
        CLOSED = "closed", pgettext_lazy("state of a question", "Asked before")
        DELETED = "deleted", pgettext_lazy("state of a question", "Deleted")

    title = models.CharField(_("question"), max_length=LONGEST_TITLE)
    body = models.TextField(_("details"), blank=True)
    text = models.TextField(blank=True, editable=False)
    author = _person(_("asked by"), "questions")
    anonymous = models.BooleanField(_("without a name"), default=False)
    visibility = models.CharField(_("who may read it"), max_length=10, choices=Visibility.choices, default=Visibility.NETWORK)
    # Of an anonymous question only where its circle needs it: it would say too much about who asks.
    agency = models.ForeignKey(
        "people.Agency", models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("agency")
    )
    community = models.ForeignKey(
        "communities.Community", models.PROTECT, null=True, blank=True, related_name="questions",
        verbose_name=_("community of practice"),
    )  # fmt: skip
    topics = models.ManyToManyField(Topic, blank=True, related_name="questions", verbose_name=_("topics"))
    categories = models.ManyToManyField(PmqaCategory, blank=True, related_name="questions", verbose_name=_("PMQA categories"))
    codes = models.ManyToManyField(PmqaCode, blank=True, related_name="questions", verbose_name=_("PMQA codes"))
    about_type = models.ForeignKey(ContentType, models.SET_NULL, null=True, blank=True, related_name="+")
    about_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = GenericForeignKey("about_type", "about_id")
    status = models.CharField(_("state"), max_length=8, choices=Status.choices, default=Status.OPEN)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name=_("asked before as")
    )
    closed_by = _person(_("closed by"))
    accepted = models.OneToOneField(
        "qa.Answer", models.SET_NULL, null=True, blank=True, related_name="accepted_for", verbose_name=_("accepted answer")
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    answer_count = models.PositiveIntegerField(default=0)
    useful_count = models.PositiveIntegerField(default=0)
    follower_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(_("asked"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    last_activity = models.DateTimeField(_("last activity"))
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    deleted_by = _person(_("deleted by"))
    deleted_why = models.CharField(_("reason"), max_length=300, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="qa_question_circle_is_known"),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.AGENCY) | Q(agency__isnull=False), name="qa_question_agency_circle_has_one"
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.COMMUNITY) | Q(community__isnull=False),
                name="qa_question_community_circle_has_one",
            ),
            models.CheckConstraint(
                condition=Q(status="open", duplicate_of=None, deleted_at=None)
                | Q(status="closed", duplicate_of__isnull=False, deleted_at=None)
                | Q(status="deleted", deleted_at__isnull=False),
                name="qa_question_state_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=F("id")), name="qa_question_not_its_own_duplicate"
            ),
            models.CheckConstraint(condition=Q(about_type=None) | Q(about_id__isnull=False), name="qa_question_about_is_whole"),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="qa_question_newest"),
            models.Index(fields=["-last_activity", "-id"], name="qa_question_active"),
            models.Index(fields=["created_at"], name="qa_question_unanswered", condition=Q(status="open", answer_count=0)),
            models.Index(fields=["about_type", "about_id"], name="qa_question_about"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return addresses.of_question(self.pk)

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_deleted(self) -> bool:
        return self.status == self.Status.DELETED


class _Reply(models.Model):
    """What answers and comments share."""

    body = models.TextField(_("text"))
    text = models.TextField(editable=False)
    # The asker of an anonymous question stays anonymous below it.
    anonymous = models.BooleanField(_("without a name"), default=False)
    created_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    deleted_by = _person(_("deleted by"))
    deleted_why = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class Answer(_Reply):
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers", verbose_name=_("question"))
    author = _person(_("answered by"), "answers")
    useful_count = models.PositiveIntegerField(default=0)
    works_count = models.PositiveIntegerField(default=0)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        indexes = [models.Index(fields=["question", "created_at"], name="qa_answer_in_order", condition=Q(deleted_at=None))]

    def __str__(self) -> str:
        return f"{self.question_id} · {self.text[:60]}"

    def get_absolute_url(self) -> str:
        return addresses.of_question(self.question_id, self.anchor)

    @property
    def anchor(self) -> str:
        return f"a{self.pk}"


class Comment(_Reply):
    """On the question itself, or on one of its answers."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="comments", verbose_name=_("question"))
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, blank=True, related_name="comments", verbose_name=_("answer"))
    author = _person(_("written by"), "comments_on_questions")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [models.Index(fields=["question", "created_at"], name="qa_comment_in_order", condition=Q(deleted_at=None))]

    def __str__(self) -> str:
        return f"{self.question_id} · {self.text[:60]}"

    def get_absolute_url(self) -> str:
        return addresses.of_question(self.question_id, f"c{self.pk}")


# What people write here.
Post = Question | Answer | Comment
