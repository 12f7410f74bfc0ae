"""What the engine answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Hit:
    """An object that was found, with its best passage.

    Args:
        kind: the source's kind; with `object_id` it names the object.
        marked_title: the title with <mark>.
        snippet: the part of the passage that answers, with <mark>, safe to print.
        more: how many further passages of the same object match.
    """

    kind: str
    object_id: int
    title: str
    marked_title: SafeString
    place: str
    snippet: SafeString
    url: str
    dated: date | None
    score: float
    tags: frozenset[tuple[str, str]] = frozenset()
    more: int = 0


@dataclass(frozen=True)
class Found:
    """The answer to a search.

    Args:
        total: how many objects were ranked; `capped` says that there may be more.
        facets: for each tag name (and "kind", "year") how many of the ranked objects carry each value.
        asked: the query that was answered; differs from the typed one after a keyboard layout was put right.
        instead: a better spelling to offer ("did you mean"), or nothing.
        near: whether these are only the nearest things, because nothing really matched.
    """

    hits: list[Hit]
    total: int
    capped: bool = False
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    asked: str = ""
    instead: str = ""
    near: bool = False


@dataclass(frozen=True)
class Match:
    """An object that answers, and the words of its best passage."""

    kind: str
    object_id: int
    body: str


@dataclass(frozen=True)
class Matches:
    """What answers a query, best first (`asked`, `instead`, `capped` and `near` as in Found).

    Args:
        marked: the words to mark in what is shown: those asked for, and those that stand for them.
    """

    found: list[Match] = field(default_factory=list)
    asked: str = ""
    marked: str = ""
    instead: str = ""
    capped: bool = False
    near: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A line of the list that opens while typing: a thing to open."""

    kind: str
    object_id: int
    title: str
    marked_title: SafeString
    place: str
    url: str
