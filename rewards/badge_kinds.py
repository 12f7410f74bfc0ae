"""The badges there are: what each asks for, and how far people have come. An app declares its own in AppConfig.ready():

    badge_kinds.register(Badge("first_answer", _("…"), _("…"), goal=1, count=accepted_answers))

Counts look at what every member may read and at people who stand by their names, so that a badge says nothing about closed circles;
and they count different people, agencies or things rather than the same again.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from rewards.models import BadgeAward

# Keys of people to how far each has come; who is missing has nothing yet. As many queries for many people as for one.
Count = Callable[[Collection[int]], "dict[int, int]"]


@dataclass(frozen=True)
class Badge:
    """A kind of badge.

    Args:
        code: as it stands in the table; never changed.
        how: what it asks for, as a sentence.
        goal: from how many on it is given. It goes when the count falls below.
    """

    code: str
    name: str | Promise
    how: str | Promise
    goal: int
    count: Count
    icon: str = "medal"


@dataclass(frozen=True)
class Progress:
    badge: Badge
    have: int
    since: datetime | None

    @property
    def shown(self) -> int:
        return min(self.have, self.badge.goal)


_badges: dict[str, Badge] = {}


def register(badge: Badge) -> None:
    """Adds a badge, or replaces the one with the same code."""
    _badges[badge.code] = badge


def every() -> list[Badge]:
    """In the order of their declaration."""
    return list(_badges.values())


def known(code: str) -> Badge | None:
    return _badges.get(code)


def progress_of(user: Any) -> list[Progress]:
    """How far this person has come with each; of somebody who is not signed in, nothing."""
    if not user.is_authenticated:
        return [Progress(badge, 0, None) for badge in every()]
    since = dict(BadgeAward.objects.filter(owner=user).values_list("code", "awarded_at"))
    return [Progress(badge, badge.count([user.pk]).get(user.pk, 0), since.get(badge.code)) for badge in every()]


def shown_of(owner: int) -> list[Progress]:
    """The badges that somebody has and lets others see. One query."""
    had = BadgeAward.objects.filter(owner=owner).exclude(owner__points_showing__badges=False)
    since = dict(had.values_list("code", "awarded_at"))
    return [Progress(badge, badge.goal, since[badge.code]) for badge in every() if badge.code in since]
