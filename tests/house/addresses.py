"""Every address of the site, filled in: tests that open them all take them from the address book, so a new one is covered at once."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Signing in by other houses goes out of the site; the probes tell of the process, and the rest only ends the visit.
NO_READING = (
    "/accounts/oidc/",
    "/accounts/social/",
    "/healthz/",
    "/accounts/logout/",
    "/cms/logout/",
    "/cms/failwhale/",
    "/_util/",
)
PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")


def routes(patterns: Any = None, before: str = "/") -> Iterator[str]:
    """Every address pattern there is, in one line each: "/communities/<slug:slug>/"."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern) and not route.startswith(NO_READING):
            yield route.replace("\\.", ".").removesuffix("$").replace("\\Z", "")


def names_in(route: str) -> list[str]:
    """The places of an address: "slug", "pk"."""
    return [one or other for one, other in PLACE.findall(route)]


def fill(route: str, values: dict[str, Any]) -> str:
    """With these values in its places.

    Raises:
        KeyError: nobody said what to put into one of them.
    """
    return PLACE.sub(lambda found: str(values[found[1] or found[2]]), route).replace("//", "/")
