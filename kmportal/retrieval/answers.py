"""From ranked passages to an answer: objects in a fixed order, how many there are of each kind, and hits that can be printed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kmportal.retrieval.candidates import Row
from kmportal.retrieval.highlight import mark, snippet
from kmportal.retrieval.narrowing import Tag, tags_of
from kmportal.retrieval.plan import Plan
from kmportal.retrieval.ranking import Scored
from kmportal.retrieval.results import Found, Hit

# What a second passage that answers adds to the best one.
SECOND = 0.1


@dataclass(frozen=True)
class Ranked:
    """An object with its passages, best first."""

    score: float
    rows: tuple[Row, ...]

    @property
    def best(self) -> Row:
        return self.rows[0]

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(row.id for row in self.rows)


def grouped(scored: Iterable[Scored]) -> list[Ranked]:
    """Passages of one object become one, in the order of score, then the newest day, then the row written last."""
    objects: dict[tuple[int, int], list[Scored]] = {}
    for each in sorted(scored, key=lambda each: (-each.score, -each.row.id)):
        objects.setdefault((each.row.content_type_id, each.row.object_id), []).append(each)
    found = [
        Ranked(group[0].score + (SECOND * group[1].score if len(group) > 1 else 0.0), tuple(each.row for each in group))
        for group in objects.values()
    ]
    return sorted(found, key=best_first)


def best_first(ranked: Ranked) -> tuple[float, int, int]:
    return -round(ranked.score, 9), *newest_first(ranked)


def newest_first(ranked: Ranked) -> tuple[int, int]:
    return -(ranked.best.dated or date.min).toordinal(), -ranked.best.id


def facets(objects: Iterable[Ranked], tags: Mapping[int, set[Tag]]) -> dict[str, dict[str, int]]:
    """How many of the objects have each value: of "kind", of "year" (of the common era), of each name of a tag. Most frequent first."""
    counted: dict[str, Counter[str]] = {"kind": Counter(), "year": Counter()}
    for ranked in objects:
        counted["kind"][ranked.best.kind] += 1
        if ranked.best.dated:
            counted["year"][str(ranked.best.dated.year)] += 1
        for name, value in set().union(*(tags.get(passage, set()) for passage in ranked.ids)):
            counted.setdefault(name, Counter())[value] += 1
    return {
        name: dict(sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))) for name, values in counted.items() if values
    }


def hit(ranked: Ranked, asked: str, tags: Mapping[int, set[Tag]]) -> Hit:
    """What a page prints of an object."""
    row = ranked.best
    return Hit(
        kind=row.kind,
        object_id=row.object_id,
        title=row.title,
        marked_title=mark(row.title, asked),
        place=row.place,
        snippet=snippet(row.body, asked),
        url=row.url,
        dated=row.dated,
        score=round(ranked.score, 6),
        tags=frozenset(set().union(*(tags.get(passage, set()) for passage in ranked.ids))),
        more=len(ranked.rows) - 1,
    )


def marked(asked: Plan, instead: str = "") -> str:
    """The words to mark: of what was asked, or of the better spelling where there is one, and those that stand for them."""
    return " ".join([instead or asked.query, *asked.phrases])


def page(objects: list[Ranked], asked: Plan, limit: int, offset: int, instead: str = "") -> Found:
    """One page of the objects, with counts over all of them.

    Args:
        instead: a better spelling, by which the words were found.
    """
    tags = tags_of(passage for ranked in objects for passage in ranked.ids)
    words = marked(asked, instead)
    return Found(
        hits=[hit(ranked, words, tags) for ranked in objects[offset : offset + limit]],
        total=len(objects),
        facets=facets(objects, tags),
        asked=asked.query,
    )
