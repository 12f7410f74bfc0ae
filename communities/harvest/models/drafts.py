"""A lesson that was drafted out of talk: what was taken from whom, and whether each teller has given their word for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.harvest.fields import Field
from communities.harvest.querysets import StatementQuerySet, TalkDraftQuerySet, WordQuerySet
from communities.talk.models import Channel, Message
from communities.talk.models.channels import person
from kmportal.library.models import LessonPage
from kmportal.library.visibility import Visibility


class TalkDraft(models.Model):
    """Worked on at its own screen by the note-takers and facilitators of the space; the page itself lives in the library."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="lesson_drafts", verbose_name=_("channel"))
    lesson = models.OneToOneField(LessonPage, models.CASCADE, related_name="talk_draft", verbose_name=_("lesson"))
    reach = models.CharField(
        _("who may read the lesson"), max_length=10, choices=Visibility.choices, default=Visibility.COMMUNITY
    )
    by = person(_("drafted by"))
    created_at = models.DateTimeField(_("drafted"))
    dropped_at = models.DateTimeField(_("thrown away"), null=True, blank=True)

    objects = TalkDraftQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("lesson draft out of talk")
        verbose_name_plural = _("lesson drafts out of talk")
        constraints = [models.CheckConstraint(condition=Q(reach__in=Visibility.values), name="harvest_reach_is_known")]

    def __str__(self) -> str:
        return f"{self.channel_id} → {self.lesson_id}"

    def get_absolute_url(self) -> str:
        return reverse("harvest:draft", args=[self.channel.community.slug, self.pk])


class Statement(models.Model):
    """One thing somebody said that went into a draft: the words as they were taken, beside the message where they stand."""

    draft = models.ForeignKey(TalkDraft, models.CASCADE, related_name="statements", verbose_name=_("draft"))
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="statements", verbose_name=_("message")
    )
    field = models.CharField(_("field"), max_length=16, choices=Field.choices)
    text = models.TextField(_("words"))
    # What was told elsewhere, by its name in harvest.sources.
    source = models.CharField(max_length=60, blank=True, editable=False)
    # None for what was said in a round that keeps no name, and for who has no account.
    teller = person(_("told by"), "told_statements")
    person = models.ForeignKey(
        "people.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("told by somebody without an account"),
    )
    position = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["draft", "position", "pk"]
        verbose_name = _("statement in a lesson")
        verbose_name_plural = _("statements in lessons")
        constraints = [
            models.UniqueConstraint(fields=["draft", "message", "field"], name="harvest_statement_once"),
            models.UniqueConstraint(fields=["draft", "source"], condition=~Q(source=""), name="harvest_piece_once"),
            models.CheckConstraint(condition=Q(field__in=Field.values), name="harvest_statement_field_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} · {self.text[:60]}"


class Word(models.Model):
    """A teller's word for a draft: ผู้เล่ารับรอง. It holds for the very text that was read, and for the circle of readers that was
    named with it (`digest`), not for what is written later.

    Of the link in the mail only a digest is kept; a new mail makes the old link useless.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("a teller's word", "Asked")
        GIVEN = "given", pgettext_lazy("a teller's word", "Approved")
        REFUSED = "refused", pgettext_lazy("a teller's word", "Wants changes")

    draft = models.ForeignKey(TalkDraft, models.CASCADE, related_name="words", verbose_name=_("draft"))
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("teller")
    )
    person = models.ForeignKey(
        "people.Person", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("teller without an account")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.ASKED)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    says = models.TextField(_("what should change"), blank=True, max_length=1000)
    link = models.CharField(max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = WordQuerySet.as_manager()

    class Meta:
        ordering = ["draft", "pk"]
        verbose_name = _("a teller's word")
        verbose_name_plural = _("tellers' words")
        constraints = [
            models.UniqueConstraint(fields=["draft", "teller"], name="harvest_word_once"),
            models.UniqueConstraint(fields=["draft", "person"], name="harvest_word_of_person_once"),
            models.CheckConstraint(
                condition=Q(teller=None, person__isnull=False) | Q(teller__isnull=False, person=None),
                name="harvest_word_is_somebodys",
            ),
            models.UniqueConstraint(fields=["link"], condition=~Q(link=""), name="harvest_word_link_once"),
            models.CheckConstraint(
                condition=(
                    Q(state="asked", answered_at=None) | (Q(state__in=["given", "refused"]) & Q(answered_at__isnull=False))
                ),
                name="harvest_word_is_whole",
            ),
            models.CheckConstraint(condition=~Q(state="given") | ~Q(digest=""), name="harvest_word_given_for_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} · {self.teller_id} · {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("harvest:word", args=[self.pk])

    @property
    def told_by(self) -> tuple[bool, int | None]:
        """Whose it is, comparable: whether they have no account, and their key."""
        return (True, self.person_id) if self.person_id else (False, self.teller_id)
