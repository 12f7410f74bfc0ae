"""Entries that are possibly the same: suggestions for a person to look at. Nothing is merged by it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from kmportal.people import kept
from kmportal.people.models import Agency, AgencyAlias, Person

# Two names of ten letters that differ in one letter give 0.9.
NEAR = 0.88
LIMIT = 100


@dataclass(frozen=True)
class Pair:
    """Two entries and why they may be one; `sure` where the names are written the same."""

    first: Any
    second: Any
    sure: bool


def _alike(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 3:
        return False
    match = SequenceMatcher(None, one, other, autojunk=False)
    return match.real_quick_ratio() >= NEAR and match.quick_ratio() >= NEAR and match.ratio() >= NEAR


def _pairs(rows: Iterable[tuple[str, Any]]) -> Iterator[Pair]:
    """Compares within groups of the same first two letters, so the cost stays near that of reading the rows."""
    groups: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for key, row in rows:
        groups[key[:2]].append((key, row))
    for group in groups.values():
        for (key, one), (other_key, other) in combinations(group, 2):
            if one.pk != other.pk and (key == other_key or _alike(key, other_key)):
                yield Pair(one, other, sure=key == other_key)


def like_people(user: Any) -> list[Pair]:
    """Two people with accounts of their own are never suggested: they could not be merged."""
    people = kept.not_from(user, Person.objects.select_related("agency", "user"))
    found = (
        pair for pair in _pairs((person.key, person) for person in people) if not (pair.first.user_id and pair.second.user_id)
    )
    return _ordered(found)


def like_agencies(user: Any) -> list[Pair]:
    """By name and by shared aliases; not an agency and what it is part of, and not groups of one name in different departments."""
    agencies = {agency.pk: agency for agency in Agency.objects.with_lineage()}
    names = [(agency.key, agency) for agency in agencies.values()]
    aliases = [(key, agencies[pk]) for key, pk in AgencyAlias.objects.values_list("key", "agency") if pk in agencies]
    return _ordered(pair for pair in _pairs(names + aliases) if not _related(pair))


def _related(pair: Pair) -> bool:
    one, other = pair.first, pair.second
    small = {Agency.Kind.GROUP, Agency.Kind.BUREAU}
    namesakes = one.parent_id != other.parent_id and {one.kind, other.kind} <= small
    return one in other.lineage() or other in one.lineage() or namesakes


def _ordered(pairs: Iterable[Pair]) -> list[Pair]:
    """The sure ones first, each pair once."""
    once = {frozenset((pair.first.pk, pair.second.pk)): pair for pair in sorted(pairs, key=lambda pair: pair.sure)}
    return sorted(once.values(), key=lambda pair: (not pair.sure, str(pair.first)))[:LIMIT]
