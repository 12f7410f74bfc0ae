"""A contest's page made ready: its phase, the time line, and what its reader may do now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from kmportal.contest import phases
from kmportal.contest.models import Contest, Entry
from kmportal.contest.permissions import can_enter, can_run
from kmportal.contest.phases import Phase, phase_of


@dataclass(frozen=True)
class Row:
    """A contest in a list."""

    contest: Contest
    phase: Phase
    words: Any


@dataclass(frozen=True)
class Shown:
    """What stands on the page. Addresses of parts that do not exist are empty."""

    phase: Phase
    words: Any
    steps: list[phases.Step]
    categories: list[Any]
    criteria: list[Any]
    prizes: list[Any]
    own: list[Entry]
    runs: bool
    may_enter: bool
    vote_url: str
    results_url: str
    judge_url: str


def listed(contests: Iterable[Contest]) -> list[Row]:
    """Each with its phase in words."""
    return [Row(one, phase := phase_of(one), phases.WORDS[phase]) for one in contests]


def shown(user: Any, contest: Contest) -> Shown:
    """The page for this reader."""
    phase = phase_of(contest)
    own = list(Entry.objects.worked_on_by(user).filter(contest=contest).select_related("contest", "category")[:20])
    return Shown(
        phase=phase, words=phases.WORDS[phase], steps=phases.steps(contest), own=own,
        categories=list(contest.categories.all()), criteria=list(contest.criteria.all()),
        prizes=list(contest.prizes.select_related("category")), runs=can_run(user, contest),
        may_enter=len(own) < contest.most_entries and can_enter(user, contest),
        vote_url=_address("contest:vote", contest) if phases.vote_is_open(contest) else "",
        results_url=_address("contest:results", contest) if contest.is_published else "",
        judge_url=_address("contest:judge", contest) if _judges(user, contest) else "",
    )  # fmt: skip


def _judges(user: Any, contest: Contest) -> bool:
    return bool(user.is_authenticated) and contest.judges.filter(user=user, left_at=None).exists()


def _address(name: str, contest: Contest) -> str:
    try:
        return reverse(name, args=[contest.slug])
    except NoReverseMatch:
        return ""
