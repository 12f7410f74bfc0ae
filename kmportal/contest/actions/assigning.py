"""Judges are appointed and get their entries: by the draw, or by hand."""

from secrets import token_hex
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, conflicts, deeds_judging, drawing
from kmportal.contest.actions.ground import ContestError, write
from kmportal.contest.actions.judging_ground import (
    How,
    State,
    assign,
    competing,
    note_conflicts,
    numbers,
    of_category,
    set_aside,
    sitting,
    take_panel,
    tell_of_work,
)
from kmportal.contest.actions.neutral_copies import make_copies
from kmportal.contest.models import Assignment, Contest, Entry, Judge, Score
from kmportal.contest.phases import Phase, phase_of
from kmportal.inbox.actions import tell
from kmportal.people.guests import in_network
from kmportal.people.models import Person, User

LONGEST_REASON = 1000
LONGEST_SEED = 64
BEFORE_ENTRIES = (Phase.DRAFT, Phase.ANNOUNCED, Phase.ENTERING)


class NoAccount(ContestError):
    words = _("Judges need an account that is switched on: they judge here.")


class TakesPart(ContestError):
    words = _("This person runs the contest or has an entry in it, so cannot judge it.")


class JudgesAlready(ContestError):
    words = _("This person is a judge of the contest already.")


class TooEarly(ContestError):
    words = _("Entries are given to judges after entering has ended.")


class NobodyThere(ContestError):
    words = _("Appoint judges and admit entries first.")


class ReasonMissing(ContestError):
    words = _("Say why: it stands in the book of the contest.")


class BegunAlready(ContestError):
    words = _("Judges have begun, so everything cannot be drawn anew. Draw only what is missing.")


class HasConflict(ContestError):
    words = _("This judge has a conflict of interest with the entry, is not for its category, or had it before.")


@transaction.atomic
def appoint(*, actor: User, contest: int, person: Person) -> Judge:
    """Makes somebody whom the actor may see a judge, or takes one back who had left.

    Raises:
        Contest.DoesNotExist, Person.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet, NoAccount, TakesPart, JudgesAlready
    """
    found = take_panel(actor=actor, contest=contest)
    user = Person.objects.visible_to(actor).select_related("user").get(pk=person.pk).user
    if user is None or not in_network(user):
        raise NoAccount
    part = Q(owner=user) | Q(team__user=user, team__consent__in=["asked", "given"])
    if found.organisers.filter(pk=user.pk).exists() or found.entries.exclude(state="withdrawn").filter(part).exists():
        raise TakesPart
    judge, made = Judge.objects.get_or_create(
        contest=found, user=user, defaults={"appointed_by": actor, "appointed_at": clock.now()}
    )
    if not made and judge.left_at is None:
        raise JudgesAlready
    Judge.objects.filter(pk=judge.pk).update(left_at=None)
    judge.left_at = None
    note_conflicts(found, judges=[judge])
    _give_calibration(found, [judge], actor)
    write(contest=found, actor=actor, act=deeds_judging.APPOINTED_JUDGE, judge=numbers(found)[judge.pk], user=user.pk)
    tell(kind=deeds_judging.APPOINTMENT, recipients=[user], actor=actor, thing=found, key=f"judge:{judge.pk}:{clock.now()}")
    return judge


@transaction.atomic
def release(*, actor: User, judge: int, reason: str) -> Judge:
    """A judge leaves: handed-in sheets count, open ones go to others.

    Raises:
        Judge.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet, ReasonMissing
    """
    row = Judge.objects.visible_to(actor).get(pk=judge)
    contest = take_panel(actor=actor, contest=row.contest_id)
    said = _reason(reason)
    Judge.objects.filter(pk=judge).update(left_at=clock.now())
    for entry in row.assignments.filter(state=State.OPEN).values_list("entry", flat=True):
        set_aside(contest, judge=judge, entry=entry)
    write(contest=contest, actor=actor, act=deeds_judging.DISMISSED, judge=numbers(contest)[judge], reason=said)
    row.refresh_from_db()
    return row


@transaction.atomic
def choose_calibration(*, actor: User, contest: int, entry: int) -> Entry:
    """Sets an admitted entry apart: every judge scores it first, and it takes no part in the results.

    Raises:
        Contest.DoesNotExist, Entry.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet, BegunAlready
    """
    found = take_panel(actor=actor, contest=contest)
    chosen: Entry = Entry.objects.visible_to(actor).filter(contest=found).admitted().get(pk=entry)
    if found.seed or _begun(found) or found.entries.filter(is_calibration=True).exists():
        raise BegunAlready
    Entry.objects.filter(pk=chosen.pk).update(is_calibration=True)
    _give_calibration(found, sitting(found), actor)
    make_copies(found)
    write(contest=found, actor=actor, act=deeds_judging.CALIBRATION, entry=chosen)
    return chosen


def _give_calibration(contest: Contest, judges: list[Judge], by: User) -> None:
    entry = contest.entries.filter(is_calibration=True).first()
    for judge in judges if entry else []:
        if entry and not judge.assignments.filter(entry=entry).exists():
            assign(judge=judge, entry=entry, how=How.CALIBRATION, by=by, position=0)


@transaction.atomic
def draw(*, actor: User, contest: int, seed: str = "", reason: str = "") -> drawing.Drawn:
    """Gives every entry its judges by the draw. What was given by hand stays. Drawing again asks for a reason, and the book keeps both.

    Args:
        seed: drawn in public, for instance; without one the portal makes one that nobody knew before.

    Raises:
        Contest.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet, TooEarly, NobodyThere, BegunAlready, ReasonMissing
    """
    found = _ready(actor, contest)
    if _begun(found):
        raise BegunAlready
    said = _reason(reason) if found.seed else ""
    Assignment.objects.filter(judge__contest=found, how=How.DRAW).delete()
    found.seed = " ".join(seed.split())[:LONGEST_SEED] or token_hex(16)
    Contest.objects.filter(pk=found.pk).update(seed=found.seed)
    return _draw(actor, found, deeds_judging.DRAWN, said)


@transaction.atomic
def fill_up(*, actor: User, contest: int) -> drawing.Drawn:
    """Draws judges for entries that have too few, with the same seed; what judges have stays theirs.

    Raises:
        Contest.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet, TooEarly, NobodyThere
    """
    found = _ready(actor, contest)
    if not found.seed:
        found.seed = token_hex(16)
        Contest.objects.filter(pk=found.pk).update(seed=found.seed)
    return _draw(actor, found, deeds_judging.FILLED, "")


def _ready(actor: User, contest: int) -> Contest:
    found = take_panel(actor=actor, contest=contest)
    if phase_of(found) in BEFORE_ENTRIES:
        raise TooEarly
    note_conflicts(found)
    return found


def _draw(actor: User, contest: Contest, act: str, reason: str) -> drawing.Drawn:
    given, judges, entries = _what_is_drawn(contest)
    if not judges or not entries:
        raise NobodyThere
    drawn = drawing.draw(given)
    for name, judge in judges.items():
        for code in drawing.order(given.seed, name, [entry for entry, one in drawn.pairs if one == name]):
            assign(judge=judge, entry=entries[code], how=How.DRAW, by=actor)
    make_copies(contest)
    write(
        contest=contest, actor=actor, act=act, reason=reason, seed=given.seed, method=drawing.METHOD, per_entry=given.per_entry,
        judges=list(given.judges), may={code: sorted(names) for code, names in given.may.items()}, had=sorted(map(list, given.had)),
        attempt=drawn.attempt, pairs=[list(pair) for pair in drawn.pairs], short=drawn.short,
    )  # fmt: skip
    tell_of_work(contest, judges=[judges[name] for name in sorted({name for _entry, name in drawn.pairs})])
    return drawn


def _what_is_drawn(contest: Contest) -> tuple[drawing.Given, dict[str, Judge], dict[str, Entry]]:
    names = numbers(contest)
    judges = {names[one.pk]: one for one in sitting(contest)}
    entries = {one.code: one for one in competing(contest)}
    barred = conflicts.connected(contest)
    rows = Assignment.objects.filter(judge__contest=contest, entry__in=[one.pk for one in entries.values()])
    held = {(one.entry_id, one.judge_id): one.state for one in rows}
    gone = {pair for pair, state in held.items() if state == State.RECUSED}
    had = [(code, names[judge]) for code, e in entries.items() for (entry, judge), state in held.items() if entry == e.pk and (entry, judge) not in gone]  # fmt: skip
    may = {
        code: [name for name, one in judges.items() if _may(one, entry, barred, gone)]
        for code, entry in entries.items()
    }  # fmt: skip
    everybody = sorted({*judges, *(name for _code, name in had)}, key=lambda name: int(name[1:]))
    return drawing.Given(contest.seed, contest.judges_per_entry, may, everybody, had), judges, entries


def _may(judge: Judge, entry: Entry, barred: set[tuple[int, int]], gone: set[tuple[int, int]]) -> bool:
    return of_category(judge, entry=entry) and (judge.pk, entry.pk) not in barred and (entry.pk, judge.pk) not in gone


def _begun(contest: Contest) -> bool:
    """Whether a judge has written anything down, but on the calibration entry."""
    rows = Score.objects.filter(assignment__judge__contest=contest).exclude(assignment__how=How.CALIBRATION)
    return (
        rows.exists() or Assignment.objects.filter(judge__contest=contest, state=State.DONE).exclude(how=How.CALIBRATION).exists()
    )


def _reason(reason: str) -> str:
    said = " ".join(reason.split())[:LONGEST_REASON]
    if not said:
        raise ReasonMissing
    return said


@transaction.atomic
def give(*, actor: User, contest: int, judge: int, entry: int) -> Assignment:
    """Gives an entry to a judge by hand.

    Raises:
        Contest.DoesNotExist, Judge.DoesNotExist, Entry.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet, TooEarly, HasConflict
    """
    found = _ready(actor, contest)
    people = {one.pk: one for one in sitting(found)}
    if judge not in people:
        raise Judge.DoesNotExist
    chosen: Entry = Entry.objects.visible_to(actor).filter(contest=found).admitted().get(pk=entry)
    barred: set[Any] = conflicts.connected(found)
    if (
        (judge, entry) in barred
        or not of_category(people[judge], entry=chosen)
        or chosen.assignments.filter(judge=judge).exists()
    ):
        raise HasConflict
    made = assign(judge=people[judge], entry=chosen, how=How.HAND, by=actor)
    make_copies(found)
    write(contest=found, actor=actor, act=deeds_judging.GIVEN, entry=chosen, judge=numbers(found)[judge])
    tell_of_work(found, judges=[people[judge]])
    return made


@transaction.atomic
def take_back(*, actor: User, assignment: int) -> None:
    """Takes an entry back from a judge who has not begun with it.

    Raises:
        Assignment.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet, BegunAlready
    """
    row = Assignment.objects.visible_to(actor).select_related("judge", "entry").get(pk=assignment)
    contest = take_panel(actor=actor, contest=row.judge.contest_id)
    if row.scores.exists() or not Assignment.objects.filter(pk=assignment, state=State.OPEN).exists():
        raise BegunAlready
    row.delete()
    write(contest=contest, actor=actor, act=deeds_judging.TAKEN_BACK, entry=row.entry, judge=numbers(contest)[row.judge_id])
