"""Announcements as their pages show them."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from communities.commons.models import Announcement
from communities.space import Space
from kmportal.people.models import User


@dataclass(frozen=True)
class Readers:
    """How many members have read it. `missing` names those who have not: only where it must be read, and only for who manages."""

    read: int
    members: int
    missing: list[User]


def listed(space: Space) -> Any:
    rows = Announcement.objects.visible_to(space.user).filter(community=space.community).select_related("author", "community")
    return rows.with_read(space.user).listed(timezone.localdate())


def unread(space: Space) -> int:
    """How many announcements somebody has not read. One query."""
    rows = Announcement.objects.visible_to(space.user).filter(community=space.community)
    return int(rows.exclude(readings__user=space.user).count())


def readers(announcement: Announcement) -> Readers:
    """For who manages. People who have left are not counted."""
    here = User.objects.filter(is_active=True, memberships__community=announcement.community_id)
    read = announcement.readings.values("user")
    number, done = here.count(), here.filter(pk__in=read).count()
    names = here.exclude(pk__in=read).order_by("first_name", "last_name", "pk") if announcement.must_read else here.none()
    return Readers(done, number, list(names))
