"""Taking back: exactly what was paid, from what waits, from what is there, and the rest as a debt."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from rewards import ledger
from rewards.checking import differences
from rewards.models import Kind, Transfer, Vesting
from tests.make import points as make

pytestmark = pytest.mark.django_db


def test_what_still_waits_is_taken_from_what_waits(officer: Any) -> None:
    make.give(officer, 50, reputation=50)
    waiting = make.give(officer, 15, reputation=10, waits=True)

    back = make.reverse(waiting)

    assert make.legs(back) == {"pending": -15, "mint": 15, "reputation": -10, "fame": 10}
    assert (make.figures(officer), Vesting.objects.count()) == ({"available": 50, "reputation": 50}, 0)
    assert differences() == []


def test_others_that_wait_are_left_alone(officer: Any) -> None:
    """Points of another issue have a day of their own: they make up the debt when they come, not before."""
    first = make.give(officer, 20)
    make.spent(officer, 20)
    other = make.give(officer, 15, waits=True)

    make.reverse(first)
    assert make.figures(officer) == {"debt": -20, "pending": 15}
    with transaction.atomic():
        ledger.vest(issue=other, at=timezone.now())

    assert make.figures(officer) == {"debt": -5}
    assert differences() == []


def test_what_was_spent_becomes_a_debt(officer: Any) -> None:
    first = make.give(officer, 30, reputation=30)
    make.spent(officer, 20)

    back = make.reverse(first)

    assert make.legs(back) == {"available": -10, "debt": -20, "mint": 30, "reputation": -30, "fame": 30}
    assert make.figures(officer) == {"debt": -20}
    with pytest.raises(ledger.NotEnoughPoints):
        make.hold(officer, 1)
    assert differences() == []


def test_what_made_up_a_debt_is_returned_exactly_too(officer: Any) -> None:
    first = make.give(officer, 30)
    make.spent(officer, 30)
    make.reverse(first)
    second = make.give(officer, 40, waits=True)
    assert make.figures(officer) == {"pending": 10}

    make.reverse(second)

    assert (make.figures(officer), make.house(Kind.MINT)) == ({"debt": -30}, 0)
    assert differences() == []


def test_a_second_time_changes_nothing(officer: Any) -> None:
    first = make.give(officer, 30)

    back, again = make.reverse(first), make.reverse(first)

    assert (back.pk, Transfer.objects.count(), make.figures(officer)) == (again.pk, 2, {})


def test_only_what_gave_or_took_is_reversed(officer: Any) -> None:
    given = make.give(officer, 30)
    held = make.hold(officer, 10)
    back = make.reverse(make.give(officer, 5))
    before = make.rows()

    for wrong in (held, back):
        with pytest.raises(ledger.CannotReverse):
            make.reverse(wrong)

    assert (make.rows(), make.figures(officer)) == (before, {"available": 20, "reserved": 10})
    assert given.reverses is None
