"""Announcements: sent, changed with a trace, read, reminded of, taken away and brought back."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.commons.actions.ground import ChangedMeanwhile, CommonsError, members, require_manager, safe, take, titled, today
from communities.commons.kinds import ANNOUNCED, REMINDED
from communities.commons.models import Announcement, AnnouncementVersion, Reading
from communities.commons.permissions import can_restore
from communities.models import Community
from kmportal.inbox.actions import settle, tell
from kmportal.people.models import User


class NothingSaid(CommonsError):
    words = _("Write the announcement first.")


class NobodyToRemind(CommonsError):
    words = _("Everybody has read it.")


class RemindedToday(CommonsError):
    words = _("A reminder went out today. Leave people a day.")


@dataclass(frozen=True, kw_only=True)
class AnnouncementWords:
    title: str
    body: str = ""
    pinned_until: date | None = None
    must_read: bool = False


@transaction.atomic
def announce(*, actor: User, community: Community, words: AnnouncementWords) -> Announcement:
    """Send an announcement; every member hears of it at once.

    Raises:
        PermissionDenied: neither facilitator nor note-taker, or the community is archived.
        NoTitle, NothingSaid, TooLong
    """
    require_manager(actor=actor, community=community)
    now = timezone.now()
    announcement = Announcement(community=community, author=actor, created_at=now)
    _write(announcement, words)
    announcement.save()
    _keep_version(announcement, actor)
    Reading.objects.create(announcement=announcement, user=actor, read_at=now)
    key = f"announcement:{announcement.pk}"
    tell(kind=ANNOUNCED, recipients=members(community), actor=actor, thing=announcement, key=key)
    return announcement


@transaction.atomic
def change_announcement(
    *, actor: User, announcement: Announcement, words: AnnouncementWords, seen: int | None = None
) -> Announcement:
    """Change it; the version before stays to be read. Nobody is told again.

    Args:
        seen: the number of the version that the actor read; without it, whichever stands there.

    Raises:
        Announcement.DoesNotExist, PermissionDenied
        ChangedMeanwhile, NoTitle, NothingSaid, TooLong
    """
    found = take(actor=actor, thing=announcement)
    require_manager(actor=actor, community=found.community)
    if seen is not None and seen != newest_version(found):
        raise ChangedMeanwhile
    before = (found.title, found.body)
    _write(found, words)
    if (found.title, found.body) != before:
        found.edited_at = timezone.now()
        _keep_version(found, actor)
    found.save()
    return found


@transaction.atomic
def mark_read(*, actor: User, announcement: Announcement, said: bool = False) -> bool:
    """Note that the actor has read it: by opening it, or, where it must be read, by saying so. Answers whether that is new.

    Raises:
        Announcement.DoesNotExist: gone, or not the actor's to read.
    """
    found = Announcement.objects.visible_to(actor).get(pk=announcement.pk)
    if found.must_read and not said:
        return False
    _row, is_new = Reading.objects.get_or_create(announcement=found, user=actor, defaults={"read_at": timezone.now()})
    return is_new


@transaction.atomic
def remind(*, actor: User, announcement: Announcement) -> int:
    """Remind those who have not read it, at most once a day; gives how many. They are not named to anybody by this.

    Raises:
        Announcement.DoesNotExist, PermissionDenied
        NobodyToRemind, RemindedToday
    """
    found = take(actor=actor, thing=announcement)
    require_manager(actor=actor, community=found.community)
    readers = set(found.readings.values_list("user", flat=True))
    waiting = [person for person in members(found.community) if person.pk not in readers]
    if not waiting:
        raise NobodyToRemind
    told = tell(kind=REMINDED, recipients=waiting, actor=actor, thing=found, key=f"announcement:{found.pk}:{today()}")
    if not told and any(person.pk != actor.pk for person in waiting):
        raise RemindedToday
    return told


@transaction.atomic
def delete_announcement(*, actor: User, announcement: Announcement) -> Announcement:
    """Take it out of sight. It can be restored; notices of it vanish by themselves.

    Raises:
        Announcement.DoesNotExist, PermissionDenied
    """
    found = take(actor=actor, thing=announcement)
    require_manager(actor=actor, community=found.community)
    found.deleted_at, found.deleted_by = timezone.now(), actor
    found.save(update_fields=["deleted_at", "deleted_by"])
    settle(kind=ANNOUNCED, thing=found)
    return found


@transaction.atomic
def restore_announcement(*, actor: User, announcement: Announcement) -> Announcement:
    """Bring it back.

    Raises:
        Announcement.DoesNotExist, PermissionDenied
    """
    found = take(actor=actor, thing=announcement, deleted=True)
    if not can_restore(actor, found):
        raise PermissionDenied
    found.deleted_at = found.deleted_by = None
    found.save(update_fields=["deleted_at", "deleted_by"])
    return found


def newest_version(announcement: Announcement) -> int:
    return announcement.versions.aggregate(newest=Max("number"))["newest"] or 0


def _write(announcement: Announcement, words: AnnouncementWords) -> None:
    announcement.title, announcement.body = titled(words.title), safe(words.body)
    if not announcement.body:
        raise NothingSaid
    announcement.pinned_until, announcement.must_read = words.pinned_until, words.must_read


def _keep_version(announcement: Announcement, editor: User) -> None:
    AnnouncementVersion.objects.create(
        announcement=announcement, number=newest_version(announcement) + 1, title=announcement.title, body=announcement.body,
        editor=editor, created_at=timezone.now(),
    )  # fmt: skip
