"""What hangs on a message: how it read before it was changed, and the files that were sent with it."""

from uuid import uuid4

from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.talk.models.channels import person
from communities.talk.models.messages import Message
from communities.talk.querysets import AttachmentQuerySet, VersionQuerySet


def out_of_reach() -> Storage:
    """No address of the web server leads there: every byte passes the view that asks who reads."""
    return storages["private"]


class Version(models.Model):
    """A message as it read until somebody changed it. The words of today stand in the message."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="versions", verbose_name=_("message"))
    number = models.PositiveSmallIntegerField(_("number"))
    body = models.TextField(_("text"))
    text = models.TextField(editable=False)
    editor = person(_("changed by"))
    at = models.DateTimeField(_("changed"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["message", "-number"]
        verbose_name = _("earlier version of a message")
        verbose_name_plural = _("earlier versions of messages")
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="talk_version_once")]

    def __str__(self) -> str:
        return f"{self.message_id} · {self.number}"


class Attachment(models.Model):
    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="files", verbose_name=_("message"))
    file = models.FileField(storage=out_of_reach, max_length=160)
    name = models.CharField(_("name"), max_length=100)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(_("sent"))

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of a message")
        verbose_name_plural = _("files of messages")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        channel = self.message.channel
        return reverse("talk:file", args=[channel.community.slug, channel.pk, self.uuid, self.name])
