"""Reading pictures: as readable as what they belong to."""

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef, Q

from kmportal.pictures import kinds

if TYPE_CHECKING:
    from kmportal.pictures.models import Picture  # noqa: F401 - a name for the annotations only


class PictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user: Any) -> "PictureQuerySet":
        """Those of posts that this person may read now; what belongs to nothing yet is its owner's alone."""
        found = Q(thing_type=None, owner=user) if user.is_authenticated and user.is_active else Q(pk__in=[])
        for kind in kinds.known():
            readable = kind.visible(user).order_by().values("pk")
            found |= Q(thing_type=ContentType.objects.get_for_model(kind.model), thing_id__in=readable)
        return self.filter(found)

    def loose(self, owner: Any) -> "PictureQuerySet":
        """What this person put in and has not sent with a post yet."""
        passing = [ContentType.objects.get_for_model(kind.model).pk for kind in kinds.known() if kind.passing]
        return self.filter(Q(thing_type=None) | Q(thing_type__in=passing), owner=owner)

    def of(self, thing: models.Model) -> "PictureQuerySet":
        return self.filter(thing_type=ContentType.objects.get_for_model(type(thing)), thing_id=thing.pk)

    def left_over(self) -> "PictureQuerySet":
        """Those of nothing, and those of things that are gone."""
        gone = Q(thing_type=None)
        for kind in kinds.known():
            there = kind.model._default_manager.filter(pk=OuterRef("thing_id"))
            gone |= Q(Q(thing_type=ContentType.objects.get_for_model(kind.model)), ~Exists(there))
        return self.filter(gone)
