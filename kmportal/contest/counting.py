"""From what judges and voters gave to the rows of a result. Exact: fractions until places are known. docs/CONTEST.md states the formula."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from kmportal.contest import scoring
from kmportal.contest.models import Assignment, Contest, Entry, Prize, Score, Vote

HUNDRED = Fraction(100)


@dataclass
class Row:
    """What one entry comes to. Of 100, as fractions; `tie` is "" or what parted it from an equal total."""

    entry: Entry
    votes: int
    popular: Fraction
    sheets: int = 0
    judged: Fraction | None = None
    total: Fraction | None = None
    place: int | None = None
    overall: int | None = None
    popular_place: int | None = None
    popular_overall: int | None = None
    tie: str = ""
    left_out: str = ""
    criteria: dict[str, list[str]] = field(default_factory=dict)
    prizes: list[Prize] = field(default_factory=list)


def criteria_of(contest: Contest) -> list[scoring.Criterion]:
    """In the contest's order; the points of the highest level are what 100 stands for."""
    rows = contest.criteria.prefetch_related("levels")
    return [scoring.Criterion(one.pk, one.weight, max((level.points for level in one.levels.all()), default=0)) for one in rows]


def sheets_of(contest: Contest) -> list[scoring.Sheet]:
    """What judges finished of admitted entries: whole sheets alone, without the calibration."""
    wanted = {one.key for one in criteria_of(contest)}
    scores = Score.objects.filter(
        assignment__judge__contest=contest, assignment__state=Assignment.State.DONE, assignment__entry__state=Entry.State.ACCEPTED,
        assignment__entry__is_calibration=False, points__isnull=False,
    ).exclude(assignment__how=Assignment.How.CALIBRATION)  # fmt: skip
    found: dict[tuple[int, int], dict[Any, int]] = {}
    for entry, judge, criterion, points in scores.values_list("assignment__entry", "assignment__judge", "criterion", "points"):
        found.setdefault((entry, judge), {})[criterion] = points or 0
    return [scoring.Sheet(entry, judge, points) for (entry, judge), points in found.items() if points.keys() == wanted]


def votes_of(contest: Contest) -> Counter[int]:
    """Votes that count, by entry."""
    counted = Vote.objects.filter(category__contest=contest, set_aside_at=None)
    return Counter(counted.values_list("entry", flat=True))


def count(contest: Contest, left_out: Mapping[int, str]) -> list[Row]:
    """A row for each admitted entry.

    Args:
        left_out: entries that get no place, with the reason.
    """
    criteria, votes = criteria_of(contest), votes_of(contest)
    entries = list(contest.entries.admitted().select_related("category").order_by("pk"))
    totals = scoring.totals(sheets_of(contest), criteria, normalise=contest.normalisation != Contest.Normalisation.NONE)
    most = {one.category_id: 0 for one in entries}
    for one in entries:
        most[one.category_id] = max(most[one.category_id], votes[one.pk])
    rows = [
        Row(one, votes[one.pk], _part(votes[one.pk], most[one.category_id]), left_out=left_out.get(one.pk, "")) for one in entries
    ]
    for row in rows:
        if row.entry.pk in totals:
            _judge(row, totals[row.entry.pk], contest.popular_share)
    known = {row.entry.pk: row for row in rows}
    by: dict[Hashable, Fraction] = {row.entry.pk: row.total for row in rows if row.total is not None}
    for category in {one.category_id for one in entries}:
        mine = [totals[row.entry.pk] for row in rows if row.total is not None and row.entry.category_id == category]
        for placed in scoring.placed(mine, criteria, by=by):
            known[placed.entry].place, known[placed.entry].tie = placed.place, str(placed.tie)  # type: ignore[index]  # keys are entries
    for placed in scoring.placed([totals[key] for key in by], criteria, by=by):
        known[placed.entry].overall = placed.place  # type: ignore[index]  # the same
    _popular(rows)
    _prizes(contest, rows)
    return rows


def _part(votes: int, most: int) -> Fraction:
    return HUNDRED * votes / most if most else Fraction(0)


def _judge(row: Row, total: scoring.Total, share: int) -> None:
    row.sheets, row.judged = total.sheets, total.normalised
    row.criteria = {
        str(key): [str(scoring.shown(total.raw_by[key])), str(scoring.shown(value))] for key, value in total.by.items()
    }
    if not row.left_out:
        row.total = (total.normalised * (100 - share) + row.popular * share) / 100


def _popular(rows: list[Row]) -> None:
    standing = [row for row in rows if row.votes and not row.left_out]
    for row in standing:
        rivals = [other for other in standing if other.entry.category_id == row.entry.category_id]
        row.popular_place = 1 + sum(other.votes > row.votes for other in rivals)
        row.popular_overall = 1 + sum(other.votes > row.votes for other in standing)


def _prizes(contest: Contest, rows: list[Row]) -> None:
    """Prizes of a category go by the place in it, prizes of the whole contest by the place among all. Who shares a place gets the prize."""
    prizes = list(contest.prizes.select_related("category"))
    for row in rows:
        row.prizes = [one for one in prizes if _wins(row, one)]


def _wins(row: Row, prize: Prize) -> bool:
    if prize.category_id not in (None, row.entry.category_id):
        return False
    if prize.kind == Prize.Kind.POPULAR:
        return prize.place == (row.popular_overall if prize.category_id is None else row.popular_place)
    return prize.place == (row.overall if prize.category_id is None else row.place)
