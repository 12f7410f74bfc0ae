"""What members hear of shared things. Each kind asks the database anew whether its reader is still a member."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from communities.commons.models import ActionItem, Announcement, Event, Poll, SpaceDocument
from kmportal.inbox.kinds import Kind, register

ANNOUNCED, REMINDED = "commons.announced", "commons.reminded"
EVENT_NEW, EVENT_CHANGED, EVENT_CANCELLED = "commons.event_new", "commons.event_changed", "commons.event_cancelled"
EVENT_TOMORROW, PLACE_FREE = "commons.event_tomorrow", "commons.place_free"
POLL_NEW, DOCUMENT_NEW = "commons.poll_new", "commons.document_new"
ITEM_GIVEN, ITEM_MOVED, ITEM_DONE = "commons.item_given", "commons.item_moved", "commons.item_done"
ITEM_DUE, ITEM_OVERDUE = "commons.item_due", "commons.item_overdue"
GROUP = pgettext_lazy("group of notices", "Your communities")


def _announcements(user: Any) -> "QuerySet[Any]":
    return Announcement.objects.visible_to(user)


def _events(user: Any) -> "QuerySet[Any]":
    return Event.objects.visible_to(user)


def _polls(user: Any) -> "QuerySet[Any]":
    return Poll.objects.visible_to(user)


def _documents(user: Any) -> "QuerySet[Any]":
    return SpaceDocument.objects.visible_to(user)


def _items(user: Any) -> "QuerySet[Any]":
    return ActionItem.objects.visible_to(user)


def declare() -> None:
    """Called once, by CommonsConfig.ready."""
    for kind in (*_of_announcements(), *_of_events(), *_of_the_rest(), *_of_items()):
        register(kind)


def _of_announcements() -> tuple[Kind, ...]:
    return (
        Kind(
            ANNOUNCED, pgettext_lazy("kind of notice", "An announcement in a community of yours"), GROUP,
            line="commons/notices/announced.txt", icon="flag", visible=_announcements,
        ),
        Kind(
            REMINDED, pgettext_lazy("kind of notice", "A reminder to read an announcement"), GROUP,
            line="commons/notices/reminded.txt", icon="flag", visible=_announcements,
        ),
    )  # fmt: skip


def _of_events() -> tuple[Kind, ...]:
    return (
        Kind(
            EVENT_NEW, pgettext_lazy("kind of notice", "An event in a community of yours"), GROUP,
            line="commons/notices/event_new.txt", icon="cal", visible=_events,
        ),
        Kind(
            EVENT_CHANGED, pgettext_lazy("kind of notice", "An event has another time or place"), GROUP,
            line="commons/notices/event_changed.txt", icon="cal", visible=_events,
        ),
        Kind(
            EVENT_CANCELLED, pgettext_lazy("kind of notice", "An event is cancelled"), GROUP,
            line="commons/notices/event_cancelled.txt", icon="cal", visible=_events,
        ),
        Kind(
            EVENT_TOMORROW, pgettext_lazy("kind of notice", "An event you come to is tomorrow"), GROUP,
            line="commons/notices/event_tomorrow.txt", icon="clock", visible=_events,
        ),
        Kind(
            PLACE_FREE, pgettext_lazy("kind of notice", "You have got a place from the waiting list"), GROUP,
            line="commons/notices/place_free.txt", icon="ticket", visible=_events,
        ),
    )  # fmt: skip


def _of_the_rest() -> tuple[Kind, ...]:
    return (
        Kind(
            POLL_NEW, pgettext_lazy("kind of notice", "A poll in a community of yours"), GROUP,
            line="commons/notices/poll_new.txt", icon="chart", visible=_polls,
        ),
        Kind(
            DOCUMENT_NEW, pgettext_lazy("kind of notice", "A document in a community of yours"), GROUP,
            line="commons/notices/document_new.txt", icon="file", mail=False, visible=_documents,
        ),
    )  # fmt: skip


def _of_items() -> tuple[Kind, ...]:
    return (
        Kind(
            ITEM_GIVEN, pgettext_lazy("kind of notice", "Something for you to do"), GROUP,
            line="commons/notices/item_given.txt", icon="check", visible=_items,
        ),
        Kind(
            ITEM_MOVED, pgettext_lazy("kind of notice", "Something to do has another day"), GROUP,
            line="commons/notices/item_moved.txt", icon="cal", mail=False, visible=_items,
        ),
        Kind(
            ITEM_DONE, pgettext_lazy("kind of notice", "Something you asked for is done"), GROUP,
            line="commons/notices/item_done.txt", icon="stamp", mail=False, visible=_items,
        ),
        Kind(
            ITEM_DUE, pgettext_lazy("kind of notice", "Something you do is due soon"), GROUP,
            line="commons/notices/item_due.txt", icon="clock", visible=_items,
        ),
        Kind(
            ITEM_OVERDUE, pgettext_lazy("kind of notice", "Something you do is overdue"), GROUP,
            line="commons/notices/item_overdue.txt", icon="warn", visible=_items,
        ),
    )  # fmt: skip
