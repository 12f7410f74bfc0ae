"""Paying with held points: to the store or into a bounty, in whole or in part."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from rewards import ledger
from rewards.checking import differences
from rewards.ledger import Cause
from rewards.models import Kind
from tests.make import points as make

pytestmark = pytest.mark.django_db


def _spend(held: Any, **more: Any) -> Any:
    with transaction.atomic():
        return ledger.spend(held=held, at=timezone.now(), **more)


def test_the_store_receives_what_was_held(officer: Any) -> None:
    make.give(officer, 100)
    held = make.hold(officer, 40)

    spent, again = _spend(held), _spend(held)

    assert (again.pk, make.legs(spent)) == (spent.pk, {"reserved": -40, "store": 40})
    assert (make.figures(officer), make.house(Kind.STORE)) == ({"available": 60}, 40)
    assert (spent.settles, spent.label) == (held, held.label)
    assert differences() == []


def test_half_a_bounty_to_the_answer_and_the_rest_back(officer: Any, outsider: Any) -> None:
    make.give(officer, 100)
    _spend(make.hold(officer, 100), points=50, to=Kind.BOUNTY)
    with transaction.atomic():
        ledger.issue(owner=outsider, points=50, key="bounty:1", at=timezone.now(), cause=Cause(payer=officer), source=Kind.BOUNTY)

    assert (make.figures(officer), make.figures(outsider), make.house(Kind.BOUNTY)) == ({"available": 50}, {"available": 50}, 0)
    assert make.house(Kind.MINT) == -100
    assert differences() == []


@pytest.mark.parametrize("wrong", [{"points": 0}, {"points": -1}, {"points": 41}, {"to": Kind.MINT}, {"to": Kind.AVAILABLE}])
def test_no_more_than_was_held_and_only_to_those_who_receive(officer: Any, wrong: dict[str, Any]) -> None:
    make.give(officer, 100)
    held = make.hold(officer, 40)
    before = make.rows()

    with pytest.raises(ledger.CannotSettle):
        _spend(held, **wrong)

    assert (make.rows(), make.figures(officer)) == (before, {"available": 60, "reserved": 40})


def test_spending_is_reversed_exactly(officer: Any) -> None:
    make.give(officer, 100)
    spent = _spend(make.hold(officer, 40), points=30)

    back, again = make.reverse(spent), make.reverse(spent)

    assert (again.pk, make.legs(back)) == (back.pk, {"store": -30, "available": 30})
    assert (make.figures(officer), make.house(Kind.STORE)) == ({"available": 100}, 0)
    assert differences() == []


def test_points_expire_into_an_account_of_their_own(officer: Any) -> None:
    make.give(officer, 100)
    with transaction.atomic():
        gone = ledger.expire(owner=officer, points=30, key="expiry:1", at=timezone.now(), cause=Cause())
    assert (make.figures(officer), make.house(Kind.EXPIRED)) == ({"available": 70}, 30)

    for points in (71, 0):
        with pytest.raises(ledger.LedgerError), transaction.atomic():
            ledger.expire(owner=officer, points=points, key=f"expiry:{points}", at=timezone.now(), cause=Cause())
    make.reverse(gone)

    assert (make.figures(officer), make.house(Kind.EXPIRED)) == ({"available": 100}, 0)
    assert differences() == []
