"""Words in the library's list: which pages and statements answer them, as the search engine ranks what this reader may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kmportal.library.models import Item
from kmportal.retrieval import engine, readers
from kmportal.retrieval.analysis import normalise

PAGES, ITEMS = ("seminar", "lesson", "practice"), "item"


@dataclass(frozen=True)
class Matched:
    """Keys in the order of how well they answer; a seminar stands where its best statement does.

    Args:
        bodies: for each page the words that answer.
        marked: what to mark in what is shown.
        corrected: what was answered instead of the typed words, because another keyboard layout was meant.
        instead: a better spelling to offer.
        capped: whether there are more than were ranked.
    """

    pages: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
    bodies: Mapping[int, str] = field(default_factory=dict, compare=False)
    marked: str = ""
    corrected: str = ""
    instead: str = ""
    capped: bool = False


def of(query: str, user: Any) -> Matched:
    """What answers these words. Things that are only near are left out: a list shows what fits, the search page what is nearest."""
    answer = engine.matches(query, readers.of(user), kinds=(*PAGES, ITEMS))
    found = [] if answer.near else answer.found
    items = [each.object_id for each in found if each.kind == ITEMS]
    # Whether it may be seen is asked again by the list; this only says where a statement stands.
    homes = dict(Item.objects.filter(pk__in=items).values_list("pk", "page")) if items else {}
    bodies: dict[int, str] = {}
    for each in found:
        page = homes.get(each.object_id) if each.kind == ITEMS else each.object_id
        if page is not None:
            bodies.setdefault(page, each.body)
    return Matched(
        pages=tuple(bodies),
        items=tuple(items),
        bodies=bodies,
        marked=answer.marked,
        corrected="" if normalise(answer.asked) == normalise(query) else answer.asked,
        instead=answer.instead,
        capped=answer.capped,
    )
