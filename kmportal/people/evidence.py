"""What shows that somebody knows a thing: help that was accepted, lessons that were told. An app declares its own in AppConfig.ready():

    evidence.register(Source("answers", people=people, count_for=count_for))

Each source counts only what the viewer may read and what stands under a name. Nobody is ranked by the numbers: they say why a person
is found.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

MOST_WORDS = 8


@dataclass(frozen=True)
class About:
    """The matter that is asked for; empty parts ask for nothing.

    Args:
        words: all of them must stand in the title of the evidence.
        topic: a taxonomy.models.Topic.
        category: the number of a PMQA category, in every edition.
    """

    words: tuple[str, ...] = ()
    topic: Any = None
    category: str = ""

    def titled(self, field: str) -> Q:
        """The condition that a field holds all the words."""
        wanted = Q()
        for word in self.words[:MOST_WORDS]:
            wanted &= Q(**{f"{field}__icontains": word})
        return wanted

    def __bool__(self) -> bool:
        return bool(self.words or self.topic or self.category)


@dataclass(frozen=True)
class Evidence:
    """What one source says of one person."""

    label: str | Promise
    number: int
    url: str = ""


# Keys of the people whom the source says something of, as one column that a query can take in.
People = Callable[[Any, About], "QuerySet[Any, Any]"]
CountFor = Callable[[Collection[int], Any, About], dict[int, list[Evidence]]]


@dataclass(frozen=True)
class Source:
    """One kind of evidence.

    Args:
        kind: its name, to replace it by.
        people: (viewer, about) to keys of Person.
        count_for: (keys of Person, viewer, about) to what it says of each; at most one query.
    """

    kind: str
    people: People
    count_for: CountFor


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Adds a source, or replaces the one of the same kind."""
    _sources[source.kind] = source


def shown_by(viewer: Any, about: About) -> Q:
    """The condition for people of whom some source says something. It asks nothing by itself: each source is a subquery."""
    found = Q(pk__in=[])
    for source in _sources.values():
        found |= Q(pk__in=source.people(viewer, about))
    return found


def of_people(keys: Collection[int], viewer: Any, about: About) -> dict[int, list[Evidence]]:
    """What all sources say of these people; one query for each source, whatever their number."""
    found: defaultdict[int, list[Evidence]] = defaultdict(list)
    for source in _sources.values() if keys else ():
        for key, said in source.count_for(keys, viewer, about).items():
            found[key].extend(said)
    return found
