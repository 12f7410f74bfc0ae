"""The proof of the ledger: every figure from the legs alone, compared with what is stored. Reads only. The shop adds its own laws."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from rewards import stock_checking
from rewards.models import PERSONAL, REPUTATION_KINDS, Account, Act, Kind, Leg, Transfer, Vesting

Found = Iterator[tuple[str, int, int]]


@dataclass(frozen=True)
class Difference:
    """`check` names the law, `about` the row that breaks it; `stored` and `proven` are the two figures that should be one."""

    check: str
    about: str
    stored: int
    proven: int


def differences() -> list[Difference]:
    """All that does not hold; empty for a sound ledger."""
    return [
        Difference(law.__name__.strip("_"), about, stored, proven)
        for law in _LAWS
        for about, stored, proven in law()
        if stored != proven
    ]


def counts() -> dict[str, int]:
    """How much was proven, and the points and reputation that are with people now."""
    held = Account.objects.exclude(owner=None)
    points = held.exclude(kind=Kind.REPUTATION).aggregate(sum=Coalesce(Sum("balance"), 0))["sum"]
    reputation = held.filter(kind=Kind.REPUTATION).aggregate(sum=Coalesce(Sum("balance"), 0))["sum"]
    return {
        "accounts": held.count(),
        "transfers": Transfer.objects.count(),
        "legs": Leg.objects.count(),
        "points": points,
        "reputation": reputation,
    }


def _accounts(found: QuerySet[Account], proven: Any) -> Found:
    """Accounts whose stored figure is another than the proven one."""
    rows = found.annotate(proven=Coalesce(proven, 0)).exclude(balance=F("proven"))
    for pk, owner, kind, balance, right in rows.values_list("pk", "owner", "kind", "balance", "proven"):
        yield f"account {pk} ({kind} of {owner})", balance or 0, right


def _transfers_sum_to_nothing() -> Found:
    """In each currency, transfer by transfer (and so in the whole)."""
    fame = Q(account__kind__in=REPUTATION_KINDS)
    sums = (
        Leg.objects.order_by()
        .values("transfer")
        .annotate(points=Coalesce(Sum("amount", filter=~fame), 0), reputation=Coalesce(Sum("amount", filter=fame), 0))
    )
    for transfer, *found in sums.filter(~Q(points=0) | ~Q(reputation=0)).values_list("transfer", "points", "reputation"):
        yield from (
            (f"transfer {transfer} {name}", value, 0) for name, value in zip(("points", "reputation"), found, strict=True)
        )


def _balances_are_their_legs() -> Found:
    legs = Leg.objects.filter(account=OuterRef("pk")).order_by().values("account").annotate(sum=Sum("amount")).values("sum")
    yield from _accounts(Account.objects.exclude(owner=None), Subquery(legs))


def _legs_stay_with_their_owner() -> Found:
    """A transfer moves the accounts of its owner and of the house, nobody else's."""
    for leg in Leg.objects.exclude(account__owner=None).exclude(account__owner=F("transfer__owner")):
        yield f"leg {leg.pk} of transfer {leg.transfer_id}", 0, leg.amount


def _nothing_is_below_zero() -> Found:
    for account in Account.objects.filter(kind__in=PERSONAL).exclude(kind=Kind.DEBT).filter(balance__lt=0):
        yield f"account {account.pk} ({account})", account.balance or 0, 0
    for account in Account.objects.filter(kind=Kind.DEBT, balance__gt=0):
        yield f"account {account.pk} ({account})", account.balance or 0, 0


def _nobody_has_points_and_a_debt() -> Found:
    indebted = Account.objects.filter(kind=Kind.DEBT, balance__lt=0).values("owner")
    for account in Account.objects.filter(kind=Kind.AVAILABLE, balance__gt=0, owner__in=indebted):
        yield f"account {account.pk} ({account})", account.balance or 0, 0


def _waiting_points_are_pending() -> Found:
    """What waits for its day is what the pending account holds; each waiting issue brought exactly that, and is neither vested nor reversed."""
    waiting = Vesting.objects.filter(owner=OuterRef("owner")).order_by().values("owner").annotate(sum=Sum("amount")).values("sum")
    yield from _accounts(Account.objects.filter(kind=Kind.PENDING), Subquery(waiting))
    came = Leg.objects.filter(transfer=OuterRef("pk"), account__kind=Kind.PENDING).values("amount")[:1]
    rows = Vesting.objects.annotate(proven=Coalesce(Subquery(came), 0)).exclude(amount=F("proven"))
    for issue, amount, right in rows.values_list("issue", "amount", "proven"):
        yield f"waiting issue {issue}", amount, right
    for row in Vesting.objects.exclude(issue__settlement=None, issue__reversal=None):
        yield f"waiting issue {row.issue_id}", row.amount, 0


def _open_holds_are_reserved() -> Found:
    held = (
        Leg.objects.filter(account=OuterRef("pk"), transfer__act=Act.HOLD, transfer__settlement=None)
        .order_by()
        .values("account")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    yield from _accounts(Account.objects.filter(kind=Kind.RESERVED), Subquery(held))


def _moved(kinds: Q, transfer: str) -> Coalesce:
    """The sum of the legs of a transfer on accounts of these kinds."""
    legs: QuerySet[Leg] = Leg.objects.filter(kinds, transfer=OuterRef(transfer)).order_by()
    return Coalesce(Subquery(legs.values("transfer").annotate(sum=Sum("amount")).values("sum")), 0)


def _reversals_are_exact() -> Found:
    """Account by account of the house, and in sum for the person in each currency."""
    house = Leg.objects.filter(transfer__act=Act.REVERSE, account__owner=None)
    first = Leg.objects.filter(account=OuterRef("account"), transfer=OuterRef("transfer__reverses")).values("amount")[:1]
    rows = house.annotate(proven=-Coalesce(Subquery(first), 0)).exclude(amount=F("proven"))
    for transfer, account, amount, right in rows.values_list("transfer", "account", "amount", "proven"):
        yield f"reversal {transfer} on account {account}", amount, right
    for name, kinds in (("reputation", Q(account__kind=Kind.REPUTATION)), ("points", ~Q(account__kind=Kind.REPUTATION))):
        own = kinds & Q(account__owner__isnull=False)
        both = Transfer.objects.filter(act=Act.REVERSE).annotate(now=_moved(own, "pk"), then=_moved(own, "reverses"))
        for pk, now, then in both.exclude(now=-F("then")).values_list("pk", "now", "then"):
            yield f"reversal {pk} {name}", now, -then


def _settlements_are_exact() -> Found:
    """A spending or release takes from the reserved account what its hold brought; vesting likewise from the pending one."""
    for act, kind in ((Act.SPEND, Kind.RESERVED), (Act.RELEASE, Kind.RESERVED), (Act.VEST, Kind.PENDING)):
        one = Q(account__kind=kind)
        both = Transfer.objects.filter(act=act).annotate(now=_moved(one, "pk"), then=_moved(one, "settles"))
        for pk, now, then in both.exclude(now=-F("then")).values_list("pk", "now", "then"):
            yield f"{act} {pk}", now, -then


def _house_accounts_stand_alone() -> Found:
    """One of each kind, and no stored figure."""
    for row in Account.objects.filter(owner=None).order_by().values("kind").annotate(n=Count("pk")).filter(n__gt=1):
        yield f"house account {row['kind']}", row["n"], 1
    for account in Account.objects.filter(owner=None).exclude(balance=None):
        yield f"house account {account.kind}", account.balance or 0, 0


_LAWS: tuple[Callable[[], Found], ...] = (
    _transfers_sum_to_nothing,
    _balances_are_their_legs,
    _legs_stay_with_their_owner,
    _nothing_is_below_zero,
    _nobody_has_points_and_a_debt,
    _waiting_points_are_pending,
    _open_holds_are_reserved,
    _reversals_are_exact,
    _settlements_are_exact,
    _house_accounts_stand_alone,
    *stock_checking.LAWS,
)
