"""What happened for a person, and which of it they want to hear of, where."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.inbox.querysets import NoticeQuerySet
from kmportal.taxonomy.models import in_reader_language


class Notice(models.Model):
    """One thing that happened, for one person. It holds facts; the words are made when they are read, in the reader's language."""

    class Mail(models.TextChoices):
        NONE = "none", pgettext_lazy("state of a mail", "Not wanted")
        WAITING = "waiting", pgettext_lazy("state of a mail", "Waiting")
        CLAIMED = "claimed", pgettext_lazy("state of a mail", "Being handed over")
        SENT = "sent", pgettext_lazy("state of a mail", "Sent")
        GIVEN_UP = "given_up", pgettext_lazy("state of a mail", "Given up")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("for"))
    kind = models.CharField(_("kind"), max_length=40)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who did it")
    )
    thing_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True, related_name="+")
    thing_id = models.PositiveBigIntegerField(null=True, blank=True)
    thing = GenericForeignKey("thing_type", "thing_id")
    title = models.CharField(_("title"), max_length=255, blank=True)
    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    data = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=160)
    # Notices of one group fold into the newest while nobody has read them: "3 people found your answer useful".
    group = models.CharField(max_length=120, blank=True)
    newer = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="older")
    in_inbox = models.BooleanField(default=True)
    created_at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mail = models.CharField(_("mail"), max_length=8, choices=Mail.choices, default=Mail.NONE)
    mail_claim = models.UUIDField(null=True, blank=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_after = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="inbox_told_once")]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="inbox_newest"),
            models.Index(fields=["recipient"], name="inbox_unread", condition=Q(read_at=None, newer=None, in_inbox=True)),
            models.Index(fields=["recipient", "group"], name="inbox_group", condition=Q(read_at=None) & ~Q(group="")),
            models.Index(fields=["mail_after"], name="inbox_mail_waiting", condition=Q(mail="waiting")),
            models.Index(fields=["mail_claim"], name="inbox_mail_claim", condition=Q(mail_claim__isnull=False)),
            models.Index(fields=["read_at"], name="inbox_read", condition=Q(read_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} · {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("inbox:open", args=[self.pk])

    @property
    def shown_title(self) -> str:
        return in_reader_language(self.title, self.title_en)


class NoticeSetting(models.Model):
    """What somebody chose for a kind; without a row the kind's own default holds."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_settings", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=40)
    inbox = models.BooleanField(_("in the inbox"))
    mail = models.BooleanField(_("by mail"))

    class Meta:
        ordering = ["person", "kind"]
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="inbox_one_choice_per_kind")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.kind}"
