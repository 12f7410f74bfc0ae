"""Stepping aside from an entry, and saying of somebody that they must."""

from django.db import transaction

from kmportal.contest import clock, deeds_judging
from kmportal.contest.actions.assigning import ReasonMissing
from kmportal.contest.actions.ground import write
from kmportal.contest.actions.judging_ground import note_conflicts, numbers, set_aside, take_panel
from kmportal.contest.actions.scoring import take_sheet
from kmportal.contest.models import Contest, Entry, Judge, Recusal
from kmportal.people.models import User

LONGEST_REASON = 1000
ROWS_A_ROUND = 20


@transaction.atomic
def step_aside(*, actor: User, assignment: int, reason: str) -> Recusal:
    """A judge declares a conflict of interest. The entry leaves their list at once, with what they scored, and another is drawn for it.

    Raises:
        Assignment.DoesNotExist: not theirs.
        JudgingClosed, NotOpenYet, ReasonMissing
    """
    row = take_sheet(actor=actor, assignment=assignment)
    said = _words(reason)
    found, _made = Recusal.objects.get_or_create(
        judge=row.judge, entry=row.entry, why=Recusal.Why.DECLARED, defaults={"reason": said, "by": actor, "at": clock.now()},
    )  # fmt: skip
    contest = row.judge.contest
    write(contest=contest, actor=actor, act=deeds_judging.STEPPED_ASIDE, entry=row.entry, judge=numbers(contest)[row.judge_id])
    set_aside(contest, judge=row.judge_id, entry=row.entry_id)
    return found


@transaction.atomic
def bar(*, actor: User, judge: int, entry: int, reason: str) -> Recusal:
    """The organiser says that a judge has a conflict of interest that the portal cannot know.

    Raises:
        Judge.DoesNotExist, Entry.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet, ReasonMissing
    """
    person = Judge.objects.visible_to(actor).get(pk=judge)
    contest = take_panel(actor=actor, contest=person.contest_id)
    chosen: Entry = Entry.objects.visible_to(actor).filter(contest=contest).admitted().get(pk=entry)
    said = _words(reason)
    found, _made = Recusal.objects.get_or_create(
        judge=person, entry=chosen, why=Recusal.Why.ORGANISER, defaults={"reason": said, "by": actor, "at": clock.now()},
    )  # fmt: skip
    write(
        contest=contest, actor=actor, act=deeds_judging.CONFLICT, entry=chosen, judge=numbers(contest)[judge], why=found.why,
        reason=said,
    )  # fmt: skip
    set_aside(contest, judge=judge, entry=entry)
    return found


def _words(reason: str) -> str:
    said = " ".join(reason.split())[:LONGEST_REASON]
    if not said:
        raise ReasonMissing
    return said


def watch_conflicts() -> None:
    """The chore of the task worker: somebody moved to another agency, or was credited with the lesson, while judging goes on."""
    judged = Contest.objects.filter(state=Contest.State.ANNOUNCED, judging_closed_at=None, screen_until__lte=clock.now())
    for key in judged.exclude(judges=None).order_by("pk").values_list("pk", flat=True).distinct()[:ROWS_A_ROUND]:
        with transaction.atomic():
            note_conflicts(Contest.objects.select_for_update(no_key=True).get(pk=key))
