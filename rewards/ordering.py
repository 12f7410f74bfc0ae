"""Whether somebody may have a reward now: its time, the limit per person, the budget of an agency. Asked again under the lock of the reward."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from kmportal.core import dates
from kmportal.people.models import Agency, User
from rewards.models import Redemption, Reward
from rewards.periods import Period
from rewards.rules import month_of


@dataclass(frozen=True)
class Room:
    """What is left for one person: None where nothing limits it."""

    mine: int | None
    agency_points: int | None


def department_of(user: User) -> Agency | None:
    """Whose budget a person draws on: the highest unit above theirs that is no ministry."""
    if user.agency_id is None:
        return None
    lineage = Agency.objects.with_lineage().get(pk=user.agency_id).lineage()
    departments = [agency for agency in lineage if agency.kind != Agency.Kind.MINISTRY]
    return departments[-1] if departments else None


def is_open_at(reward: Reward, at: datetime) -> bool:
    begun = reward.opens_at is None or reward.opens_at <= at
    return reward.state == Reward.State.OPEN and begun and not has_ended(reward, at)


def has_ended(reward: Reward, at: datetime) -> bool:
    return reward.closes_at is not None and reward.closes_at <= at


def room_for(user: User, reward: Reward, at: datetime) -> Room:
    """Counted from the redemptions themselves: what was declined, cancelled or not picked up does not count."""
    return Room(_left_for_person(user, reward, at), _left_for_agency(user, reward, at))


def _left_for_person(user: User, reward: Reward, at: datetime) -> int | None:
    if reward.limit is None:
        return None
    start, end = _span(reward.limit_span, at)
    found = Redemption.objects.filter(reward=reward, person=user).standing()
    if start is not None:
        found = found.filter(requested_at__gte=start, requested_at__lt=end)
    return max(0, reward.limit - found.count())


def _left_for_agency(user: User, reward: Reward, at: datetime) -> int | None:
    if reward.agency_budget is None:
        return None
    start, end = _span(Reward.Span.YEAR, at)
    # Those of no agency share one budget: a limit that leaving an agency removes would be none.
    used = Redemption.objects.filter(reward=reward, agency=department_of(user), requested_at__gte=start, requested_at__lt=end)
    return max(0, reward.agency_budget - used.standing().points())


def _span(span: str, at: datetime) -> tuple[datetime | None, datetime | None]:
    if span == Reward.Span.MONTH:
        return month_of(at)
    if span == Reward.Span.YEAR:
        return Period(dates.fiscal_year(timezone.localtime(at))).moments
    return None, None
