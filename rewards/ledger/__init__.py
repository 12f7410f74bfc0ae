"""The only writer of points. Each verb adds one transfer whose legs sum to nothing, under the lock of the person's accounts.

What holds after every verb, whatever ran beside it:
- no account of a person falls below zero; what was taken back after it had been spent stands as a debt;
- every point that comes to a person makes up a debt first, so nobody has available points and a debt at once;
- the same key again changes nothing and gives the first transfer;
- a reversal puts back on the house's accounts exactly what was taken from them.

Callers hold the transaction: points move together with what earned them, or not at all.
"""

from datetime import datetime
from typing import Any

from kmportal.people.models import User
from rewards.ledger.entry import (
    Cause,
    Entry,
    KeyTaken,
    LedgerError,
    NotEnoughPoints,
    NotInTransaction,
    before,
    ensure_house,
    lock,
)
from rewards.models import Act, Kind, Transfer, Vesting

__all__ = [
    "CannotReverse",
    "CannotSettle",
    "Cause",
    "KeyTaken",
    "LedgerError",
    "NotEnoughPoints",
    "NotInTransaction",
    "ensure_house",
    "expire",
    "hold",
    "issue",
    "lock",
    "release",
    "reverse",
    "spend",
    "vest",
]


class CannotSettle(LedgerError):
    """Not a hold, settled already, or settled in another way."""


class CannotReverse(LedgerError):
    """Only issues, spendings and expiries are reversed; a hold is released."""


def issue(
    *, owner: User, points: int, reputation: int = 0, key: str, at: datetime, cause: Cause, vest_at: datetime | None = None,
    source: Kind = Kind.MINT,
) -> Transfer:  # fmt: skip
    """Gives points and reputation. With `vest_at` the points wait until then; reputation counts at once.

    Args:
        source: the account of the house that pays: new points (MINT), or what an asker laid down (BOUNTY).

    Raises:
        NotInTransaction, KeyTaken
        LedgerError: a negative amount, or no paying account.
    """
    if points < 0 or reputation < 0 or source not in (Kind.MINT, Kind.BOUNTY):
        raise LedgerError("only the house gives, and never less than nothing")
    entry = Entry(owner)
    if (done := before(owner, Act.ISSUE, key)) is not None:
        return done
    waiting = entry.credit(points, Kind.PENDING if vest_at else Kind.AVAILABLE)
    entry.sums[source] -= points
    entry.sums[Kind.REPUTATION] += reputation
    entry.sums[Kind.FAME] -= reputation
    transfer = entry.write(Act.ISSUE, key, at, vest_at=vest_at, **cause.fields())
    if vest_at and waiting:
        Vesting.objects.create(issue=transfer, owner=owner, amount=waiting, due_at=vest_at)
    return transfer


def vest(*, issue: Transfer, at: datetime) -> Transfer | None:
    """Makes the waiting points of an issue available; None where nothing waits (any more).

    Raises:
        NotInTransaction
    """
    entry = Entry(issue.owner)
    waiting = Vesting.objects.filter(issue=issue).first()
    if waiting is None:
        return None
    entry.sums[Kind.PENDING] -= waiting.amount
    entry.credit(waiting.amount)
    waiting.delete()
    return entry.write(Act.VEST, f"vest:{issue.pk}", at, settles=issue, **_cause_of(issue))


def hold(*, owner: User, points: int, key: str, at: datetime, cause: Cause) -> Transfer:
    """Lays available points aside until they are spent or released.

    Raises:
        NotEnoughPoints, NotInTransaction, KeyTaken
    """
    if points <= 0:
        raise LedgerError("nothing to hold")
    entry = Entry(owner)
    if (done := before(owner, Act.HOLD, key)) is not None:
        return done
    if entry.has(Kind.AVAILABLE) < points:
        raise NotEnoughPoints(entry.has(Kind.AVAILABLE))
    entry.sums[Kind.AVAILABLE] -= points
    entry.sums[Kind.RESERVED] += points
    return entry.write(Act.HOLD, key, at, **cause.fields())


def spend(
    *, held: Transfer, at: datetime, points: int | None = None, to: Kind = Kind.STORE, actor: User | None = None
) -> Transfer:
    """Pays with held points; what is not needed of them comes back. A hold is settled once: the second time gives the first spending.

    Args:
        points: how many; all of them by default.
        to: the account of the house that receives them: STORE, or BOUNTY for what an answer will be paid from.

    Raises:
        CannotSettle: no hold, released already, or more than was held.
        NotInTransaction
    """
    entry, amount, done = _settling(held, Act.SPEND)
    if done is not None:
        return done
    paid = amount if points is None else points
    if not 0 < paid <= amount or to not in (Kind.STORE, Kind.BOUNTY):
        raise CannotSettle(f"{paid} of {amount} held points")
    entry.sums[Kind.RESERVED] -= amount
    entry.sums[to] += paid
    entry.credit(amount - paid)
    return entry.write(Act.SPEND, f"spend:{held.pk}", at, settles=held, **_cause_of(held, actor))


def release(*, held: Transfer, at: datetime, actor: User | None = None, note: str = "") -> Transfer:
    """Gives held points back. A hold is settled once: the second time gives the first release.

    Raises:
        CannotSettle: no hold, or spent already.
        NotInTransaction
    """
    entry, amount, done = _settling(held, Act.RELEASE)
    if done is not None:
        return done
    entry.sums[Kind.RESERVED] -= amount
    entry.credit(amount)
    return entry.write(Act.RELEASE, f"release:{held.pk}", at, settles=held, **_cause_of(held, actor, note))


def expire(*, owner: User, points: int, key: str, at: datetime, cause: Cause) -> Transfer:
    """Takes available points whose time is over.

    Raises:
        NotEnoughPoints, NotInTransaction, KeyTaken
    """
    if points <= 0:
        raise LedgerError("nothing expires")
    entry = Entry(owner)
    if (done := before(owner, Act.EXPIRE, key)) is not None:
        return done
    if entry.has(Kind.AVAILABLE) < points:
        raise NotEnoughPoints(entry.has(Kind.AVAILABLE))
    entry.sums[Kind.AVAILABLE] -= points
    entry.sums[Kind.EXPIRED] += points
    return entry.write(Act.EXPIRE, key, at, **cause.fields())


def reverse(*, transfer: Transfer, at: datetime, actor: User | None = None, note: str = "") -> Transfer:
    """Undoes a transfer exactly: the house gets back what it gave, or gives back what it got. The second time changes nothing.

    Points of an issue are taken from what of it still waits, then from what is available; what was spent already becomes a debt that
    later points make up first.

    Raises:
        CannotReverse: neither an issue nor a spending nor an expiry.
        NotInTransaction
    """
    if transfer.act not in (Act.ISSUE, Act.SPEND, Act.EXPIRE):
        raise CannotReverse(transfer.act)
    entry = Entry(transfer.owner)
    if (done := Transfer.objects.filter(reverses=transfer).first()) is not None:
        return done
    given = dict(transfer.legs.filter(account__owner=None).values_list("account__kind", "amount"))
    for kind, amount in given.items():
        entry.sums[kind] -= amount
    entry.sums[Kind.REPUTATION] += given.pop(Kind.FAME, 0)
    owed = sum(given.values())
    if owed > 0:
        entry.credit(owed)
    else:
        _take_back(entry, transfer, -owed)
    return entry.write(Act.REVERSE, f"reverse:{transfer.pk}", at, reverses=transfer, **_cause_of(transfer, actor, note))


def _take_back(entry: Entry, issued: Transfer, points: int) -> None:
    waiting = Vesting.objects.filter(issue=issued).first()
    if waiting is not None:
        entry.sums[Kind.PENDING] -= waiting.amount
        points -= waiting.amount
        waiting.delete()
    entry.debit(points)


def _settling(held: Transfer, act: Act) -> tuple[Entry, int, Transfer | None]:
    """The entry, what is held, and what settled it before in the same way."""
    if held.act != Act.HOLD:
        raise CannotSettle(held.act)
    entry = Entry(held.owner)
    done = Transfer.objects.filter(settles=held).first()
    if done is not None and done.act != act:
        raise CannotSettle(f"{done.act} already")
    return entry, held.legs.get(account__kind=Kind.RESERVED).amount, done


def _cause_of(first: Transfer, actor: User | None = None, note: str = "") -> dict[str, Any]:
    """What follows from a transfer has its cause."""
    same = ("cause_type_id", "cause_id", "label", "url", "payer_id", "rule_version_id")
    return {**{name: getattr(first, name) for name in same}, "actor": actor, "note": note[:300]}
