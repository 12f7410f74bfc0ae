"""An interview over days: what is asked, of whom, what was answered and who typed it, and whether the expert approves."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.circles.models import TemplateVersion
from communities.circles.models.templates import either
from communities.harvest.fields import Field
from communities.interviews.querysets import InterviewQuerySet, OfInterview
from communities.models import Community
from communities.talk.models.channels import person

LONGEST_QUESTION, LONGEST_ANSWER = 600, 10_000


class Interview(models.Model):
    """Read by whoever asks and by the note-takers of the space, and by the expert; by the members once the expert has approved the
    very text (`digest`). Of the link in the expert's mail only a digest is kept; a new mail makes the old link useless.

    `expert` is None for somebody without an account: their name and address are all that is known of them.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of an interview", "Draft")
        SENT = "sent", pgettext_lazy("state of an interview", "Sent")
        ANSWERING = "answering", pgettext_lazy("state of an interview", "Being answered")
        HANDED_OVER = "handed_over", pgettext_lazy("state of an interview", "Waits for the expert's approval")
        APPROVED = "approved", pgettext_lazy("state of an interview", "Approved")
        WITHDRAWN = "withdrawn", pgettext_lazy("state of an interview", "Withdrawn")

    class Reminded(models.TextChoices):
        NOT_YET = "", ""
        SOON = "soon", ""
        DUE = "due", ""

    community = models.ForeignKey(Community, models.CASCADE, related_name="interviews", verbose_name=_("community of practice"))
    title = models.CharField(_("title"), max_length=160)
    purpose = models.TextField(_("what it is for"), blank=True, max_length=1000)
    asker = person(_("asked by"))
    expert = person(_("expert"), "interviews")
    expert_name = models.CharField(_("name of the expert"), max_length=160)
    expert_email = models.EmailField(_("e-mail of the expert"))
    language = models.CharField(_("language"), max_length=5, choices=[("th", _("Thai")), ("en", _("English"))], default="th")
    version = models.ForeignKey(
        TemplateVersion, models.PROTECT, null=True, blank=True, related_name="interviews", verbose_name=_("method")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    reminded = models.CharField(max_length=4, choices=Reminded.choices, blank=True, default=Reminded.NOT_YET, editable=False)
    # Once the expert themselves has written, the interview is theirs, whatever is typed over it later.
    heard_at = models.DateTimeField(null=True, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    link = models.CharField(max_length=64, blank=True, editable=False)
    link_made_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("arranged"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "sent", "answering", "handed_over", "approved", "withdrawn"]),
                name="interviews_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | (~Q(digest="") & Q(approved_at__isnull=False)),
                name="interviews_approved_for_a_text",
            ),
            models.UniqueConstraint(fields=["link"], condition=~Q(link=""), name="interviews_link_once"),
        ]
        indexes = [models.Index(fields=["community", "-created_at"], name="interviews_of_space")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("interviews:space_page", args=[self.community.slug, self.pk])

    @property
    def is_open(self) -> bool:
        """Whether something may still be written."""
        return self.state not in {self.State.APPROVED, self.State.WITHDRAWN}


class Question(models.Model):
    """A question with its answer: one person answers, once. `typed_by` wrote it for the expert; `by_expert` says it was themselves.

    `revision` grows with every change, so that two who write at once do not wipe out each other's words.
    """

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="questions", verbose_name=_("interview"))
    position = models.PositiveSmallIntegerField(_("number"))
    text_th = models.CharField(_("question"), max_length=LONGEST_QUESTION, blank=True)
    text_en = models.CharField(_("question in English"), max_length=LONGEST_QUESTION, blank=True)
    field = models.CharField(_("fills"), max_length=16, choices=Field.choices, blank=True)
    answer = models.TextField(_("answer"), blank=True, max_length=LONGEST_ANSWER)
    skipped = models.BooleanField(_("left out"), default=False)
    typed_by = person(_("typed by"))
    by_expert = models.BooleanField(_("typed by the expert"), default=False)
    typed_at = models.DateTimeField(_("when"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = OfInterview.as_manager()

    class Meta:
        ordering = ["interview", "position", "pk"]
        verbose_name = _("question of an interview")
        verbose_name_plural = _("questions of interviews")
        constraints = [
            models.CheckConstraint(condition=~Q(text_th="") | ~Q(text_en=""), name="interviews_question_says_something"),
            models.CheckConstraint(condition=Q(field="") | Q(field__in=Field.values), name="interviews_question_field_is_known"),
            models.CheckConstraint(condition=Q(skipped=False) | Q(answer=""), name="interviews_skipped_is_empty"),
        ]

    def __str__(self) -> str:
        """Without a word of it: the book of staff acts keeps this, and what is not approved is nobody's to read."""
        return f"{self.interview_id} · {self.position}"

    @property
    def text(self) -> str:
        return str(either(self.text_th, self.text_en))

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)
