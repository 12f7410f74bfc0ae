"""What stands of shared things in the frame of a space: entries of its menu, panels of its front page."""

from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from communities import frame
from communities.commons.models import ActionItem
from communities.commons.presenting import announcements, documents, events, polls
from communities.frame import Entry, Panel
from communities.space import Space

SHOWN = 3


def declare() -> None:
    """Called once, by CommonsConfig.ready."""
    frame.add_entry(Entry("commons:announcements", pgettext_lazy("space", "Announcements"), 50, "flag", announcements.unread))
    frame.add_entry(Entry("commons:events", pgettext_lazy("space", "Calendar"), 52, "cal"))
    frame.add_entry(Entry("commons:polls", pgettext_lazy("space", "Polls"), 54, "chart", polls.waiting))
    frame.add_entry(Entry("commons:documents", pgettext_lazy("space", "Documents"), 56, "file"))
    frame.add_entry(Entry("commons:items", pgettext_lazy("space", "Action items"), 58, "check"))
    frame.add_panel(Panel("commons.announcements", "commons/_announcements_panel.html", _announcements, 15))
    frame.add_panel(Panel("commons.items", "commons/_items_panel.html", _items, 18))
    frame.add_panel(Panel("commons.polls", "commons/_polls_panel.html", _polls, 30))
    frame.add_panel(Panel("commons.events", "commons/_events_panel.html", _events, 32))
    frame.add_panel(Panel("commons.documents", "commons/_documents_panel.html", _documents, 60))


def _shown(name: str, rows: Any) -> dict[str, Any] | None:
    """The first few; no panel where there is nothing."""
    found = list(rows[:SHOWN])
    return {name: found} if found else None


def _announcements(space: Space) -> dict[str, Any] | None:
    """The newest, pinned ones first."""
    return _shown("announcements", announcements.listed(space))


def _events(space: Space) -> dict[str, Any] | None:
    return _shown("events", events.listed(space, past=False).filter(cancelled_at=None))


def _polls(space: Space) -> dict[str, Any] | None:
    """Open ones that the reader has not voted in."""
    open_now = polls.listed(space).filter(closed_at=None, closes_at__gt=timezone.now(), has_voted=False)
    return _shown("polls", open_now)


def _documents(space: Space) -> dict[str, Any] | None:
    return _shown("documents", documents.listed(space))


def _items(space: Space) -> dict[str, Any] | None:
    """The reader's own."""
    mine = ActionItem.objects.visible_to(space.user).filter(community=space.community, owner=space.user)
    return _shown("items", mine.open().select_related("community").order_by("due", "pk"))
