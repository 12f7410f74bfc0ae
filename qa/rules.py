"""How much one person may write. Newcomers less, so that an account made for advertising does little harm before somebody reports it.

The numbers lie between those of large communities: Discourse lets newcomers begin 3 topics and write 10 replies on their first day, with
two links and one picture a post; Mozilla's Kitsune lets everybody ask 5 questions a day.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from kmportal.core import dates
from kmportal.people.models import User
from kmportal.people.roles import Role
from qa.models import Answer, Comment, Question, Report
from rewards.models import Account, Kind

DAY = timedelta(days=1)
# Whoever looks after the portal moves and answers more than others.
EXEMPT = (Role.NETWORK_COORDINATOR, Role.AGENCY_COORDINATOR, Role.MODERATOR, Role.SITE_ADMIN)
# This reputation (an accepted answer, or two useful marks) lifts the limits after the first days; without it they go on for a month.
ENOUGH_REPUTATION, LONGER = 10, 4


@dataclass(frozen=True)
class Limits:
    """How many within 24 hours; links and pictures in one post."""

    questions: int
    answers: int
    comments: int
    reports: int
    links: int
    pictures: int


NEWCOMER = Limits(questions=5, answers=15, comments=20, reports=5, links=2, pictures=3)
MEMBER = Limits(questions=40, answers=100, comments=150, reports=20, links=30, pictures=20)
# However it is written; a browser reads all of these as another site.
_TO_OTHERS = re.compile(r'href="\s*(?:https?:|//)', re.IGNORECASE)
_lifted: ContextVar[bool] = ContextVar("qa_limits_lifted", default=False)


@contextmanager
def limits_lifted() -> Iterator[None]:
    """For loading many posts at once."""
    before = _lifted.set(True)
    try:
        yield
    finally:
        _lifted.reset(before)


class QaError(Exception):
    """The step is not possible; `words` say why and what to do."""

    words: Any = ""


class OverTheLimit(QaError):
    """More than somebody may write; `words` say how much is allowed, and when it goes on."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def is_newcomer(user: User, now: datetime) -> bool:
    """In the first days; and for four times as long while the reputation is little. One query, in that time only."""
    days = timedelta(days=settings.NEWCOMER_DAYS)
    age = now - user.date_joined
    if age < days:
        return True
    if age >= days * LONGER:
        return False
    reputation = Account.objects.filter(owner=user, kind=Kind.REPUTATION).values_list("balance", flat=True).first()
    return (reputation or 0) < ENOUGH_REPUTATION


def limits_of(user: User, now: datetime) -> Limits | None:
    """None for whoever has none."""
    if _lifted.get() or user.has_role(*EXEMPT) or user.is_superuser:
        return None
    return NEWCOMER if is_newcomer(user, now) else MEMBER


def require_share(*, actor: User, of: Any, now: datetime) -> None:
    """That the actor may write one more of these within a day. Takes the account, so that two at once are counted one after the other.

    Args:
        of: Question, Answer, Comment or Report.

    Raises:
        OverTheLimit
    """
    limits = limits_of(actor, now)
    if limits is None:
        return
    User.objects.select_for_update(no_key=True).only("pk").get(pk=actor.pk)
    most, owner = _most(limits, of), "person" if of is Report else "author"
    made = of.objects.filter(**{owner: actor}, created_at__gt=now - DAY).order_by("-created_at")
    times = list(made.values_list("created_at", flat=True)[:most])
    if len(times) < most:
        return
    again = times[-1] + DAY
    said = {"most": most, "day": dates.short(again), "time": dates.clock(again)}
    raise OverTheLimit(_words(of) % said)


def _most(limits: Limits, of: Any) -> int:
    return {Question: limits.questions, Answer: limits.answers, Comment: limits.comments, Report: limits.reports}[of]


def _words(of: Any) -> str:
    return {
        Question: _("You have asked %(most)s questions within a day. You can ask the next one on %(day)s at %(time)s; it stays in the draft."),
        Answer: _("You have written %(most)s answers within a day. Thank you! You can go on on %(day)s at %(time)s."),
        Comment: _("You have written %(most)s comments within a day. You can go on on %(day)s at %(time)s."),
        Report: _("You have reported %(most)s posts within a day. Thank you! You can go on on %(day)s at %(time)s."),
    }[of]  # fmt: skip


def require_modest(*, actor: User, body: str, now: datetime) -> None:
    """That a post has no more links and pictures than the actor may put in.

    Args:
        body: safe HTML, as it is kept.

    Raises:
        OverTheLimit
    """
    links, pictures = len(_TO_OTHERS.findall(body)), body.count("<img ")
    # Nobody's account is asked about for a post that has neither.
    limits = limits_of(actor, now) if links > NEWCOMER.links or pictures > NEWCOMER.pictures else None
    if limits is None:
        return
    if links > limits.links:
        raise OverTheLimit(
            _("This has more than %(most)s links to other sites. Take some away.") % {"most": limits.links} + _soon(limits)
        )
    if pictures > limits.pictures:
        raise OverTheLimit(_("This has more than %(most)s pictures. Take some away.") % {"most": limits.pictures} + _soon(limits))


def _soon(limits: Limits) -> str:
    return (
        " " + _("Newcomers can put in few; this passes once others found something of yours useful.")
        if limits is NEWCOMER
        else ""
    )
