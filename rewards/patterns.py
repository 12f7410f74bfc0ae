"""Patterns of votes that look agreed. Pure: votes in, patterns out; nothing follows from one but that a person looks at it.

Whoever is voted for by `many` different established people is never named, whatever else the votes look like: a small circle cannot
make somebody's standing, and popular people get odd votes too. (Established: not a new account of the same agency.)
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

RECIPROCAL, BURST, FUNNEL, RING = "reciprocal", "burst", "funnel", "ring"


@dataclass(frozen=True)
class Limits:
    """From when on something is a pattern. Shares are percent. Not shown to members: what is known can be walked around.

    Args:
        days: how far back is looked. many: see above.
        mutual, mutual_share: votes in each direction, and what part they are of all that each of the two received.
        burst, burst_minutes: votes of one person for one other within so many minutes.
        funnel, funnel_given, funnel_received: votes of one for one other; their part of all given, and of all received.
        ring, ring_votes, ring_share: new accounts of one agency, votes among them, and their part of all that each received.
        new_days: how long an account is new.
    """

    days: int = 30
    many: int = 8
    mutual: int = 4
    mutual_share: int = 60
    burst: int = 6
    burst_minutes: int = 10
    funnel: int = 8
    funnel_given: int = 80
    funnel_received: int = 60
    ring: int = 3
    ring_votes: int = 6
    ring_share: int = 80
    new_days: int = 60

    @classmethod
    def read(cls, text: str) -> "Limits":
        """'mutual=5 burst=8' beside the defaults.

        Raises:
            ValueError: a name that is none, or no number.
        """
        pairs = dict(part.split("=", 1) for part in text.replace(",", " ").split())
        if unknown := pairs.keys() - {field.name for field in fields(cls)}:
            raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
        return cls(**{name: int(value) for name, value in pairs.items()})


@dataclass(frozen=True)
class Vote:
    key: int
    giver: int
    receiver: int
    at: datetime


@dataclass(frozen=True)
class Member:
    """What of an account matters here: when it joined, and its office (None: of no agency)."""

    joined: datetime
    office: int | None


@dataclass(frozen=True)
class Pattern:
    name: str
    people: tuple[int, ...]
    votes: tuple[Vote, ...]


Pair = tuple[int, int]


@dataclass(frozen=True)
class _Graph:
    limits: Limits
    members: Mapping[int, Member]
    now: datetime
    pairs: Mapping[Pair, list[Vote]]
    given: Mapping[int, int]
    received: Mapping[int, int]

    def is_new(self, person: int) -> bool:
        return self.members[person].joined > self.now - timedelta(days=self.limits.new_days)


def find(votes: Iterable[Vote], *, limits: Limits, members: Mapping[int, Member], now: datetime) -> list[Pattern]:
    """The patterns in these votes; a vote stands in one at most.

    Args:
        members: everybody who gives or receives here.
    """
    start = now - timedelta(days=limits.days)
    left = [vote for vote in votes if vote.at > start and vote.giver != vote.receiver]
    named: list[Pattern] = []
    barred = _popular(_graph(left, limits, members, now))
    for seek in _SEEKERS:
        for pattern in seek(_graph(left, limits, members, now)):
            if barred.isdisjoint(pattern.people):
                used = {vote.key for vote in pattern.votes}
                named.append(pattern)
                left = [vote for vote in left if vote.key not in used]
    return named


def _graph(votes: Iterable[Vote], limits: Limits, members: Mapping[int, Member], now: datetime) -> _Graph:
    pairs: defaultdict[Pair, list[Vote]] = defaultdict(list)
    for vote in sorted(votes, key=lambda vote: (vote.at, vote.key)):
        pairs[vote.giver, vote.receiver].append(vote)
    given: Counter[int] = Counter()
    received: Counter[int] = Counter()
    for (giver, receiver), several in pairs.items():
        given[giver] += len(several)
        received[receiver] += len(several)
    return _Graph(limits, members, now, pairs, given, received)


def _popular(graph: _Graph) -> set[int]:
    givers: defaultdict[int, set[int]] = defaultdict(set)
    for giver, receiver in graph.pairs:
        office = graph.members[giver].office
        if not (graph.is_new(giver) and office is not None and office == graph.members[receiver].office):
            givers[receiver].add(giver)
    return {person for person, several in givers.items() if len(several) >= graph.limits.many}


def _is_part(number: int, whole: int, percent: int) -> bool:
    return number * 100 >= whole * percent


def _rings(graph: _Graph) -> Iterator[Pattern]:
    """New accounts of one office, each of which gives and receives inside, and receives little from outside."""
    offices: defaultdict[int, set[int]] = defaultdict(set)
    for person, member in graph.members.items():
        if member.office is not None and graph.is_new(person):
            offices[member.office].add(person)
    for people in offices.values():
        for ring in _components(_closed(people, graph), graph):
            inside = [vote for pair, votes in graph.pairs.items() if set(pair) <= ring for vote in votes]
            if len(ring) >= graph.limits.ring and len(inside) >= graph.limits.ring_votes:
                yield Pattern(RING, tuple(sorted(ring)), tuple(inside))


def _closed(people: set[int], graph: _Graph) -> set[int]:
    """Without those who do not give and receive among the others, until nobody leaves."""
    left = set(people)
    while True:
        inside = [pair for pair in graph.pairs if set(pair) <= left]
        gets = Counter(dict.fromkeys(left, 0))
        for pair in inside:
            gets[pair[1]] += len(graph.pairs[pair])
        gives = {giver for giver, _receiver in inside}
        stay = {
            person
            for person in left & gives
            if gets[person] and _is_part(gets[person], graph.received[person], graph.limits.ring_share)
        }
        if stay == left:
            return left
        left = stay


def _components(people: set[int], graph: _Graph) -> Iterator[set[int]]:
    waiting = set(people)
    while waiting:
        found, edge = set[int](), {min(waiting)}
        while edge:
            found |= edge
            near = {one for pair in graph.pairs if not edge.isdisjoint(pair) for one in pair}
            edge = (near & waiting) - found
        waiting -= found
        yield found


def _mutual(graph: _Graph) -> Iterator[Pattern]:
    limits = graph.limits
    for (one, other), there in graph.pairs.items():
        back = graph.pairs.get((other, one), ())
        if one > other or min(len(there), len(back)) < limits.mutual:
            continue
        if _is_part(len(there), graph.received[other], limits.mutual_share) and _is_part(
            len(back), graph.received[one], limits.mutual_share
        ):
            yield Pattern(RECIPROCAL, (one, other), (*there, *back))


def _funnels(graph: _Graph) -> Iterator[Pattern]:
    limits = graph.limits
    for (giver, receiver), votes in graph.pairs.items():
        much = _is_part(len(votes), graph.given[giver], limits.funnel_given)
        if len(votes) >= limits.funnel and much and _is_part(len(votes), graph.received[receiver], limits.funnel_received):
            yield Pattern(FUNNEL, tuple(sorted((giver, receiver))), tuple(votes))


def _bursts(graph: _Graph) -> Iterator[Pattern]:
    """All votes that stand in any window which is full enough."""
    span, least = timedelta(minutes=graph.limits.burst_minutes), graph.limits.burst
    for (giver, receiver), votes in graph.pairs.items():
        full = [at for at in range(len(votes) - least + 1) if votes[at + least - 1].at - votes[at].at <= span]
        within = sorted({at + step for at in full for step in range(least)})
        if within:
            yield Pattern(BURST, tuple(sorted((giver, receiver))), tuple(votes[at] for at in within))


_SEEKERS: tuple[Callable[[_Graph], Iterator[Pattern]], ...] = (_rings, _mutual, _funnels, _bursts)
