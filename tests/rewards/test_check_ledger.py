"""The proof finds what is wrong, names it, and says so by its exit code."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from rewards.models import Account, Kind, Leg, Vesting
from tests.make import points as make

pytestmark = pytest.mark.django_db


def _run(**options: Any) -> str:
    out = StringIO()
    call_command("check_ledger", stdout=out, **options)
    return out.getvalue()


def _checks() -> set[str]:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_ledger", format="json", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["sound"] is False
    return {one["check"] for one in answer["differences"]}


@pytest.fixture
def busy(officer: Any, outsider: Any) -> Any:
    """Every kind of movement once."""
    first = make.give(officer, 100, reputation=100)
    make.give(officer, 15, reputation=15, waits=True)
    make.spent(officer, 30)
    make.hold(officer, 20)
    make.reverse(first)
    return make.give(outsider, 10)


def test_a_sound_ledger(busy: Any) -> None:
    assert _run() == "The ledger is sound: 7 transfers, 21 legs, 10 accounts; -5 points and 15 reputation are with people.\n"
    answer = json.loads(_run(format="json"))
    assert answer == {
        "sound": True,
        "accounts": 10,
        "transfers": 7,
        "legs": 21,
        "points": -5,
        "reputation": 15,
        "differences": [],
    }


def test_an_empty_one() -> None:
    assert _run().startswith("The ledger is sound: 0 transfers")


def test_a_balance_that_somebody_wrote(busy: Any, outsider: Any) -> None:
    Account.objects.filter(owner=outsider, kind=Kind.AVAILABLE).update(balance=11)

    assert _checks() == {"balances_are_their_legs"}


def test_a_leg_too_many(busy: Any, officer: Any, outsider: Any) -> None:
    mine = Account.objects.get(owner=officer, kind=Kind.RESERVED)
    Leg.objects.create(transfer=busy, account=mine, amount=5)

    assert _checks() == {"transfers_sum_to_nothing", "balances_are_their_legs", "legs_stay_with_their_owner"}


def test_points_and_a_debt(busy: Any, outsider: Any) -> None:
    Account.objects.filter(owner=outsider, kind=Kind.DEBT).update(balance=-1)

    assert "nobody_has_points_and_a_debt" in _checks()


def test_a_day_that_was_lost(busy: Any) -> None:
    Vesting.objects.all().delete()

    assert _checks() == {"waiting_points_are_pending"}


def test_a_reversal_that_is_not_exact(busy: Any) -> None:
    """Written past the verbs, with another sum than what was paid."""
    now = timezone.now()
    wrong = type(busy).objects.create(act="reverse", key="by hand", owner=busy.owner, happened_at=now, reverses=busy)
    mint, own = Account.objects.get(owner=None, kind=Kind.MINT), Account.objects.get(owner=busy.owner, kind=Kind.AVAILABLE)
    Leg.objects.create(transfer=wrong, account=mint, amount=9)
    Leg.objects.create(transfer=wrong, account=own, amount=-9)
    Account.objects.filter(pk=own.pk).update(balance=1)

    assert _checks() == {"reversals_are_exact"}


def test_a_hold_that_nobody_reserved(busy: Any, officer: Any) -> None:
    type(busy).objects.create(act="release", key="by hand", owner=officer, happened_at=timezone.now(), settles=_open_hold(busy))

    assert _checks() == {"open_holds_are_reserved", "settlements_are_exact"}


def _open_hold(busy: Any) -> Any:
    return type(busy).objects.get(act="hold", settlement=None)


def test_the_number_of_queries_does_not_grow(busy: Any, officer: Any, django_assert_max_num_queries: Any) -> None:
    for _ in range(10):
        make.give(officer, 5, waits=True)
    with django_assert_max_num_queries(40):
        _run()
    assert connection.vendor in {"sqlite", "postgresql"}
