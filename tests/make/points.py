"""Points for tests, given and moved by the ledger's own verbs."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from rewards import ledger
from rewards.actions.ruling import Terms, change_rule
from rewards.ledger import Cause
from rewards.models import Account, Kind, RuleVersion, Transfer

_numbers = count(1)
HOLD = timedelta(days=7)


def key() -> str:
    return f"test:{next(_numbers)}"


def give(
    owner: Any, points: int, *, reputation: int = 0, at: datetime | None = None, waits: bool = False, **more: Any
) -> Transfer:
    """Points that are available at once, or wait for a week."""
    moment = at or timezone.now()
    fields: dict[str, Any] = {"key": key(), "cause": Cause(label="A test")} | more
    with transaction.atomic():
        return ledger.issue(
            owner=owner, points=points, reputation=reputation, at=moment, vest_at=moment + HOLD if waits else None, **fields
        )


def hold(owner: Any, points: int, **more: Any) -> Transfer:
    fields: dict[str, Any] = {"key": key(), "cause": Cause(label="A reward"), "at": timezone.now()} | more
    with transaction.atomic():
        return ledger.hold(owner=owner, points=points, **fields)


def spent(owner: Any, points: int) -> Transfer:
    """A hold that was spent."""
    with transaction.atomic():
        return ledger.spend(held=hold(owner, points), at=timezone.now())


def reverse(transfer: Transfer) -> Transfer:
    with transaction.atomic():
        return ledger.reverse(transfer=transfer, at=timezone.now())


def figures(owner: Any) -> dict[str, int]:
    """What the person's accounts hold, without the empty ones."""
    return {kind: balance for kind, balance in Account.objects.visible_to(owner).figures().items() if balance}


def house(kind: Kind) -> int:
    """What an account of the house holds, from its legs."""
    return sum(Account.objects.get(owner=None, kind=kind).legs.values_list("amount", flat=True))


def legs(transfer: Transfer) -> dict[str, int]:
    return dict(transfer.legs.values_list("account__kind", "amount"))


def rows() -> tuple[int, int]:
    """Transfers and legs there are: a refusal adds none."""
    return Transfer.objects.count(), sum(transfer.legs.count() for transfer in Transfer.objects.all())


def rule(reason: Any, actor: Any, *, at: datetime | None = None, effective_from: datetime | None = None, **changes: Any) -> Any:
    """A new version of a rule that says something else."""
    moment = at or timezone.now()
    before = RuleVersion.objects.filter(rule__code=reason).holding_at(effective_from or moment).get()
    terms = replace(Terms.of(before), **changes)
    return change_rule(actor=actor, rule=before.rule, terms=terms, effective_from=effective_from, note="A test", at=moment)
