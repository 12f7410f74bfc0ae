"""From the tables to the arithmetic of scoring.py: what counts when judging is closed."""

from collections import defaultdict
from collections.abc import Hashable

from django.db.models import Max

from kmportal.contest import scoring
from kmportal.contest.models import Assignment, Contest, Score


class StillJudged(Exception):
    """Scores are nobody's but their judges' until judging is closed."""


def criteria_of(contest: Contest) -> list[scoring.Criterion]:
    rows = contest.criteria.annotate(most=Max("levels__points")).order_by("position", "pk")
    return [scoring.Criterion(one.pk, one.weight, one.most or 0) for one in rows]


def sheets_of(contest: Contest) -> list[scoring.Sheet]:
    """Handed-in sheets of entries that take part, by the keys of entry and judge.

    Raises:
        StillJudged
    """
    if contest.judging_closed_at is None:
        raise StillJudged(contest.pk)
    counted = Assignment.objects.filter(judge__contest=contest).counted()
    points: dict[tuple[int, int], dict[Hashable, int]] = defaultdict(dict)
    rows = Score.objects.filter(assignment__in=counted, points__isnull=False)
    for entry, judge, criterion, value in rows.values_list("assignment__entry", "assignment__judge", "criterion", "points"):
        points[entry, judge][criterion] = value or 0
    return [scoring.Sheet(entry, judge, found) for (entry, judge), found in sorted(points.items())]


def totals_of(contest: Contest) -> dict[Hashable, scoring.Total]:
    """By the key of the entry, as the contest's rule on strict and mild judges wants it.

    Raises:
        StillJudged
    """
    normalise = contest.normalisation == Contest.Normalisation.SHIFT
    return scoring.totals(sheets_of(contest), criteria_of(contest), normalise=normalise)
