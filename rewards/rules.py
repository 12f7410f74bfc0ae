"""How many points a thing gives: the rules to start with, the version that holds, the limits, and fair shares.

Source of the figures: what question-and-answer communities found to work, with pay for outcomes instead of acts (docs/POINTS.md).
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Sum
from django.utils import timezone

from kmportal.people.models import Agency, User
from rewards.models import Act, Kind, Leg, Reason, RuleVersion, Transfer

# Points and reputation of each reason when a portal starts; everything else is the default of RuleVersion. Officers change them in
# the CMS. What an asker lays down as a bounty is not new: its rule holds no figure, only the days on hold.
ASKING = {"pair_day": 3, "pair_month": 10, "own_agency_percent": 50}
DEFAULTS: dict[Reason, dict[str, Any]] = {
    Reason.ANSWER_ACCEPTED: {"points": 15, "reputation": 15, **ASKING},
    Reason.ACCEPTING_ANSWER: {"points": 2, "reputation": 2, **ASKING},
    Reason.USEFUL_VOTE: {"points": 10, "reputation": 10, "cap_day": 200, **ASKING},
    Reason.LESSON_PUBLISHED: {"points": 20, "reputation": 20, "cap_day": 60},
    Reason.FRESHNESS_VERIFIED: {"points": 3, "reputation": 3, "cap_day": 30},
    Reason.CONTEST_RESULT: {"points": 50, "reputation": 50},
    Reason.BOUNTY: {"points": 0, "reputation": 0},
}


@dataclass(frozen=True)
class Amount:
    """What one award comes to, and why it is less than the rule says."""

    points: int
    reputation: int
    limited_by: str = Transfer.Limit.NONE


def version_at(reason: str, moment: datetime) -> RuleVersion | None:
    """The version of the rule that holds at that moment."""
    return RuleVersion.objects.filter(rule__code=reason).holding_at(moment).select_related("rule").first()


def reckon(version: RuleVersion, wanted: Amount, *, earner: User, payer: User | None, at: datetime) -> Amount:
    """What of `wanted` the limits leave. Ask under the lock of the earner's accounts: the limits look at what was given before.

    The order: limits of a pair (all or nothing), the share for the own agency, the limit of the day, which clips and never overshoots.
    """
    if payer is not None and (limit := _pair_limit(version, earner, payer, at)):
        return Amount(0, 0, limit)
    points, limited = wanted.points, Transfer.Limit.NONE
    if payer is not None and version.own_agency_percent < 100 and are_of_one_agency(earner, payer):
        points, limited = points * version.own_agency_percent // 100, Transfer.Limit.AGENCY
    if version.cap_day is None:
        return Amount(points, wanted.reputation, limited)
    given_points, given_reputation = _given_today(version, earner, at)
    clipped = Amount(
        max(0, min(points, version.cap_day - given_points)),
        max(0, min(wanted.reputation, version.cap_day - given_reputation)),
        limited,
    )
    if (clipped.points, clipped.reputation) != (points, wanted.reputation):
        return Amount(clipped.points, clipped.reputation, Transfer.Limit.DAY)
    return clipped


def _pair_limit(version: RuleVersion, earner: User, payer: User, at: datetime) -> str:
    """Paid acts of this payer for this earner, under all rules that have such a limit."""
    day, month = day_of(at), month_of(at)
    paid = (
        Transfer.objects.filter(Exists(Leg.objects.filter(transfer=OuterRef("pk"))), owner=earner, payer=payer, act=Act.ISSUE)
        .exclude(rule_version__pair_day=None, rule_version__pair_month=None)
        .standing()
    )
    if version.pair_day is not None and paid.between(*day).count() >= version.pair_day:
        return Transfer.Limit.PAIR_DAY
    if version.pair_month is not None and paid.between(*month).count() >= version.pair_month:
        return Transfer.Limit.PAIR_MONTH
    return Transfer.Limit.NONE


def _given_today(version: RuleVersion, earner: User, at: datetime) -> tuple[int, int]:
    """Points and reputation that this rule gave the person on the day, less what was taken back."""
    today = Transfer.objects.filter(owner=earner, act=Act.ISSUE, rule_version__rule=version.rule).between(*day_of(at)).standing()
    paid = Leg.objects.filter(transfer__in=today, account__kind__in=(Kind.MINT, Kind.BOUNTY, Kind.FAME))
    sums = dict(paid.order_by().values("account__kind").annotate(sum=Sum("amount")).values_list("account__kind", "sum"))
    reputation = -sums.pop(Kind.FAME, 0)
    return -sum(sums.values()), reputation


def are_of_one_agency(one: User, other: User) -> bool:
    """The same agency, or parts of the same department: two bureaus of one department are colleagues, two departments of a ministry not."""
    if one.agency_id is None or other.agency_id is None:
        return False
    if one.agency_id == other.agency_id:
        return True
    found = Agency.objects.with_lineage().in_bulk([one.agency_id, other.agency_id])
    first, second = (
        {agency.pk for agency in found[pk].lineage() if agency.kind != Agency.Kind.MINISTRY}
        for pk in (one.agency_id, other.agency_id)
    )
    return bool(first & second)


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """The total in proportion to the weights, in whole numbers that sum to it: the largest remainders get what is left, the first first."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return parts


# --- Days ------------------------------------------------------------------------------------------------------------------------
def day_of(moment: datetime) -> tuple[datetime, datetime]:
    """The day in the site's time zone: from midnight on, before the next."""
    start = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(days=1)


def month_of(moment: datetime) -> tuple[datetime, datetime]:
    start = day_of(moment)[0].replace(day=1)
    return start, months_later(start, 1)


def months_later(moment: datetime, months: int) -> datetime:
    """The same day that many months later, or the last of its month."""
    whole = moment.year * 12 + moment.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))
