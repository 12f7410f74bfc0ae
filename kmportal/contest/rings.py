"""Units that vote only for each other in a circle. Pure: votes in, groups out; nothing follows from one but that a person looks at it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

LEAST_VOTES, MOST_UNITS, CLOSED = 4, 6, 80


@dataclass(frozen=True)
class Cast:
    """A vote: its key, the unit of the voter, the unit of the entry."""

    key: int
    giver: int
    receiver: int


@dataclass(frozen=True)
class Ring:
    units: tuple[int, ...]
    votes: tuple[int, ...]


def find(votes: Iterable[Cast]) -> list[Ring]:
    """Groups of two to six units of which each reaches each other by votes, while at least four fifths of what they give and of what they
    receive stays among them."""
    cast = [vote for vote in votes if vote.giver != vote.receiver]
    edges: defaultdict[int, set[int]] = defaultdict(set)
    for giver, receiver in _strong(cast):
        edges[giver].add(receiver)
    found = []
    for units in _circles(edges):
        inside = [vote for vote in cast if vote.giver in units and vote.receiver in units]
        if 2 <= len(units) <= MOST_UNITS and len(inside) >= LEAST_VOTES and _is_closed(units, cast, len(inside)):
            found.append(Ring(tuple(sorted(units)), tuple(sorted(vote.key for vote in inside))))
    return found


def _strong(cast: list[Cast]) -> list[tuple[int, int]]:
    """One odd vote to an outsider must not join two groups: an edge is at least a fifth of what its unit gave."""
    given = Counter(vote.giver for vote in cast)
    pairs = Counter((vote.giver, vote.receiver) for vote in cast)
    return [pair for pair, number in pairs.items() if number * 100 >= given[pair[0]] * (100 - CLOSED)]


def _circles(edges: dict[int, set[int]]) -> list[set[int]]:
    reach = {unit: _reached(unit, edges) for unit in edges}
    found: list[set[int]] = []
    for unit, reached in sorted(reach.items()):
        circle = {other for other in reached if unit in reach.get(other, ())}
        if circle and circle not in found:
            found.append(circle)
    return found


def _reached(start: int, edges: dict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    edge = set(edges.get(start, ()))
    while edge:
        found |= edge
        edge = {far for near in edge for far in edges.get(near, ())} - found
    return found


def _is_closed(units: set[int], cast: list[Cast], inside: int) -> bool:
    given = sum(vote.giver in units for vote in cast)
    received = sum(vote.receiver in units for vote in cast)
    return inside * 100 >= CLOSED * given and inside * 100 >= CLOSED * received
