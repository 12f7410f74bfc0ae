"""What comes due by itself: points whose hold is over become available; where a rule says so, old ones expire."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from kmportal.people.models import User
from rewards import holds, ledger
from rewards.ledger import Cause
from rewards.models import Account, Act, Kind, Leg, RuleVersion, Transfer
from rewards.rules import months_later

BATCH = 100


def do_what_is_due() -> None:
    """The chore of the task worker."""
    now = timezone.now()
    vest_due(at=now)
    expire_due(at=now)


def vest_due(*, at: datetime) -> int:
    """Makes available what has waited long enough and is under no open flag; answers how many issues. May run in several processes."""
    return sum(_vest(issue.pk, at) for issue in _due(at))


def _due(at: datetime) -> Iterator[Transfer]:
    """Batch by batch, so that what is blocked does not stand in the way of the rest."""
    last = 0
    while batch := list(
        Transfer.objects.filter(vesting__due_at__lte=at, pk__gt=last)
        .select_related("owner", "rule_version")
        .order_by("pk")[:BATCH]
    ):
        last = batch[-1].pk
        kept = holds.blocked(batch)
        yield from (issue for issue in batch if issue.pk not in kept)


@transaction.atomic
def _vest(pk: int, at: datetime) -> bool:
    return ledger.vest(issue=Transfer.objects.select_related("owner").get(pk=pk), at=at) is not None


# --- Expiry ----------------------------------------------------------------------------------------------------------------------
def expire_due(*, at: datetime) -> int:
    """Takes points that were not used in their time, where the rule that gave them says they expire (none does at first).

    The oldest points count as used first. At most once a day for each person; answers how many people lost some.
    """
    if not RuleVersion.objects.exclude(expire_months=None).exists():
        return 0
    rich = Account.objects.filter(kind=Kind.AVAILABLE, balance__gt=0).exclude(owner__point_transfers__key__endswith=_day_key(at))
    owners = User.objects.filter(
        pk__in=rich.values("owner"), point_transfers__act=Act.ISSUE, point_transfers__rule_version__expire_months__isnull=False
    )
    return sum(_expire(owner, at) for owner in owners.distinct().order_by("pk"))


def _day_key(at: datetime) -> str:
    return f":expired:{timezone.localdate(at).isoformat()}"


@transaction.atomic
def _expire(owner: User, at: datetime) -> bool:
    left = ledger.lock(owner)[owner.pk][Kind.AVAILABLE].balance or 0
    over = 0
    for arrived, amount, months in _arrivals(owner):
        of_this = min(amount, left)
        left -= of_this
        if months is not None and months_later(timezone.localtime(arrived), months) <= at:
            over += of_this
    if not over:
        return False
    ledger.expire(owner=owner, points=over, key=f"{owner.pk}{_day_key(at)}", at=at, cause=Cause())
    return True


def _arrivals(owner: User) -> list[tuple[datetime, int, int | None]]:
    """(when, how many, months they last) of all points that ever became available and were not taken back, the newest first.

    What is left now are the newest of them, since the oldest are used first.
    """
    issued = Transfer.objects.filter(owner=owner, act=Act.ISSUE, vesting=None).standing()
    legs = Leg.objects.filter(transfer__in=issued, account__kind__in=(Kind.MINT, Kind.BOUNTY)).order_by()
    sums = legs.values("transfer").annotate(sum=Sum("amount"))
    rows = sums.values_list(
        "transfer__settlement__happened_at", "transfer__happened_at", "sum", "transfer__rule_version__expire_months"
    )
    found = [(vested or issued_at, -total, months) for vested, issued_at, total, months in rows.order_by(F("transfer").desc())]
    return sorted(found, key=lambda row: row[0], reverse=True)
