"""Laying points aside: only what is available; spent or given back, once."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from rewards import ledger
from rewards.checking import differences
from rewards.models import Kind
from tests.make import points as make

pytestmark = pytest.mark.django_db


def _release(held: Any) -> Any:
    with transaction.atomic():
        return ledger.release(held=held, at=timezone.now())


def test_held_points_are_not_available(officer: Any) -> None:
    make.give(officer, 100)

    held = make.hold(officer, 40)

    assert make.legs(held) == {"available": -40, "reserved": 40}
    assert make.figures(officer) == {"available": 60, "reserved": 40}
    assert differences() == []


@pytest.mark.parametrize("points", [101, 10**12])
def test_no_more_than_there_is(officer: Any, points: int) -> None:
    make.give(officer, 100)
    make.give(officer, 50, waits=True)
    before = make.rows()

    with pytest.raises(ledger.NotEnoughPoints) as refused:
        make.hold(officer, points)

    assert (refused.value.available, make.rows(), make.figures(officer)) == (100, before, {"available": 100, "pending": 50})


@pytest.mark.parametrize("points", [0, -5])
def test_nothing_is_no_hold(officer: Any, points: int) -> None:
    make.give(officer, 100)

    with pytest.raises(ledger.LedgerError):
        make.hold(officer, points)

    assert make.figures(officer) == {"available": 100}


def test_the_same_key_holds_once(officer: Any) -> None:
    make.give(officer, 100)

    first, again = make.hold(officer, 60, key="order:1"), make.hold(officer, 60, key="order:1")

    assert (first.pk, make.figures(officer)) == (again.pk, {"available": 40, "reserved": 60})


def test_release_gives_back_what_was_held(officer: Any) -> None:
    make.give(officer, 100)
    held = make.hold(officer, 40)

    released = _release(held)
    again = _release(held)

    assert (again.pk, make.legs(released)) == (released.pk, {"reserved": -40, "available": 40})
    assert make.figures(officer) == {"available": 100}
    assert differences() == []


def test_released_points_make_up_a_debt_first(officer: Any) -> None:
    first = make.give(officer, 100)
    held = make.hold(officer, 40)
    make.reverse(first)
    assert make.figures(officer) == {"reserved": 40, "debt": -40}

    _release(held)

    assert make.figures(officer) == {}
    assert differences() == []


def test_a_hold_is_settled_in_one_way(officer: Any) -> None:
    make.give(officer, 100)
    released, spent = make.hold(officer, 40), make.hold(officer, 40)
    _release(released)
    with transaction.atomic():
        ledger.spend(held=spent, at=timezone.now())
    before = make.rows()

    with pytest.raises(ledger.CannotSettle), transaction.atomic():
        ledger.spend(held=released, at=timezone.now())
    with pytest.raises(ledger.CannotSettle):
        _release(spent)
    with pytest.raises(ledger.CannotSettle):
        _release(make.give(officer, 0, key="no hold"))

    assert make.rows() == (before[0] + 1, before[1])
    assert (make.figures(officer), make.house(Kind.STORE)) == ({"available": 60}, 40)
