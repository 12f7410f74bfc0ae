"""Boards of a quarter: who gave what different people could use. Reads only.

The figure is reputation: what colleagues of one agency give counts in full there, and nobody can buy it. Ranked are people whom five
people of two agencies confirmed in the period; groups by their sum per head. Who does not want to be counted is counted nowhere, and so
are people who are not shown to members.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.functional import Promise

from kmportal.people.models import Agency, User
from rewards.models import Act, Kind, Leg, Showing
from rewards.offices import offices
from rewards.periods import Period

PEOPLE, NEWCOMERS, AGENCIES = "people", "newcomers", "agencies"
CONFIRMED_BY, CONFIRMED_IN = 5, 2
NEWCOMER_CONFIRMED_BY = 3
# Groups so small that a figure per head would tell about one person are left out.
LEAST_HEADS, LEAST_GIVERS = 5, 3
NEW_FOR = timedelta(days=92)


@dataclass
class Given:
    """What one person or group came to."""

    score: int = 0
    people: set[int] = field(default_factory=set)
    offices: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Entry:
    """A line of a board; equal figures share a place, and the next is the next."""

    place: int
    key: int
    score: float
    people: int = 0
    offices: int = 0


@dataclass(frozen=True)
class Community:
    """A group of people as a board needs it."""

    key: int
    name: str
    url: str
    members: frozenset[int]


@dataclass(frozen=True)
class Grouping:
    """A kind of groups that an app brings.

    Args:
        groups: those that this reader may know of, with their members. A fixed number of queries.
        own: those whose members this reader may see, by their address.
    """

    code: str
    label: str | Promise
    groups: Callable[[Any], Iterable[Community]]
    own: Callable[[Any], dict[str, Community]]


_groupings: dict[str, Grouping] = {}


def register(grouping: Grouping) -> None:
    """Adds a kind of groups, or replaces the one with the same code."""
    _groupings[grouping.code] = grouping


def groupings() -> list[Grouping]:
    return list(_groupings.values())


# --- Who counts --------------------------------------------------------------------------------------------------------------------
def counted() -> "QuerySet[User]":
    """Accounts in use whose owners let themselves be counted and are shown to members."""
    return User.objects.filter(is_active=True, person__is_listed=True).exclude(points_showing__boards=False)


def is_counted(user: User) -> bool:
    return not Showing.objects.filter(owner=user, boards=False).exists() and counted().filter(pk=user.pk).exists()


def sums(period: Period) -> dict[int, Given]:
    """Of everybody who counts and gave something in the period: reputation, and who confirmed it. Three queries."""
    start, end = period.moments
    legs = Leg.objects.filter(account__owner=None, account__kind=Kind.FAME, transfer__act=Act.ISSUE, transfer__reversal=None)
    if start and end:
        legs = legs.filter(transfer__happened_at__gte=start, transfer__happened_at__lt=end)
    rows = (
        legs.order_by().values_list("transfer__owner", "transfer__payer", "transfer__payer__agency").annotate(sum=Sum("amount"))
    )
    who, office = set(counted().values_list("pk", flat=True)), offices()
    found: defaultdict[int, Given] = defaultdict(Given)
    for owner, payer, agency, amount in rows:
        if owner not in who:
            continue
        found[owner].score -= amount
        if payer is not None:
            found[owner].people.add(payer)
        if payer is not None and agency is not None:
            found[owner].offices.add(office[agency].pk)
    return dict(found)


# --- Boards ------------------------------------------------------------------------------------------------------------------------
def people(found: dict[int, Given], *, among: Iterable[int] | None = None, confirmed_by: int = CONFIRMED_BY) -> list[Entry]:
    """People by what they gave, if enough different people confirmed it."""
    wanted = found if among is None else {key: found[key] for key in set(among) & set(found)}
    enough = {key: one for key, one in wanted.items() if len(one.people) >= confirmed_by and len(one.offices) >= CONFIRMED_IN}
    return _placed({key: float(one.score) for key, one in enough.items()}, enough)


def newcomers(found: dict[int, Given], period: Period) -> list[Entry]:
    """Those who joined in the period or within the quarter before it."""
    start, end = period.moments
    joined = User.objects.filter(pk__in=found)
    if start and end:
        joined = joined.filter(date_joined__gte=start - NEW_FOR, date_joined__lt=end)
    return people(found, among=joined.values_list("pk", flat=True), confirmed_by=NEWCOMER_CONFIRMED_BY)


def agencies(found: dict[int, Given]) -> tuple[list[Entry], dict[int, Agency]]:
    """Departments by what their people gave, per head. Two queries."""
    office, members = offices(), defaultdict[int, set[int]](set)
    for pk, agency in counted().exclude(agency=None).values_list("pk", "agency"):
        members[office[agency].pk].add(pk)
    return _per_head(found, members), {one.pk: one for one in office.values()}


def communities(found: dict[int, Given], groups: Iterable[Community]) -> tuple[list[Entry], dict[int, Community]]:
    """Communities of practice by what their members gave, per head. One query."""
    known, who = {group.key: group for group in groups}, set(counted().values_list("pk", flat=True))
    return _per_head(found, {key: set(group.members) & who for key, group in known.items()}), known


def _per_head(found: dict[int, Given], members: dict[int, set[int]]) -> list[Entry]:
    scores: dict[int, float] = {}
    for key, heads in members.items():
        givers = [found[pk] for pk in heads if pk in found and found[pk].score > 0]
        if len(heads) >= LEAST_HEADS and len(givers) >= LEAST_GIVERS:
            scores[key] = round(sum(one.score for one in givers) / len(heads), 1)
    return _placed(scores, {})


def _placed(scores: dict[int, float], behind: dict[int, Given]) -> list[Entry]:
    """Dense places: 1, 2, 2, 3."""
    places = {
        score: place for place, score in enumerate(sorted({score for score in scores.values() if score > 0}, reverse=True), 1)
    }
    ordered = sorted((key for key, score in scores.items() if score > 0), key=lambda key: (-scores[key], key))
    nobody = Given()
    return [
        Entry(places[scores[key]], key, scores[key], len(behind.get(key, nobody).people), len(behind.get(key, nobody).offices))
        for key in ordered
    ]
