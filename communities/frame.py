"""What stands in the frame of a space: entries of its menu and panels of its front page. Parts declare theirs in AppConfig.ready():

    frame.add_entry(Entry("talk:channels", pgettext_lazy("space", "Channels"), order=20, icon="quote", count=unread))
    frame.add_panel(Panel("talk.live", "talk/_live_panel.html", live_now, order=10, queries=2))

An entry's address takes the slug of the community. Entries and panels are the members' unless they say otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from communities.space import Space


def members(space: Space) -> bool:
    return space.is_member


def everybody(space: Space) -> bool:
    return True


def leaders(space: Space) -> bool:
    return space.may_manage


def facilitators(space: Space) -> bool:
    return space.is_facilitator


@dataclass(frozen=True)
class Entry:
    """A line of the menu.

    Args:
        url_name: of a page whose one argument is the slug.
        label: words.
        order: 10 front page, 20-49 talk and circles, 50-69 what is shared, 70-79 knowledge, 80 members, 90 health, 100 settings.
        icon: name in static/icons.svg.
        count: a number beside the label, of this reader; at most one query. 0 is not shown.
        allowed: who meets it; the page asks again.
        address: where it leads, if not to that page with the slug.
        within: names of further pages that belong to it, for marking it as the current one; their one argument is the slug.
    """

    url_name: str
    label: str | Promise
    order: int = 50
    icon: str = ""
    count: Callable[[Space], int] | None = None
    allowed: Callable[[Space], bool] = members
    address: Callable[[Space], str] | None = None
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """A part of the front page.

    Args:
        name: unique, "app.what".
        template: a partial that stands in a section of its own and writes its own heading (h2); it knows `space` and what follows.
        context: what the partial needs, for this reader; None leaves the panel out.
        order: from above to below.
        queries: how many queries context and template cost at most; the test of the front page counts them.
        allowed: who sees it.
    """

    name: str
    template: str
    context: Callable[[Space], dict[str, Any] | None]
    order: int = 50
    queries: int = 1
    allowed: Callable[[Space], bool] = members


@dataclass(frozen=True)
class Line:
    """An entry made ready for one page."""

    url: str
    label: str | Promise
    icon: str
    count: int
    current: bool


_entries: dict[str, Entry] = {}
_panels: dict[str, Panel] = {}


def add_entry(entry: Entry) -> None:
    """Adds an entry, or replaces the one with the same address."""
    _entries[entry.url_name] = entry


def add_panel(panel: Panel) -> None:
    """Adds a panel, or replaces the one of the same name."""
    _panels[panel.name] = panel


def lines(space: Space, path: str, *, counted: bool = True) -> list[Line]:
    """The menu for this reader; the longest address that the path begins with is the current one. Each number costs a query."""
    found = [
        (entry, url)
        for entry in sorted(_entries.values(), key=lambda entry: entry.order)
        if (url := _address(entry, space)) and entry.allowed(space)
    ]
    pages = [(page, url) for entry, url in found for page in (url, *_within(entry, space)) if path.startswith(page)]
    current = max(pages, key=lambda pair: len(pair[0]), default=("", ""))[1]
    return [
        Line(url, entry.label, entry.icon, entry.count(space) if counted and entry.count else 0, url == current)
        for entry, url in found
    ]


def _within(entry: Entry, space: Space) -> list[str]:
    return [reverse(name, args=[space.community.slug]) for name in entry.within]


def panels(space: Space) -> list[tuple[Panel, dict[str, Any]]]:
    """The panels that say something to this reader now."""
    shown = [panel for panel in sorted(_panels.values(), key=lambda panel: panel.order) if panel.allowed(space)]
    found = [(panel, panel.context(space)) for panel in shown]
    return [(panel, context) for panel, context in found if context is not None]


def queries() -> int:
    """What all panels may cost together."""
    return sum(panel.queries for panel in _panels.values())


def _address(entry: Entry, space: Space) -> str:
    """An empty text where the part that the entry leads to has no such page."""
    if entry.address is not None:
        return entry.address(space)
    try:
        return reverse(entry.url_name, args=[space.community.slug])
    except NoReverseMatch:
        return ""
