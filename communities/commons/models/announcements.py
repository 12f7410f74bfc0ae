"""Announcements, every version of their words, and who has read them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.commons.models.shared import LONGEST_TITLE, Deletable, Shared, somebody
from communities.commons.querysets import AnnouncementQuerySet, OfAnnouncement


class Announcement(Shared, Deletable):
    title = models.CharField(_("announcement"), max_length=LONGEST_TITLE)
    body = models.TextField(_("text"), blank=True)
    pinned_until = models.DateField(_("pinned until"), null=True, blank=True)
    # Only of these the facilitator sees who has not read them; the page says so before somebody confirms.
    must_read = models.BooleanField(_("must be read"), default=False)
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        indexes = [models.Index(fields=["community", "-created_at"], name="commons_announcements")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commons:announcement", args=[self.community.slug, self.pk])


class AnnouncementVersion(models.Model):
    """The first is the announcement as it was sent; the newest is what stands there now."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("announcement"), max_length=LONGEST_TITLE)
    body = models.TextField(_("text"), blank=True)
    editor = somebody(_("edited by"))
    created_at = models.DateTimeField(_("when"))

    objects = OfAnnouncement.as_manager()

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of an announcement")
        verbose_name_plural = _("versions of announcements")
        constraints = [models.UniqueConstraint(fields=["announcement", "number"], name="commons_announcement_numbered")]

    def __str__(self) -> str:
        return f"{self.announcement_id} · {self.number}"


class Reading(models.Model):
    """Somebody has opened an announcement or, where it must be read, has said so."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="readings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(_("read"))

    objects = OfAnnouncement.as_manager()

    class Meta:
        ordering = ["read_at"]
        verbose_name = _("reading of an announcement")
        verbose_name_plural = _("readings of announcements")
        constraints = [models.UniqueConstraint(fields=["announcement", "user"], name="commons_read_once")]

    def __str__(self) -> str:
        return f"{self.announcement_id} · {self.user_id}"
