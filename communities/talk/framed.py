"""Channels in the menu of a space and on its front page. Declared by TalkConfig.ready."""

from typing import Any

from django.utils.translation import pgettext_lazy

from communities import frame
from communities.frame import Entry, Panel
from communities.space import Space
from communities.talk.presenting import side


def _unread(space: Space) -> int:
    return side.unread_of(space.user, space.community)


def _panel(space: Space) -> dict[str, Any] | None:
    found = [channel for channel in side.channels(space.user, space.community) if channel.is_open]
    return {"channels": found} if found else None


def declare() -> None:
    frame.add_entry(Entry("talk:channels", pgettext_lazy("space", "Channels"), order=20, icon="quote", count=_unread))
    frame.add_panel(Panel("talk.channels", "talk/_panel.html", _panel, order=20, queries=1))
