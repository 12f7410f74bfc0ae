"""Who must not judge what: the same agency up to the department, part in the entry, the lesson behind it. Asked of the database as it is now."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kmportal.contest.models import Contest, Entry, Judge, Recusal
from kmportal.library.models import LessonPage
from kmportal.people.models import Agency

# What stands below one of these is part of it; a ministry is nobody's department.
PARTS = (Agency.Kind.BUREAU, Agency.Kind.GROUP)
Why = Recusal.Why


@dataclass
class _Side:
    """What an entry is tied to: departments, accounts of its people, and accounts of those behind its lesson."""

    departments: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    lesson: set[int] = field(default_factory=set)


def department(agency: Agency | None) -> int | None:
    """The key of the department that the agency is part of, or of the agency where it is part of none."""
    if agency is None:
        return None
    lineage = agency.lineage()
    return next((above.pk for above in lineage if above.kind not in PARTS), lineage[-1].pk)


def found(contest: Contest, judges: Iterable[Judge], entries: Iterable[Entry]) -> dict[tuple[int, int], set[str]]:
    """Conflicts by (judge, entry): which of Recusal.Why the portal can tell by itself."""
    known = list(judges)
    of_judge = {judge.pk: _department_of(judge.user.agency_id) for judge in known}
    conflicts: dict[tuple[int, int], set[str]] = {}
    for entry in entries:
        side = _side(entry)
        for judge in known:
            why = _why(judge.user_id, of_judge[judge.pk], side)
            if why:
                conflicts[judge.pk, entry.pk] = why
    return conflicts


def _why(user: int, own: int | None, side: _Side) -> set[str]:
    checks = {Why.AGENCY: own in side.departments, Why.TEAM: user in side.people, Why.APPLIED: user in side.lesson}
    return {str(why.value) for why, holds in checks.items() if holds}


def _side(entry: Entry) -> _Side:
    """Also of those who have not answered yet, and of where somebody works now: whoever moved is tied to both agencies."""
    team = list(entry.team.exclude(consent="refused").select_related("user"))
    agencies = {entry.agency_id, entry.owner.agency_id, *(one.user.agency_id for one in team)}
    departments = {_department_of(key) for key in agencies} - {None}
    lessons = [key for key in (entry.lesson_page_id, entry.taken_from_id) if key]
    behind = set(_behind(lessons)) if lessons else set()
    return _Side({key for key in departments if key}, {entry.owner_id, *(one.user_id for one in team)}, behind)


def _behind(lessons: list[int]) -> Iterable[int]:
    """Accounts of whoever is credited with these lessons, or wrote them."""

    pages = LessonPage.objects.filter(pk__in=lessons)
    credited = pages.values_list("credits__person__user", flat=True)
    return {key for key in [*credited, *pages.values_list("owner", flat=True)] if key}


def _department_of(key: int | None) -> int | None:
    if key is None:
        return None
    return department(Agency.objects.with_lineage().filter(pk=key).first())


def connected(contest: Contest) -> set[tuple[int, int]]:
    """Pairs that stand in the book as conflicts, however they were found."""
    return set(Recusal.objects.filter(judge__contest=contest).values_list("judge", "entry"))
