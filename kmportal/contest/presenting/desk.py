"""A judge's list and progress, and the calibration entry beside the other judges."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kmportal.contest import scoring
from kmportal.contest.models import Assignment, Contest, Criterion, Judge, Score
from kmportal.contest.phases import is_judged


@dataclass(frozen=True)
class Desk:
    """`opened` is False before judging begins: then nothing of the entries is told."""

    rows: Sequence[Assignment]
    done: int
    opened: bool
    writable: bool
    calibrates: bool
    comparable: bool

    @property
    def total(self) -> int:
        return len(self.rows)


def of_judge(contest: Contest, judge: Judge) -> Desk:
    """In the judge's own order, the calibration entry first."""
    writable = is_judged(contest)
    opened = writable or contest.judging_closed_at is not None
    held = (
        Assignment.objects.judged_by(judge.user).filter(judge=judge).select_related("entry__category").order_by("position", "pk")
    )
    rows = list(held) if opened else []
    waits = any(one.how == "calibration" and one.state == "open" for one in rows) and judge.calibrated_at is None
    comparable = contest.calibration_opened_at is not None and judge.calibrated_at is not None
    done = sum(1 for one in rows if one.state == "done")
    return Desk(rows, done, opened, writable, waits, comparable)


def after(sheet: Assignment, *, handed_in: bool) -> tuple[str, str, int] | tuple[str, str]:
    """Where a judge goes on: the same sheet while it is open, then the next open one, at the end the list."""
    slug = sheet.judge.contest.slug
    if not handed_in:
        return "contest:sheet", slug, sheet.position
    waiting = Assignment.objects.filter(judge=sheet.judge, state="open").exclude(pk=sheet.pk).order_by("position")
    following = waiting.filter(position__gt=sheet.position).first() or waiting.first()
    return ("contest:sheet", slug, following.position) if following else ("contest:judge", slug)


@dataclass(frozen=True)
class Compared:
    """Points of the judge, and mean, lowest and highest of all who scored it."""

    criterion: Criterion
    own: int
    mean: str
    lowest: int
    highest: int
    judges: int


def calibration(contest: Contest, judge: Judge) -> list[Compared]:
    """Without names: only judges who handed the calibration sheet in count and see it."""
    sheets = Assignment.objects.filter(judge__contest=contest, how="calibration", state="done")
    rows = Score.objects.filter(assignment__in=sheets, points__isnull=False).values_list(
        "criterion", "points", "assignment__judge"
    )
    found = []
    for criterion in contest.criteria.all():
        marks = {who: points or 0 for key, points, who in rows if key == criterion.pk}
        if judge.pk in marks:
            every = list(marks.values())
            mean = scoring.shown(Fraction(sum(every), len(every)))
            found.append(Compared(criterion, marks[judge.pk], f"{mean:.1f}", min(every), max(every), len(every)))
    return found
