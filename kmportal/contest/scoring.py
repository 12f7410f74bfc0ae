"""From sheets to places: exact arithmetic without a database, so that anybody can repeat it. docs/CONTEST.md states the method.

All numbers are fractions. Nothing is rounded before places are known; `shown` rounds what people read.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

Key = Hashable
HUNDRED = Fraction(100)
STEP = Decimal("0.0001")
SHARED = "shared"
"""Said of a tie that no criterion decides."""


@dataclass(frozen=True)
class Criterion:
    """`most` are the points of its highest level. They are given in the contest's order."""

    key: Key
    weight: int
    most: int


@dataclass(frozen=True)
class Sheet:
    """What one judge found of one entry: points for every criterion."""

    entry: Key
    judge: Key
    points: Mapping[Any, int]


@dataclass(frozen=True)
class Total:
    """Of 100. `raw` is the mean of the judges' totals as given; `by` and `raw_by` say the same for each criterion."""

    entry: Key
    sheets: int
    raw: Fraction
    normalised: Fraction
    raw_by: Mapping[Key, Fraction]
    by: Mapping[Key, Fraction]


@dataclass(frozen=True)
class Placed:
    """`tie` is "" where the total decided, the key of the criterion that did, or SHARED."""

    entry: Key
    place: int
    tie: Any


def shown(value: Fraction) -> Decimal:
    """As people read it: four places, half away from zero."""
    many = abs(value) * 10_000
    near = (2 * many.numerator + many.denominator) // (2 * many.denominator)
    return (near if value >= 0 else -near) * STEP


def of_hundred(points: int, criterion: Criterion) -> Fraction:
    return HUNDRED * points / criterion.most if criterion.most else Fraction(0)


def weighted(by: Mapping[Key, Fraction], criteria: Sequence[Criterion]) -> Fraction:
    """The total out of values of the criteria."""
    whole = sum(one.weight for one in criteria)
    return sum((by[one.key] * one.weight for one in criteria), Fraction(0)) / whole if whole else Fraction(0)


def totals(sheets: Iterable[Sheet], criteria: Sequence[Criterion], *, normalise: bool = True) -> dict[Key, Total]:
    """Each entry's total. An entry or a judge without a whole sheet does not occur.

    Args:
        normalise: whether the judges' strictness is taken out; otherwise `normalised` is `raw`.
    """
    values = {(one.entry, one.judge): [of_hundred(one.points[c.key], c) for c in criteria] for one in sheets}
    strictness = effects(values) if normalise else {}
    nothing = [Fraction(0)] * len(criteria)
    found: dict[Key, list[tuple[list[Fraction], list[Fraction]]]] = defaultdict(list)
    for (entry, judge), row in values.items():
        moved = [value - shift for value, shift in zip(row, strictness.get(judge, nothing), strict=True)]
        found[entry].append((row, moved))
    return {entry: _total(entry, rows, criteria) for entry, rows in found.items()}


def _total(entry: Key, rows: list[tuple[list[Fraction], list[Fraction]]], criteria: Sequence[Criterion]) -> Total:
    raw_by = {one.key: _mean([row[at] for row, _moved in rows]) for at, one in enumerate(criteria)}
    by = {one.key: _mean([moved[at] for _row, moved in rows]) for at, one in enumerate(criteria)}
    return Total(entry, len(rows), weighted(raw_by, criteria), weighted(by, criteria), raw_by, by)


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def strictness(sheets: Iterable[Sheet], criteria: Sequence[Criterion]) -> dict[Key, Fraction]:
    """By how much of 100 each judge's totals lie above (mild) or below (strict) those of the judges they are compared with."""
    values = {(one.entry, one.judge): [of_hundred(one.points[c.key], c) for c in criteria] for one in sheets}
    keys = [one.key for one in criteria]
    return {judge: weighted(dict(zip(keys, row, strict=True)), criteria) for judge, row in effects(values).items()}


def effects(values: Mapping[tuple[Key, Key], list[Fraction]]) -> dict[Key, list[Fraction]]:
    """Least squares of value = entry + judge, for every column of values at once.

    Judges who share no entry, also not through others, cannot be compared: each such group is solved by itself, and the effects of
    a group, each counted as often as that judge gave a sheet, add up to nothing.

    Args:
        values: by (entry, judge).
    """
    found: dict[Key, list[Fraction]] = {}
    for group in groups(values):
        part = {pair: row for pair, row in values.items() if pair[1] in group}
        found |= _solve_group(sorted(group, key=repr), part)
    return found


def groups(pairs: Iterable[tuple[Key, Key]]) -> list[set[Key]]:
    """Judges who are linked by entries that both judged, given as (entry, judge). One group is what one wants."""
    of_entry: dict[Key, set[Key]] = defaultdict(set)
    for entry, judge in pairs:
        of_entry[entry].add(judge)
    found: list[set[Key]] = []
    for judges in of_entry.values():
        linked = [group for group in found if group & judges]
        found = [group for group in found if not group & judges] + [judges.union(*linked)]
    return found


def _solve_group(judges: list[Key], values: Mapping[tuple[Key, Key], list[Fraction]]) -> dict[Key, list[Fraction]]:
    of_entry: dict[Key, list[tuple[Key, list[Fraction]]]] = defaultdict(list)
    for (entry, judge), row in values.items():
        of_entry[entry].append((judge, row))
    columns, place = len(next(iter(values.values()))), {judge: at for at, judge in enumerate(judges)}
    left = [[Fraction(0)] * len(judges) for _judge in judges]
    right = [[Fraction(0)] * columns for _judge in judges]
    counts = [Fraction(0)] * len(judges)
    for rows in of_entry.values():
        means = [_mean([row[at] for _judge, row in rows]) for at in range(columns)]
        for judge, row in rows:
            line = place[judge]
            counts[line] += 1
            left[line][line] += 1
            right[line] = [before + value - mean for before, value, mean in zip(right[line], row, means, strict=True)]
            for other, _row in rows:
                left[line][place[other]] -= Fraction(1, len(rows))
    # The equations of a group say the same once too often; in place of the last one stands that the effects balance.
    left[-1], right[-1] = counts, [Fraction(0)] * columns
    return dict(zip(judges, _solve(left, right), strict=True))


def _solve(left: list[list[Fraction]], right: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss and Jordan, exactly; the equations have one solution."""
    rows = [[*one, *other] for one, other in zip(left, right, strict=True)]
    size = len(rows)
    for at in range(size):
        pivot = next(line for line in range(at, size) if rows[line][at])
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for line in range(size):
            if line != at and (factor := rows[line][at]):
                rows[line] = [value - factor * own for value, own in zip(rows[line], rows[at], strict=True)]
    return [row[size:] for row in rows]


def tie_order(criteria: Sequence[Criterion]) -> list[Criterion]:
    """The criteria as they decide ties: the heaviest first, of equal ones the one that stands first in the contest."""
    return sorted(criteria, key=lambda one: -one.weight)


def placed(found: Iterable[Total], criteria: Sequence[Criterion], *, by: Mapping[Key, Fraction] | None = None) -> list[Placed]:
    """Places, the best first; who shares one shares its number, and the next place is left out.

    Args:
        found: the entries that compete with each other, of one category.
        by: the totals that count, where they are others than the normalised ones (with the popular vote in them).
    """
    order = tie_order(criteria)
    rows: list[tuple[Any, ...]] = [
        ((by[one.entry] if by else one.normalised), *(one.by[c.key] for c in order), one.entry) for one in found
    ]
    rows.sort(key=lambda row: ([-value for value in row[:-1]], repr(row[-1])))
    answer: list[Placed] = []
    for at, row in enumerate(rows):
        same = at > 0 and rows[at - 1][:-1] == row[:-1]
        answer.append(Placed(row[-1], answer[-1].place if same else at + 1, _decided(rows, at, order)))
    return answer


def _decided(rows: list[tuple[Any, ...]], at: int, order: Sequence[Criterion]) -> Any:
    """How the entry was told apart from its neighbours with the same total: by the latest criterion that had to be asked."""
    tied = [rows[near] for near in (at - 1, at + 1) if 0 <= near < len(rows) and rows[near][0] == rows[at][0]]
    if not tied:
        return ""
    depth = max(next((n for n in range(1, len(order) + 1) if one[n] != rows[at][n]), len(order) + 1) for one in tied)
    return SHARED if depth > len(order) else order[depth - 1].key
