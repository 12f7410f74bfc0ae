"""One entry of the ledger in the making: the locks it takes, the sums it gathers, and the writing of transfer, legs and figures."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Q

from kmportal.people.models import User
from rewards.models import HOUSE, PERSONAL, REPUTATION_KINDS, Account, Act, Kind, Leg, RuleVersion, Transfer


class LedgerError(Exception):
    """A movement that is not possible; nothing was changed."""


class NotInTransaction(LedgerError):
    """Points moved outside a transaction could stand without their cause."""


class NotEnoughPoints(LedgerError):
    """Fewer points are available than asked for."""

    def __init__(self, available: int) -> None:
        super().__init__(f"only {available} points are available")
        self.available = available


class KeyTaken(LedgerError):
    """The key belongs to another movement: of somebody else, or of another kind."""


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Why points move, as it stands in the statement for good: what it was about survives its source.

    Args:
        source: any stored object, kept as (content type, id).
        label, url: its name and address at that time.
        payer: whose act gave the points; actor: who pressed the button.
        rule: the version of the rule that said how many.
        limited_by: why it is fewer than the rule says (Transfer.Limit).
    """

    source: Any = None
    label: str = ""
    url: str = ""
    payer: User | None = None
    actor: User | None = None
    rule: RuleVersion | None = None
    limited_by: str = ""
    note: str = ""

    def fields(self) -> dict[str, Any]:
        known = self.source is not None
        return {
            "cause_type": ContentType.objects.get_for_model(self.source) if known else None,
            "cause_id": self.source.pk if known else None,
            "label": self.label[:255],
            "url": self.url[:500],
            "payer": self.payer,
            "actor": self.actor,
            "rule_version": self.rule,
            "limited_by": self.limited_by,
            "note": self.note[:300],
        }


# --- Accounts and their locks ----------------------------------------------------------------------------------------------------
def lock(*owners: User) -> dict[int, dict[str, Account]]:
    """Takes the accounts of these people, made where missing, in the order of their keys: owner's key to kind to account.

    A transaction that moves points of several people locks them all here first, so that two of them never wait for each other.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction
    people = sorted({owner.pk for owner in owners})
    found = _take(people)
    if len(found) < len(people) * len(PERSONAL):
        # Others may be making the same ones at this moment.
        Account.objects.bulk_create(
            [Account(owner_id=pk, kind=kind) for pk in people for kind in PERSONAL], ignore_conflicts=True
        )
        found = _take(people)
    taken: dict[int, dict[str, Account]] = {pk: {} for pk in people}
    for account in found:
        taken[account.owner_id or 0][account.kind] = account
    return taken


def _take(people: Iterable[int]) -> list[Account]:
    return list(Account.objects.select_for_update(no_key=True).filter(owner__in=people).order_by("pk"))


def ensure_house() -> None:
    """The house's own accounts. May run any number of times."""
    Account.objects.bulk_create([Account(kind=kind, balance=None) for kind in HOUSE], ignore_conflicts=True)


def _house() -> dict[str, Account]:
    found = {account.kind: account for account in Account.objects.filter(owner=None)}
    if len(found) < len(HOUSE):
        ensure_house()
        found = {account.kind: account for account in Account.objects.filter(owner=None)}
    return found


class Entry:
    """One transfer in the making: legs are gathered, then written together with the figures that follow from them."""

    def __init__(self, owner: User) -> None:
        self.owner = owner
        self.accounts = lock(owner)[owner.pk]
        self.sums: Counter[str] = Counter()

    def has(self, kind: Kind) -> int:
        """What the account holds, with what this entry has moved so far."""
        return (self.accounts[kind].balance or 0) + self.sums[kind]

    def credit(self, amount: int, kind: Kind = Kind.AVAILABLE) -> int:
        """Gives points: debts first, the rest to that account. Answers how many came there."""
        owed = min(amount, -self.has(Kind.DEBT))
        self.sums[Kind.DEBT] += owed
        self.sums[kind] += amount - owed
        return amount - owed

    def debit(self, amount: int) -> None:
        """Takes available points, as far as there are; the rest becomes a debt."""
        there = min(amount, self.has(Kind.AVAILABLE))
        self.sums[Kind.AVAILABLE] -= there
        self.sums[Kind.DEBT] -= amount - there

    def write(self, act: Act, key: str, at: datetime, **fields: Any) -> Transfer:
        legs = {kind: amount for kind, amount in self.sums.items() if amount}
        _require_balance(legs)
        transfer = Transfer.objects.create(act=act, key=key, owner=self.owner, happened_at=at, **fields)
        holders = {**_house(), **self.accounts}
        Leg.objects.bulk_create(Leg(transfer=transfer, account=holders[kind], amount=amount) for kind, amount in legs.items())
        for kind in sorted(legs.keys() & set(PERSONAL), key=lambda kind: holders[kind].pk):
            _move(holders[kind], legs[kind])
        return transfer


def _require_balance(legs: dict[str, int]) -> None:
    for reputation in (True, False):
        if sum(amount for kind, amount in legs.items() if (kind in REPUTATION_KINDS) is reputation):
            raise LedgerError(f"the legs do not sum to nothing: {legs}")


def _move(account: Account, amount: int) -> None:
    """Adds to the stored figure where the figure allows it; the constraint of the table stands behind."""
    allowed = Q(balance__lte=-amount) if account.kind == Kind.DEBT else Q(balance__gte=-amount)
    if Account.objects.filter(allowed, pk=account.pk).update(balance=F("balance") + amount) != 1:
        raise NotEnoughPoints(account.balance or 0)


def before(owner: User, act: Act, key: str) -> Transfer | None:
    """The transfer that this key has made already. Asked under the lock, so two of the same key come one after the other."""
    found = Transfer.objects.filter(key=key).first()
    if found is not None and (found.owner_id != owner.pk or found.act != act):
        raise KeyTaken(key)
    return found
