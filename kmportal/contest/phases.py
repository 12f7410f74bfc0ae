"""Which phase a contest is in: a function of its dates and the clock. Judging and the vote may run at the same time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import pgettext_lazy

from kmportal.contest import clock
from kmportal.contest.models import Contest


class Phase(StrEnum):
    DRAFT = "draft"
    ANNOUNCED = "announced"
    ENTERING = "entering"
    SCREENING = "screening"
    JUDGING = "judging"
    CLOSED = "closed"
    RESULTS = "results"
    CANCELLED = "cancelled"


WORDS: dict[Phase, Any] = {
    Phase.DRAFT: pgettext_lazy("phase of a contest", "Being set up"),
    Phase.ANNOUNCED: pgettext_lazy("phase of a contest", "Opens soon"),
    Phase.ENTERING: pgettext_lazy("phase of a contest", "Open for entries"),
    Phase.SCREENING: pgettext_lazy("phase of a contest", "Entries are screened"),
    Phase.JUDGING: pgettext_lazy("phase of a contest", "Judges are at work"),
    Phase.CLOSED: pgettext_lazy("phase of a contest", "Results are being prepared"),
    Phase.RESULTS: pgettext_lazy("phase of a contest", "Results"),
    Phase.CANCELLED: pgettext_lazy("phase of a contest", "Called off"),
}


@dataclass(frozen=True)
class Step:
    """A step of the time line on the contest's page."""

    name: str
    label: Any
    start: datetime
    end: datetime | None
    state: str
    """"done", "now" or ""."""


def phase_of(contest: Contest, at: datetime | None = None) -> Phase:
    """The phase at that time; now, if none is given."""
    if contest.state == Contest.State.CANCELLED:
        return Phase.CANCELLED
    if contest.state == Contest.State.DRAFT:
        return Phase.DRAFT
    if contest.is_published:
        return Phase.RESULTS
    moment = at or clock.now()
    ends = (
        (contest.enter_from, Phase.ANNOUNCED),
        (contest.enter_until, Phase.ENTERING),
        (contest.screen_until, Phase.SCREENING),
        (contest.judge_until, Phase.JUDGING),
    )
    return next((phase for end, phase in ends if end is not None and moment < end), Phase.CLOSED)


def takes_entries(contest: Contest) -> bool:
    """For pages; the verb asks the database again, in the statement that hands in."""
    return phase_of(contest) == Phase.ENTERING


def vote_is_open(contest: Contest) -> bool:
    if contest.state != Contest.State.ANNOUNCED or contest.vote_from is None or contest.vote_until is None:
        return False
    return contest.vote_from <= clock.now() < contest.vote_until


def is_judged(contest: Contest) -> bool:
    """Whether judges may score: from the end of screening until the organiser closes judging. The date reminds, closing ends."""
    if contest.state != Contest.State.ANNOUNCED or contest.screen_until is None:
        return False
    return contest.judging_closed_at is None and contest.screen_until <= clock.now()


def steps(contest: Contest) -> list[Step]:
    """The time line; nothing while dates are missing."""
    moment = clock.now()
    spans = (
        ("enter", pgettext_lazy("step of a contest", "Entries"), contest.enter_from, contest.enter_until),
        ("screen", pgettext_lazy("step of a contest", "Screening"), contest.enter_until, contest.screen_until),
        ("judge", pgettext_lazy("step of a contest", "Judging, without names"), contest.screen_until, contest.judge_until),
        ("vote", pgettext_lazy("step of a contest", "Popular vote"), contest.vote_from, contest.vote_until),
    )
    found = [Step(name, label, start, end, _state(start, end, moment)) for name, label, start, end in spans if start and end]
    if contest.results_at is not None:
        state = "now" if contest.is_published else ""
        found.append(Step("results", pgettext_lazy("step of a contest", "Results"), contest.results_at, None, state))
    return found


def _state(start: datetime, end: datetime, moment: datetime) -> str:
    if moment >= end:
        return "done"
    return "now" if start <= moment else ""
