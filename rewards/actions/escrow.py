"""Points that one member lays down for what another will do: held at once, then given, shared or returned, each exactly once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from kmportal.people.models import User
from rewards import ledger, rules
from rewards.ledger import Cause, NotEnoughPoints
from rewards.models import Account, Kind, Reason, RuleVersion, Transfer

__all__ = ["About", "NotEnoughPoints", "give_back", "lay_down", "pay_out", "undo"]


@dataclass(frozen=True, kw_only=True)
class About:
    """What the points are for, as statements show it."""

    source: Any
    key: str
    label: str
    url: str


@transaction.atomic
def lay_down(*, giver: User, points: int, about: About, at: datetime) -> Transfer:
    """Holds available points.

    Raises:
        NotEnoughPoints
    """
    version = rules.version_at(Reason.BOUNTY, at)
    return ledger.hold(
        owner=giver, points=points, key=f"bounty:{about.key}", at=at, cause=_cause(about, actor=giver, rule=version)
    )


@transaction.atomic
def pay_out(*, held: Transfer, winner: User, points: int, about: About, at: datetime, actor: User | None) -> Transfer | None:
    """Gives the winner so many of the held points, on hold as the rule says; the rest is back with the giver at once.

    Where the rule gives colleagues of one agency a part only, the giver keeps the other part.

    Returns:
        What the winner got; None where nothing was left to give: then all of it is back with the giver.

    Raises:
        CannotSettle: settled already in another way.
    """
    ledger.lock(held.owner, winner)
    version = rules.version_at(Reason.BOUNTY, at)
    due = _due(version, held.owner, winner, points)
    if version is None or not due:
        ledger.release(held=held, at=at, actor=actor)
        return None
    ledger.spend(held=held, points=due, to=Kind.BOUNTY, at=at, actor=actor)
    return ledger.issue(
        owner=winner, points=due, reputation=version.reputation, key=f"bounty:{about.key}:to:{winner.pk}", at=at, source=Kind.BOUNTY,
        cause=_cause(about, payer=held.owner, actor=actor, rule=version),
        vest_at=at + timedelta(days=version.vest_days) if version.vest_days else None,
    )  # fmt: skip


@transaction.atomic
def give_back(*, held: Transfer, at: datetime, actor: User | None = None) -> None:
    """Releases all of it."""
    ledger.release(held=held, at=at, actor=actor)


@transaction.atomic
def undo(*, held: Transfer, award: Transfer, at: datetime, actor: User | None = None) -> None:
    """What was given goes back exactly: from the winner to the house, from the house to the giver. Again changes nothing."""
    ledger.lock(held.owner, award.owner)
    ledger.reverse(transfer=award, at=at, actor=actor)
    ledger.reverse(transfer=Transfer.objects.select_related("owner").get(settles=held), at=at, actor=actor)


def reputation_of(person: User) -> int:
    """What unlocks rights."""
    return Account.objects.filter(owner=person, kind=Kind.REPUTATION).values_list("balance", flat=True).first() or 0


def _due(version: RuleVersion | None, giver: User, winner: User, points: int) -> int:
    if version is None or version.own_agency_percent == 100 or not rules.are_of_one_agency(giver, winner):
        return points
    return points * version.own_agency_percent // 100


def _cause(about: About, **more: Any) -> Cause:
    return Cause(source=about.source, label=about.label, url=about.url, **more)
