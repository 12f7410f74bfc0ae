"""The one list of places in the frame of the page. An app adds its own in AppConfig.ready().

    navigation.register(Place("qa:list", pgettext_lazy("menu", "Questions"), icon="ask", order=30, bars=("nav", "dock")))

A place whose address does not resolve yet is left out, so the frame never holds a dead link.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

DOCK_LENGTH = 5
Permission = Callable[[HttpRequest], bool]


def everybody(request: HttpRequest) -> bool:
    return True


def signed_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


@dataclass(frozen=True)
class Place:
    """An entry of the frame.

    Args:
        url_name: what `reverse` understands; `args` goes with it.
        label: words in the top bar; `short` for the phone dock where the label is long.
        bars: where it stands: "nav" (top), "dock" (phone), "me" (account menu), "foot" (footer).
        allowed: who sees it. Showing is not permission: the view asks again.
        strong: the one filled button of the dock.
    """

    url_name: str
    label: str | Promise
    icon: str = "right"
    order: int = 100
    bars: tuple[str, ...] = ("nav",)
    short: str | Promise = ""
    args: tuple[str, ...] = ()
    allowed: Permission = field(default=everybody)
    strong: bool = False


@dataclass(frozen=True)
class Link:
    """A place made ready for one request."""

    url: str
    label: str | Promise
    short: str | Promise
    icon: str
    current: bool
    strong: bool


_places: dict[tuple[str, tuple[str, ...]], Place] = {}
_rules: list[Callable[[HttpRequest, str], bool]] = []


def add_rule(rule: Callable[[HttpRequest, str], bool]) -> None:
    """`rule(request, url_name)` says of every place, whoever added it, whether this reader may be led there."""
    _rules.append(rule)


def register(place: Place) -> None:
    """Adds a place, or replaces the one with the same address."""
    _places[place.url_name, place.args] = place


def links(request: HttpRequest, bar: str) -> list[Link]:
    """What this reader sees in that bar, in order; at most one link is the current one (the longest address that fits)."""
    found = list(_resolved(request, bar))
    if bar == "dock":
        found = found[:DOCK_LENGTH]
    fitting = [url for place, url in found if request.path == url or (len(url) > 1 and _below(request.path, url, place))]
    current = max(fitting, key=len, default="")
    return [Link(url, place.label, place.short or place.label, place.icon, url == current, place.strong) for place, url in found]


def _below(path: str, url: str, place: Place) -> bool:
    return not place.args and path.startswith(url)


def _resolved(request: HttpRequest, bar: str) -> Iterator[tuple[Place, str]]:
    for place in sorted(_places.values(), key=lambda place: place.order):
        if bar not in place.bars:
            continue
        try:
            url = reverse(place.url_name, args=place.args)
        except NoReverseMatch:
            continue
        if place.allowed(request) and all(rule(request, place.url_name) for rule in _rules):
            yield place, url


register(Place("wagtail_serve", pgettext_lazy("menu", "Home"), icon="home", order=0, bars=("nav", "dock"), args=("",)))
