"""The organisers' page of judging: who judges, what, and how far. Scores are not in it before judging is closed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from kmportal.contest import clock, deeds_judging, scoring, sheets
from kmportal.contest.actions.judging_ground import numbers
from kmportal.contest.models import Assignment, AuditAct, Contest, Entry, Judge, Recusal
from kmportal.contest.phases import is_judged
from kmportal.people.models import Person


@dataclass
class JudgeRow:
    judge: Judge
    name: str
    number: str
    calibrated: bool
    done: int = 0
    waiting: int = 0
    aside: int = 0

    @property
    def total(self) -> int:
        return self.done + self.waiting


@dataclass(frozen=True)
class Given:
    """One cell: that there is a sheet, and how far; never what it says."""

    pk: int
    number: str
    name: str
    state: str
    how: str


@dataclass(frozen=True)
class EntryRow:
    entry: Entry
    given: Sequence[Given]
    lacks: int


@dataclass(frozen=True)
class Panel:
    judges: Sequence[JudgeRow]
    left: Sequence[JudgeRow]
    entries: Sequence[EntryRow]
    conflicts: Sequence[tuple[str, Recusal]]
    calibration: Entry | None
    done: int
    total: int
    late: bool
    open: bool
    groups: int
    """How many groups of judges share no entry; one is what one wants, and none before the draw."""

    @property
    def lacking(self) -> bool:
        return any(row.lacks for row in self.entries)


def panel(contest: Contest, user: Any) -> Panel:
    """Everything of the page in a fixed number of queries."""
    names = numbers(contest)
    judges = _judges(contest, user, names)
    given: dict[int, list[Given]] = defaultdict(list)
    for one in Assignment.objects.visible_to(user).filter(judge__contest=contest).order_by("judge", "position"):
        row = judges[one.judge_id]
        _count(row, one)
        given[one.entry_id].append(Given(one.pk, row.number, row.name, one.state, one.how))
    admitted = Entry.objects.filter(contest=contest, state="accepted").select_related("contest", "category").order_by("code")
    entries = [_row(entry, given[entry.pk], contest) for entry in admitted if not entry.is_calibration]
    recused = Recusal.objects.visible_to(user).filter(judge__contest=contest).select_related("entry", "entry__contest")
    live = [row for row in judges.values() if row.judge.left_at is None]
    done, waiting = sum(row.done for row in judges.values()), sum(row.waiting for row in judges.values())
    late = contest.judge_until is not None and contest.judge_until <= clock.now() and waiting > 0
    pairs = [(row.entry.pk, one.number) for row in entries for one in row.given if one.state != "recused"]
    return Panel(
        live, [row for row in judges.values() if row.judge.left_at is not None], entries,
        [(judges[one.judge_id].name, one) for one in recused], next((one for one in admitted if one.is_calibration), None),
        done, done + waiting, late, is_judged(contest), len(scoring.groups(pairs)),
    )  # fmt: skip


def _judges(contest: Contest, user: Any, names: dict[int, str]) -> dict[int, JudgeRow]:
    rows = Judge.objects.visible_to(user).filter(contest=contest).select_related("user", "user__agency").order_by("pk")
    return {one.pk: JudgeRow(one, str(one.user), names[one.pk], one.calibrated_at is not None) for one in rows}


def _count(row: JudgeRow, one: Assignment) -> None:
    if one.state == "recused":
        row.aside += 1
    elif one.how != "calibration":
        row.done += one.state == "done"
        row.waiting += one.state == "open"


def _row(entry: Entry, given: list[Given], contest: Contest) -> EntryRow:
    held = sum(1 for one in given if one.state != "recused")
    return EntryRow(entry, given, max(0, contest.judges_per_entry - held))


def candidates(contest: Contest, user: Any, words: str) -> list[Person]:
    """People with accounts who could be appointed, by name."""
    known = Person.objects.visible_to(user).matching(words).filter(user__is_active=True)
    return list(known.exclude(user__in=contest.judges.sitting().values("user")).select_related("agency")[:10])


@dataclass(frozen=True)
class Outcome:
    """After closing: an entry's totals as given and with the judges' strictness taken out."""

    entry: Entry
    sheets: int
    raw: Decimal
    normalised: Decimal


def outcome(contest: Contest) -> tuple[list[Outcome], list[tuple[str, Decimal]]]:
    """Totals, and how far each judge lies above or below the others. Nothing before judging is closed."""
    if contest.judging_closed_at is None:
        return [], []
    found, names = sheets.totals_of(contest), numbers(contest)
    entries = Entry.objects.filter(contest=contest).in_bulk([key for key in found if isinstance(key, int)])
    rows = [
        Outcome(entries[key], one.sheets, scoring.shown(one.raw), scoring.shown(one.normalised))
        for key, one in found.items()
        if isinstance(key, int)
    ]
    rows.sort(key=lambda row: (-row.normalised, row.entry.code))
    strict = scoring.strictness(sheets.sheets_of(contest), sheets.criteria_of(contest))
    judges = [(names[key], scoring.shown(value)) for key, value in strict.items() if isinstance(key, int)]
    return rows, sorted(judges, key=lambda pair: int(pair[0][1:]))


def draws(contest: Contest) -> list[AuditAct]:
    """The draws in their order, for everybody once judging is closed: what stands in the book of them names no judge."""
    if not contest.seed_published:
        return []
    acts = (deeds_judging.DRAWN, deeds_judging.FILLED, deeds_judging.REPLACED)
    return list(AuditAct.objects.filter(contest=contest, act__in=acts).select_related("entry").order_by("pk"))


def fingerprint(contest: Contest) -> str:
    """SHA-256 of the seed: shown from the draw on, so that nobody can put another seed in its place."""
    return sha256(contest.seed.encode()).hexdigest() if contest.seed else ""
