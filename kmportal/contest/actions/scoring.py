"""Score sheets: kept while a judge works, handed in once, and the end of judging."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, deeds_judging
from kmportal.contest.actions.ground import ContestError, touch, write
from kmportal.contest.actions.judging_ground import How, JudgingClosed, NotOpenYet, State, competing, numbers, take_panel
from kmportal.contest.deeds_judging import LATE
from kmportal.contest.models import Assignment, Contest, Judge, Score
from kmportal.contest.models.shared import LONGEST_NOTE
from kmportal.contest.phases import is_judged
from kmportal.inbox.actions import tell
from kmportal.people.models import User

LONGEST_REASON = 1000
ROWS_A_ROUND = 200
AHEAD = timedelta(days=3)


class WrittenMeanwhile(ContestError):
    words = _("This sheet was changed in another window. Your marks are kept in the boxes; look, then save again.")


class HandedIn(ContestError):
    words = _("This sheet is handed in. Ask the organiser to give it back if it must change.")


class CalibrateFirst(ContestError):
    words = _("Score the calibration entry first: it brings all judges to one scale.")


class NoSuchLevel(ContestError):
    words = _("Choose one of the levels that are described.")


class NotWhole(ContestError):
    words = _("Choose a level for every criterion before you hand the sheet in.")


class ReasonMissing(ContestError):
    words = _("Some sheets are open still. Say why judging is closed without them: it stands in the book.")


class NotHandedIn(ContestError):
    words = _("This sheet is not handed in.")


class Unjudged(ContestError):
    """`words` name the entries."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(codes)
        self.words = _("Nobody has judged these entries yet: %(codes)s. Give them to a judge first.") % {
            "codes": ", ".join(codes)
        }


@dataclass(frozen=True)
class Marks:
    """What a judge wrote: points and notes by the key of the criterion, and words for the entrant."""

    points: Mapping[int, int | None]
    notes: Mapping[int, str]
    note: str = ""


def take_sheet(*, actor: User, assignment: int) -> Assignment:
    """The judge's sheet, locked after its contest: closing judging and saving wait for each other, so nothing is kept after the end.

    Raises:
        Assignment.DoesNotExist: not theirs, or they stepped aside.
        NotOpenYet, JudgingClosed
    """
    key = Assignment.objects.judged_by(actor).values_list("judge__contest", flat=True).get(pk=assignment)
    contest = Contest.objects.select_for_update(no_key=True).get(pk=key)
    row = Assignment.objects.judged_by(actor).select_related("judge", "entry").select_for_update(no_key=True, of=("self",))
    found: Assignment = row.get(pk=assignment)
    found.judge.contest = contest
    if contest.judging_closed_at is not None:
        raise JudgingClosed
    if not is_judged(contest):
        raise NotOpenYet
    return found


@transaction.atomic
def save_sheet(*, actor: User, assignment: int, marks: Marks, revision: int | None = None, hand_in: bool = False) -> Assignment:
    """Keeps what the judge wrote; with `hand_in` the sheet counts from then on. Handing the same in again changes nothing.

    Args:
        revision: what the judge had before them; None saves in any case.

    Raises:
        Assignment.DoesNotExist
        NotOpenYet, JudgingClosed, CalibrateFirst, WrittenMeanwhile, HandedIn, NoSuchLevel, NotWhole
    """
    found = take_sheet(actor=actor, assignment=assignment)
    wanted = _wanted(found, marks)
    same = wanted == _kept(found) and _text(marks.note) == found.note
    if found.state == State.DONE:
        if same:
            return found
        raise HandedIn
    if revision is not None and revision != found.revision and not same:
        raise WrittenMeanwhile
    _require_order(found)
    if not same:
        _keep(found, wanted, _text(marks.note))
    if hand_in:
        _hand_in(actor, found, wanted)
    return found


def _wanted(found: Assignment, marks: Marks) -> dict[int, tuple[int | None, str]]:
    """By criterion; only points that a level describes."""
    answer: dict[int, tuple[int | None, str]] = {}
    for criterion in found.judge.contest.criteria.prefetch_related("levels"):
        points = marks.points.get(criterion.pk)
        if points is not None and points not in {level.points for level in criterion.levels.all()}:
            raise NoSuchLevel
        answer[criterion.pk] = (points, _text(marks.notes.get(criterion.pk, "")))
    return answer


def _kept(found: Assignment) -> dict[int, tuple[int | None, str]]:
    rows = {one.criterion_id: (one.points, one.note) for one in found.scores.all()}
    return {key: rows.get(key, (None, "")) for key in found.judge.contest.criteria.values_list("pk", flat=True)}


def _text(note: str) -> str:
    return note.replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST_NOTE]


def _require_order(found: Assignment) -> None:
    if found.how == How.CALIBRATION or found.judge.calibrated_at is not None:
        return
    if found.judge.assignments.filter(how=How.CALIBRATION, state=State.OPEN).exists():
        raise CalibrateFirst


def _keep(found: Assignment, wanted: dict[int, tuple[int | None, str]], note: str) -> None:
    for key, (points, words) in wanted.items():
        values = {"points": points, "note": words, "changed_at": clock.now()}
        Score.objects.update_or_create(assignment=found, criterion_id=key, defaults=values)
    Assignment.objects.filter(pk=found.pk).update(note=note, revision=F("revision") + 1)
    found.note, found.revision = note, found.revision + 1


def _hand_in(actor: User, found: Assignment, wanted: dict[int, tuple[int | None, str]]) -> None:
    if any(points is None for points, _words in wanted.values()):
        raise NotWhole
    contest, now = found.judge.contest, clock.now()
    # The conditions stand in the statement too: whatever changed meanwhile, nothing is handed in after the end.
    open_still = {
        "state": State.OPEN,
        "judge__contest__judging_closed_at": None,
        "judge__contest__state": Contest.State.ANNOUNCED,
    }
    if not Assignment.objects.filter(pk=found.pk, **open_still).update(state=State.DONE, done_at=now):
        raise JudgingClosed
    found.state, found.done_at = State.DONE, now
    if found.how == How.CALIBRATION:
        Judge.objects.filter(pk=found.judge_id).update(calibrated_at=now)
    # Without points: the book is open to organisers, who learn scores when judging is closed.
    write(contest=contest, actor=actor, act=deeds_judging.SHEET_DONE, entry=found.entry, judge=numbers(contest)[found.judge_id])


@transaction.atomic
def give_back(*, actor: User, assignment: int, reason: str) -> Assignment:
    """Lets a judge look again at a sheet that was handed in. The organiser does not see what it says.

    Raises:
        Assignment.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet, ReasonMissing, NotHandedIn
    """
    row = Assignment.objects.visible_to(actor).select_related("judge", "entry").get(pk=assignment)
    contest = take_panel(actor=actor, contest=row.judge.contest_id)
    if not (said := " ".join(reason.split())[:LONGEST_REASON]):
        raise ReasonMissing
    opened = {"state": State.OPEN, "done_at": None, "reopened_at": clock.now(), "reminded_at": None}
    if not Assignment.objects.filter(pk=assignment, state=State.DONE).update(**opened):
        raise NotHandedIn
    write(
        contest=contest, actor=actor, act=deeds_judging.SHEET_REOPENED, entry=row.entry, judge=numbers(contest)[row.judge_id],
        reason=said,
    )  # fmt: skip
    tell(kind=deeds_judging.NEW_WORK, recipients=[row.judge.user], thing=contest, key=f"back:{row.pk}:{clock.now().isoformat()}")
    row.refresh_from_db(fields=["state", "done_at", "reopened_at"])
    return row


@transaction.atomic
def close_judging(*, actor: User, contest: int, reason: str = "") -> Contest:
    """Ends judging for good: from now on organisers see scores, no judge changes one, and the seed of the draw is public.

    Raises:
        Contest.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet, Unjudged, ReasonMissing: sheets are open still.
    """
    found = take_panel(actor=actor, contest=contest)
    if not is_judged(found):
        raise NotOpenYet
    judged = set(Assignment.objects.filter(judge__contest=found).counted().values_list("entry", flat=True))
    if missing := [one.code for one in competing(found) if one.pk not in judged]:
        raise Unjudged(missing)
    waiting = Assignment.objects.filter(judge__contest=found, state=State.OPEN).exclude(how=How.CALIBRATION).count()
    said = " ".join(reason.split())[:LONGEST_REASON]
    if waiting and not said:
        raise ReasonMissing
    changed: dict[str, Any] = {"judging_closed_at": clock.now(), "seed_published": bool(found.seed)}
    Contest.objects.filter(pk=found.pk).update(**changed)
    for name, value in changed.items():
        setattr(found, name, value)
    touch(found)
    write(contest=found, actor=actor, act=deeds_judging.CLOSED, open=waiting, reason=said, seed=found.seed)
    return found


@transaction.atomic
def open_calibration(*, actor: User, contest: int) -> Contest:
    """Lets judges who scored the calibration entry see how they compare, without names.

    Raises:
        Contest.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet
    """
    found = take_panel(actor=actor, contest=contest)
    if found.calibration_opened_at is None:
        found.calibration_opened_at = clock.now()
        Contest.objects.filter(pk=found.pk).update(calibration_opened_at=found.calibration_opened_at)
        write(contest=found, actor=actor, act=deeds_judging.COMPARED)
    return found


def remind_judges() -> None:
    """The chore of the task worker: three days before the end of judging, and when it has passed, judges hear of their open sheets once."""
    now = clock.now()
    for judge in _with_open_sheets()[:ROWS_A_ROUND]:
        until = judge.contest.judge_until
        step = "" if until is None else "late" if now >= until else "soon" if now >= until - AHEAD else ""
        if step and until is not None:
            waiting = judge.assignments.filter(state=State.OPEN).count()
            tell(
                kind=LATE, recipients=[judge.user], thing=judge.contest, key=f"{step}:{judge.pk}:{until.isoformat()}",
                data={"open": waiting},
            )  # fmt: skip


def _with_open_sheets() -> Any:
    rows = Judge.objects.sitting().filter(
        contest__state=Contest.State.ANNOUNCED, contest__judging_closed_at=None, contest__screen_until__lte=clock.now(),
        pk__in=Assignment.objects.filter(state=State.OPEN).values("judge"),
    )  # fmt: skip
    return rows.select_related("contest", "user").order_by("pk")
