"""Which audiences a reader belongs to. Circles are declared from above; the engine compares keys and knows nothing of agencies."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

PUBLIC = "public"


@dataclass(frozen=True)
class Readers:
    """The audiences of one reader.

    Args:
        keys: audiences by their whole key.
        prefixes: audiences by their beginning, such as "agency:" for those who read every agency's pages.
    """

    keys: frozenset[str] = frozenset({PUBLIC})
    prefixes: tuple[str, ...] = ()

    def condition(self, path: str = "audience") -> Q:
        """The condition for rows that carry an audience; part of every query, never a filter afterwards."""
        wanted = Q(**{f"{path}__in": sorted(self.keys)})
        for prefix in self.prefixes:
            wanted |= Q(**{f"{path}__startswith": prefix})
        return wanted

    def holds(self, audience: str) -> bool:
        return audience in self.keys or audience.startswith(self.prefixes)


Circles = Callable[[Any], Iterable[str]]
_circles: list[Circles] = []


def register(circles: Circles) -> None:
    """Adds a source of keys for a user: "network", "agency:12"; a key that ends in ":*" stands for all that begin so."""
    if circles not in _circles:
        _circles.append(circles)


def of(user: Any) -> Readers:
    """What this user may read; for a visitor, what is public."""
    keys = {PUBLIC}
    for circles in _circles:
        keys.update(circles(user))
    prefixes = {key[:-1] for key in keys if key.endswith(":*")}
    return Readers(frozenset(key for key in keys if not key.endswith(":*")), tuple(sorted(prefixes)))
