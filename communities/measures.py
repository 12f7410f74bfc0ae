"""How a community is, in figures for its facilitator: of the community as a whole, never of one person. Parts declare theirs in ready():

    measures.add(Measure("qa.answered", pgettext_lazy("health", "Questions answered"), answered, order=30))
    measures.add_activity(ids_of_askers)     # callable(community, since) -> ids of members who did something since then
    measures.add_latest(last_question)       # callable(community) -> moment of the latest sign of life, or None
    measures.add_exchange(answers_across)    # callable(community, since) -> (given to others, received from others)

A figure about fewer than LEAST people says "fewer than 5" and no more: with so few, everybody would know who is meant.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from communities.models import Community, Membership

LEAST = 5
WINDOW = timedelta(days=90)


@dataclass(frozen=True)
class Figure:
    """What a measure says.

    Args:
        value: as it is written.
        note: what it is compared with, or how it is counted.
    """

    value: str
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """One figure.

    Args:
        code: "app.what", unique.
        label: words.
        figure: callable(community, since) -> Figure, or None where there is nothing to say yet.
    """

    code: str
    label: str | Promise
    figure: Callable[[Community, datetime], Figure | None]
    order: int = 50


Activity = Callable[[Community, datetime], Iterable[int]]
Latest = Callable[[Community], datetime | None]
Exchange = Callable[[Community, datetime], tuple[int, int]]
_measures: dict[str, Measure] = {}
_activity: list[Activity] = []
_latest: list[Latest] = []
_exchange: list[Exchange] = []


def add(measure: Measure) -> None:
    _measures[measure.code] = measure


def add_activity(activity: Activity) -> None:
    if activity not in _activity:
        _activity.append(activity)


def add_latest(latest: Latest) -> None:
    if latest not in _latest:
        _latest.append(latest)


def add_exchange(exchange: Exchange) -> None:
    if exchange not in _exchange:
        _exchange.append(exchange)


def number_of_people(count: int) -> str:
    """The number, or that it is small: nobody is to be found out from it."""
    return gettext("fewer than %(least)d") % {"least": LEAST} if 0 < count < LEAST else str(count)


def figures(community: Community) -> list[tuple[str | Promise, Figure]]:
    """All that have something to say, in order; over the last 90 days."""
    since = timezone.now() - WINDOW
    found = [(one.label, one.figure(community, since)) for one in sorted(_measures.values(), key=lambda one: one.order)]
    return [(label, figure) for label, figure in found if figure is not None]


def active(community: Community, since: datetime) -> int:
    """Members who did something since then, each once."""
    members = set(Membership.objects.present().filter(community=community).values_list("user", flat=True))
    return len(members & {person for activity in _activity for person in activity(community, since)})


def latest(community: Community) -> datetime | None:
    """The last sign of life."""
    return max((moment for one in _latest if (moment := one(community)) is not None), default=None)


def exchange(community: Community, since: datetime) -> tuple[int, int]:
    """How often members helped people outside, and were helped by them."""
    pairs = [one(community, since) for one in _exchange]
    return sum(given for given, _got in pairs), sum(got for _given, got in pairs)


def active_members(community: Community, since: datetime) -> Figure:
    """Over 90 days, with those of the last 30 beside it; small numbers are not told."""
    month = active(community, timezone.now() - timedelta(days=30))
    whole = Membership.objects.present().filter(community=community).count()
    words = gettext("of %(whole)d members; in the last 30 days: %(month)s")
    return Figure(number_of_people(active(community, since)), words % {"whole": whole, "month": number_of_people(month)})


def silence(community: Community, since: datetime) -> Figure | None:
    moment = latest(community)
    if moment is None:
        return None
    days = (timezone.localdate() - timezone.localdate(moment)).days
    words = gettext("since anybody wrote, answered or shared")
    return Figure(_days(days), words)


def until_goal(community: Community, since: datetime) -> Figure | None:
    """Facilitators are reminded two weeks before; here it stands all the time."""
    if community.goal_on is None:
        return None
    days = (community.goal_on - timezone.localdate()).days
    if days < 0:
        return Figure(_days(0), gettext("The date has passed: renew the community, or close it."))
    return Figure(_days(days), gettext("then the community is renewed or closed"))


def _days(days: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


def balance(community: Community, since: datetime) -> Figure | None:
    """As a community: what its members gave to people outside it, and got from them."""
    given, got = exchange(community, since)
    if not given and not got:
        return None
    return Figure(f"{given} : {got}", gettext("answers given to people outside : answers received from them"))
