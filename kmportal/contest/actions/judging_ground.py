"""What the verbs of judging stand on: the contest while it is judged, numbers of judges, conflicts put into the book, replacements."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from kmportal.contest import clock, conflicts, deeds_judging, drawing
from kmportal.contest.actions.ground import ContestError, take_contest, write
from kmportal.contest.models import Assignment, Contest, Entry, Judge, Recusal
from kmportal.inbox.actions import tell
from kmportal.people.models import User

State, How = Assignment.State, Assignment.How


class JudgingClosed(ContestError):
    words = _("Judging is closed, so nothing of it changes any more.")


class NotOpenYet(ContestError):
    words = _("Judging has not begun, or the contest was called off.")


def take_panel(*, actor: User, contest: int) -> Contest:
    """The contest, locked for its organiser, while its judging is not closed.

    Raises:
        Contest.DoesNotExist, PermissionDenied
        JudgingClosed, NotOpenYet: called off.
    """
    found = take_contest(actor=actor, contest=contest)
    if found.judging_closed_at is not None:
        raise JudgingClosed
    if found.state == Contest.State.CANCELLED:
        raise NotOpenYet
    return found


def numbers(contest: Contest) -> dict[int, str]:
    """ "J1", "J2", … by the key of the judge, in the order of appointment; whoever left keeps the number."""
    keys = Judge.objects.filter(contest=contest).order_by("pk").values_list("pk", flat=True)
    return {key: f"J{place}" for place, key in enumerate(keys, 1)}


def sitting(contest: Contest) -> list[Judge]:
    found = Judge.objects.filter(contest=contest).sitting()
    return list(found.select_related("user").prefetch_related("categories").order_by("pk"))


def competing(contest: Contest) -> list[Entry]:
    """The entries that judges get, but for the calibration entry."""
    return list(Entry.objects.filter(contest=contest).admitted().select_related("owner").order_by("code"))


def note_conflicts(contest: Contest, *, judges: Iterable[Judge] | None = None, entries: Iterable[Entry] | None = None) -> int:
    """Puts into the book what the portal can tell by itself, and takes such entries from their judges. Answers how many were new."""
    people = sitting(contest) if judges is None else list(judges)
    known = {(one.judge_id, one.entry_id, one.why) for one in Recusal.objects.filter(judge__contest=contest)}
    new = 0
    for (judge, entry), whys in conflicts.found(contest, people, competing(contest) if entries is None else entries).items():
        for why in sorted(whys):
            if (judge, entry, why) not in known:
                new += 1
                found = Recusal.objects.create(judge_id=judge, entry_id=entry, why=why, at=clock.now())
                write(contest=contest, actor=None, act=deeds_judging.CONFLICT, entry=found.entry, judge=judge, why=why)
        set_aside(contest, judge=judge, entry=entry)
    return new


def set_aside(contest: Contest, *, judge: int, entry: int) -> None:
    """The entry leaves the judge's list, with what was scored; another judge gets it where one is free."""
    held = Assignment.objects.filter(judge=judge, entry=entry, state__in=[State.OPEN, State.DONE])
    given = list(held.values_list("how", flat=True))
    if not held.update(state=State.RECUSED) or given == [How.CALIBRATION]:
        return
    taken = Entry.objects.get(pk=entry)
    other = replace(contest, entry=taken)
    tell(
        kind=deeds_judging.ASIDE, recipients=contest.organisers.all(), thing=contest, key=f"aside:{judge}:{entry}",
        data={"code": taken.code, "replaced": other is not None},
    )  # fmt: skip


def replace(contest: Contest, *, entry: Entry) -> Assignment | None:
    """Draws one more judge for the entry: free of conflicts, with the least to do."""
    names = numbers(contest)
    free = {names[one.pk]: one for one in sitting(contest) if one.pk in may_have(contest, entry=entry, judges=sitting(contest))}
    loads = {names[key]: count for key, count in loads_of(contest).items()}
    chosen = drawing.replacement(contest.seed, entry.code, list(free), loads)
    if chosen is None:
        return None
    made = assign(judge=free[chosen], entry=entry, how=How.DRAW, by=contest.created_by)
    write(contest=contest, actor=None, act=deeds_judging.REPLACED, entry=entry, judge=chosen, loads=loads, free=sorted(free))
    tell_of_work(contest, judges=[free[chosen]])
    return made


def may_have(contest: Contest, *, entry: Entry, judges: Iterable[Judge]) -> set[int]:
    """Judges of the entry's category without a conflict who do not have it, and never had."""
    barred = {judge for judge, one in conflicts.connected(contest) if one == entry.pk}
    barred |= set(Assignment.objects.filter(judge__contest=contest, entry=entry).values_list("judge", flat=True))
    return {one.pk for one in judges if one.pk not in barred and of_category(one, entry=entry)}


def of_category(judge: Judge, *, entry: Entry) -> bool:
    only = {category.pk for category in judge.categories.all()}
    return not only or entry.category_id in only


def loads_of(contest: Contest) -> dict[int, int]:
    held = Assignment.objects.filter(judge__contest=contest, state__in=[State.OPEN, State.DONE]).exclude(how=How.CALIBRATION)
    found: dict[int, int] = {}
    for judge in held.values_list("judge", flat=True):
        found[judge] = found.get(judge, 0) + 1
    return found


def assign(*, judge: Judge, entry: Entry, how: Any, by: User, position: int | None = None) -> Assignment:
    """Gives the entry its own number in the judge's list; the number says nothing about the entry."""
    last = judge.assignments.aggregate(last=Max("position"))["last"] or 0
    number = last + 1 if position is None else position
    return Assignment.objects.create(judge=judge, entry=entry, how=how, position=number, made_by=by, made_at=clock.now())


def tell_of_work(contest: Contest, *, judges: Iterable[Judge]) -> None:
    at = clock.now().isoformat()
    people = [one.user for one in judges]
    tell(kind=deeds_judging.NEW_WORK, recipients=people, thing=contest, key=f"work:{contest.pk}:{at}", group=f"work:{contest.pk}")
