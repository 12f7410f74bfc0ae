"""Results made ready for their pages: rows by category, prizes in words, what the people of an entry read of its scores."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from kmportal.contest.models import Assignment, Category, Certificate, Entry, PrizeAward, ResultRow, ResultVersion

LETTERS = "ABCDEFGHJ"


@dataclass(frozen=True)
class Line:
    """A row of the table."""

    row: ResultRow
    entry: Entry
    prizes: list[str]
    tie: str
    left_out: str


@dataclass
class Table:
    category: Category
    lines: list[Line] = field(default_factory=list)
    has_ties: bool = False


def tables(version: ResultVersion) -> list[Table]:
    """The rows of a version by category, in the contest's order; who has no place stands last."""
    prizes = {one.pk: str(one) for one in version.contest.prizes.all()}
    criteria = {str(one.pk): str(one) for one in version.contest.criteria.all()}
    found = {one.pk: Table(one) for one in version.contest.categories.all()}
    rows = version.rows.select_related("entry__agency", "entry__contest", "category")
    for row in sorted(rows, key=lambda one: (one.place or 10_000, one.entry.code)):
        named = [prizes[key] for key in row.detail["prizes"] if key in prizes]
        table = found[row.category_id]
        table.lines.append(Line(row, row.entry, named, _tie(row, criteria), row.detail["left_out"]))
        table.has_ties = table.has_ties or bool(row.tie_rule)
    return [table for table in found.values() if table.lines]


def _tie(row: ResultRow, criteria: dict[str, str]) -> str:
    if not row.tie_rule:
        return ""
    if row.tie_rule == "shared":
        return _("The place is shared: totals and every criterion are equal.")
    return _("Equal totals; decided by the criterion “%(criterion)s”.") % {"criterion": criteria.get(row.tie_rule, "")}


@dataclass(frozen=True)
class Given:
    """What one judge gave for a criterion. Judges are letters, others for each entry."""

    judge: str
    points: int | None
    note: str


@dataclass
class Scored:
    criterion: Any
    mean: str
    given: list[Given] = field(default_factory=list)


@dataclass(frozen=True)
class Notes:
    """Criterion by criterion, and the words each judge left for the entry as a whole."""

    scored: list[Scored]
    words: list[Given]


def notes_for(entry: Entry, row: ResultRow | None) -> Notes:
    """What the people of an entry read after publication. Judges are not named, and a letter tells nothing across entries."""
    sheets = Assignment.objects.filter(entry=entry, state=Assignment.State.DONE).exclude(how=Assignment.How.CALIBRATION)
    ordered = sorted(
        sheets.prefetch_related("scores"), key=lambda one: sha256(f"{entry.pk}:{one.pk}:{entry.code}".encode()).digest()
    )
    means: dict[str, Any] = row.detail["criteria"] if row else {}
    scored = {one.pk: Scored(one, (means.get(str(one.pk)) or [""])[0]) for one in entry.contest.criteria.all()}
    words = []
    for letter, sheet in zip(LETTERS, ordered, strict=False):
        for score in sheet.scores.all():
            if score.criterion_id in scored:
                scored[score.criterion_id].given.append(Given(letter, score.points, score.note))
        if sheet.note:
            words.append(Given(letter, None, sheet.note))
    return Notes(list(scored.values()), words)


def awards_of(entry: Entry, user: Any) -> list[PrizeAward]:
    """The person's own points of this entry."""
    if not user.is_authenticated:
        return []
    return list(PrizeAward.objects.filter(entry=entry, user=user).select_related("prize").order_by("pk"))


def rows_that_hold(entries: Iterable[Entry]) -> dict[int, ResultRow]:
    """Of entries that the reader was found to see, their rows in the version that holds."""
    rows = ResultRow.objects.filter(entry__in=[one.pk for one in entries], version__number=F("version__contest__results_version"))
    return {row.entry_id: row for row in rows.select_related("prize", "popular_prize")}


def won(row: ResultRow | None) -> list[str]:
    """Its prizes in words."""
    return [str(prize) for prize in (row.prize, row.popular_prize) if prize is not None] if row else []


def by_code(code: str) -> Certificate | None:
    """For whoever holds the paper: its code is what they show."""
    rows = Certificate.objects.select_related("entry__contest", "entry__agency", "row__version")
    return rows.filter(code=code).first()
