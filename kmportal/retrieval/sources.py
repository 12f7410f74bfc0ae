"""What apps declare about what of theirs is searched.

    sources.register(Source("lesson", LessonPage, published_lessons, describe_lesson, order=20, label=_("Lessons")))

The engine never learns what a lesson is: it holds passages, each with an audience that `readers` knows how to compare with a reader.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True)
class Text:
    """One passage of an object as its app describes it: at most about 800 characters of body, at one place that can be opened.

    Args:
        title: what the object is called; the same in each of its passages.
        body: plain text of this passage.
        url: where this passage opens: the page, with the anchor of the place.
        audience: who may read it: a key such as "public", "network", "agency:12", "community:3".
        place: where it stands, outermost last ("talk · seminar"); shown below the title and searched with low weight.
        names: other words it is found by: names of people and agencies with their abbreviations, codes, topics, English title.
        tags: what it can be narrowed by: ("category", "4"), ("agency", "12"), ("type", "obstacle").
        dated: the day the knowledge is of; its year can be narrowed by and breaks ties.
        quality: 0 to 1, a small bonus: reviewed, accepted, confirmed as current.
    """

    title: str
    body: str
    url: str
    audience: str
    place: str = ""
    names: str = ""
    tags: frozenset[tuple[str, str]] = frozenset()
    dated: date | None = None
    quality: float = 0.0


# From keys of one model to the rows of another whose passages hang on them.
Dependents = Callable[[Collection[int]], QuerySet[Any]]


@dataclass(frozen=True)
class Source:
    """One kind of thing that can be found.

    Args:
        kind: its name in addresses and JSON ("lesson"), unique.
        model: whose rows they are; one model may feed one source only.
        rows: the rows that belong in the index now (published, not retired), with whatever describe needs prefetched.
        describe: the passages of each of these rows, in the order of the rows given: pairs of primary key and its texts.
        label: what a reader calls them, in the plural.
        order: where it stands among the kinds.
        suggested: whether it is offered while typing.
        stands_on: models that give these rows their audience or address (a statement stands on its seminar): they follow at once.
        repeats: models whose words these texts repeat (the name of an agency): they follow a moment later.
        batch: how many rows are described and written in one go.
    """

    kind: str
    model: type[Model]
    rows: Callable[[], QuerySet[Any]]
    describe: Callable[[Iterable[Any]], Iterator[tuple[int, list[Text]]]]
    label: str | Promise
    order: int = 100
    suggested: bool = True
    icon: str = field(default="right")
    stands_on: Mapping[type[Model], Dependents] = field(default_factory=dict)
    repeats: Mapping[type[Model], Dependents] = field(default_factory=dict)
    batch: int = 100


_sources: dict[str, Source] = {}


_listeners: list[Callable[[Source], None]] = []


def register(source: Source) -> None:
    _sources[source.kind] = source
    for listener in _listeners:
        listener(source)


def on_register(listener: Callable[[Source], None]) -> None:
    """Calls it with every source, also with those registered later: apps declare theirs after the engine is ready."""
    _listeners.append(listener)
    for source in every():
        listener(source)


def every() -> list[Source]:
    return sorted(_sources.values(), key=lambda source: (source.order, source.kind))


def of_model(model: type[Model]) -> Source | None:
    return next((source for source in _sources.values() if source.model is model), None)


def under(model: type[Model]) -> list[Source]:
    """The source of this model, or those of the models that inherit its table: a page saved as such may be a lesson."""
    return [source for source in every() if issubclass(source.model, model)]


def named(kind: str) -> Source | None:
    return _sources.get(kind)
