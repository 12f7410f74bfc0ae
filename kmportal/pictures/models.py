"""A picture somebody put into a text: drawn anew in two sizes, named by a random key, owned by a post once that is sent."""

from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kmportal.pictures.querysets import PictureQuerySet


def out_of_reach() -> Storage:
    """No address of the web server leads there: every byte passes the view that asks who reads."""
    return storages["private"]


class Picture(models.Model):
    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="pictures", verbose_name=_("put in by")
    )
    large = models.FileField(storage=out_of_reach, max_length=120)
    small = models.FileField(storage=out_of_reach, max_length=120)
    width = models.PositiveSmallIntegerField(_("width"))
    height = models.PositiveSmallIntegerField(_("height"))
    size = models.PositiveIntegerField(_("bytes"))
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("when"))
    # What it belongs to: nothing yet, a draft, or a post. Who may read that may see the picture.
    thing_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True, related_name="+")
    thing_id = models.PositiveBigIntegerField(null=True, blank=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=Q(thing_type=None, thing_id=None) | Q(thing_type__isnull=False, thing_id__isnull=False),
                name="pictures_thing_is_whole",
            )
        ]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="pictures_of_today"),
            models.Index(fields=["thing_type", "thing_id"], name="pictures_of_thing"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
