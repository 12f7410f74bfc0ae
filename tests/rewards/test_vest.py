"""From on hold to available: each issue once, never what was taken back."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from rewards import ledger
from rewards.checking import differences
from rewards.models import Vesting
from tests.make import points as make

pytestmark = pytest.mark.django_db


def _vest(issue: Any) -> Any:
    with transaction.atomic():
        return ledger.vest(issue=issue, at=timezone.now())


def test_waiting_points_become_available_once(officer: Any) -> None:
    given = make.give(officer, 15, reputation=15, waits=True)

    vested = _vest(given)

    assert (make.legs(vested), vested.settles) == ({"pending": -15, "available": 15}, given)
    assert make.figures(officer) == {"available": 15, "reputation": 15}
    assert (_vest(given), Vesting.objects.count(), differences()) == (None, 0, [])


def test_what_was_taken_back_does_not_vest(officer: Any) -> None:
    given = make.give(officer, 15, waits=True)
    make.reverse(given)
    before = make.rows()

    assert (_vest(given), make.rows(), make.figures(officer)) == (None, before, {})


def test_taking_back_after_vesting_takes_what_is_available(officer: Any) -> None:
    given = make.give(officer, 15, waits=True)
    _vest(given)

    assert make.legs(make.reverse(given)) == {"available": -15, "mint": 15}
    assert (make.figures(officer), differences()) == ({}, [])
