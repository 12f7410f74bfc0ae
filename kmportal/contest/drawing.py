"""The draw: who judges what, from a seed. The same seed, entries, judges and bars give the same draw on every machine; docs/CONTEST.md
states the steps so that an outsider can repeat them.

It knows no database. Entries go by their codes, judges by their numbers in the contest ("J1", "J2", …).
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

METHOD = "1"
"""Grows when the steps change: the book of a contest says which were taken."""
MOST_TRIES = 50


@dataclass(frozen=True)
class Given:
    """What the draw is made from. `may` lists, for each entry, the judges who may have it; `had` what stands already."""

    seed: str
    per_entry: int
    may: Mapping[str, Collection[str]]
    judges: Sequence[str]
    had: Collection[tuple[str, str]] = field(default_factory=tuple)


@dataclass(frozen=True)
class Drawn:
    """Pairs (entry, judge) that are new, sorted; the try that was taken; entries for which there are too few judges."""

    pairs: list[tuple[str, str]]
    attempt: int
    short: list[str]


def mark(*parts: object) -> str:
    """The lot of something: SHA-256 of its parts joined by "|", in hexadecimal. The lower one comes first."""
    return sha256("|".join(str(part) for part in parts).encode()).hexdigest()


def draw(given: Given) -> Drawn:
    """The first of fifty tries in which all judges are linked by entries that they share; without such a one, the first."""
    first: set[tuple[str, str]] | None = None
    chosen, attempt = None, 0
    for number in range(MOST_TRIES):
        pairs = _try(given, number)
        first = pairs if first is None else first
        if _linked(pairs):
            chosen, attempt = pairs, number
            break
    pairs = chosen if chosen is not None else first or set()
    counts = Counter(entry for entry, _judge in pairs)
    short = sorted(entry for entry in given.may if counts[entry] < given.per_entry)
    return Drawn(sorted(pairs - set(given.had)), attempt, short)


def _try(given: Given, attempt: int) -> set[tuple[str, str]]:
    pairs = set(given.had)
    loads = {judge: sum(1 for _entry, one in pairs if one == judge) for judge in given.judges}
    counts = Counter(entry for entry, _judge in pairs)
    # Entries that few judges may have choose first.
    order = sorted(given.may, key=lambda entry: (len(given.may[entry]), mark(given.seed, attempt, entry)))
    for turn in range(1, given.per_entry + 1):
        for entry in order:
            if counts[entry] >= turn:
                continue
            free = [judge for judge in given.may[entry] if (entry, judge) not in pairs]
            if free:
                judge = min(free, key=lambda one: (loads[one], mark(given.seed, attempt, entry, one)))
                pairs.add((entry, judge))
                loads[judge] += 1
                counts[entry] += 1
    _level(given, attempt, pairs, loads)
    return pairs


def _level(given: Given, attempt: int, pairs: set[tuple[str, str]], loads: dict[str, int]) -> None:
    """Moves entries, one at a time, from a judge with more to one with at least two fewer, while that is possible."""
    fixed = set(given.had)
    while True:
        moves = [
            (loads[less] - loads[more], mark(given.seed, attempt, "move", entry, more, less), entry, more, less)
            for entry, more in pairs - fixed
            for less in given.may[entry]
            if loads[more] - loads[less] > 1 and (entry, less) not in pairs
        ]
        if not moves:
            return
        _gap, _lot, entry, more, less = min(moves)
        pairs.remove((entry, more))
        pairs.add((entry, less))
        loads[more] -= 1
        loads[less] += 1


def _linked(pairs: Collection[tuple[str, str]]) -> bool:
    """Whether everybody who judges is compared with everybody else, be it through others."""
    of_entry: dict[str, set[str]] = {}
    for entry, judge in pairs:
        of_entry.setdefault(entry, set()).add(judge)
    seen: set[str] = set()
    waiting = set(next(iter(of_entry.values()), set()))
    while waiting:
        seen |= waiting
        waiting = set().union(*(judges for judges in of_entry.values() if judges & waiting)) - seen
    return seen == {judge for _entry, judge in pairs}


def replacement(seed: str, entry: str, free: Collection[str], loads: Mapping[str, int]) -> str | None:
    """Who takes the entry of a judge who stepped aside: whoever has least to do, then the lower lot."""
    return min(free, key=lambda judge: (loads.get(judge, 0), mark(seed, "replacement", entry, judge)), default=None)


def order(seed: str, judge: str, entries: Collection[str]) -> list[str]:
    """The order in which a judge meets the entries: another for each judge, so that no entry is always first."""
    return sorted(entries, key=lambda entry: mark(seed, "order", judge, entry))
