"""Giving points: two currencies, a hold, debts first, one key once."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from rewards import ledger
from rewards.checking import differences
from rewards.ledger import Cause
from rewards.models import Account, Kind, Leg, RuleVersion, Transfer, Vesting
from tests.make import points as make

pytestmark = pytest.mark.django_db


def test_points_and_reputation_come_from_the_house(officer: Any) -> None:
    given = make.give(officer, 15, reputation=10)

    assert make.legs(given) == {"available": 15, "mint": -15, "reputation": 10, "fame": -10}
    assert make.figures(officer) == {"available": 15, "reputation": 10}
    assert (make.house(Kind.MINT), make.house(Kind.FAME)) == (-15, -10)
    assert differences() == []


def test_points_on_hold_wait_and_reputation_does_not(officer: Any) -> None:
    given = make.give(officer, 15, reputation=15, waits=True)

    assert make.figures(officer) == {"pending": 15, "reputation": 15}
    waiting = Vesting.objects.get()
    assert (waiting.issue, waiting.amount, waiting.due_at) == (given, 15, given.happened_at + timedelta(days=7))


def test_the_same_key_gives_the_first_transfer(officer: Any) -> None:
    first = make.give(officer, 15, key="accepted:1")
    before = make.rows()

    again = make.give(officer, 99, key="accepted:1")

    assert (again.pk, make.rows(), make.figures(officer)) == (first.pk, before, {"available": 15})


def test_a_key_of_somebody_else_is_refused(officer: Any, outsider: Any) -> None:
    make.give(officer, 15, key="accepted:1")
    before = make.rows()

    with pytest.raises(ledger.KeyTaken):
        make.give(outsider, 15, key="accepted:1")
    with pytest.raises(ledger.KeyTaken):
        make.hold(officer, 5, key="accepted:1")

    assert (make.rows(), make.figures(outsider), make.figures(officer)) == (before, {}, {"available": 15})


@pytest.mark.parametrize("wrong", [{"points": -1}, {"points": 1, "reputation": -1}, {"points": 1, "source": Kind.STORE}])
def test_nothing_negative_and_only_from_those_who_give(officer: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(ledger.LedgerError):
        make.give(officer, wrong.pop("points"), **wrong)

    assert (make.rows(), make.figures(officer)) == ((0, 0), {})


def test_an_issue_of_nothing_is_written_down(officer: Any) -> None:
    """What a limit cut to nothing stands in the statement, with the reason."""
    given = make.give(officer, 0, cause=Cause(label="A vote", limited_by=Transfer.Limit.DAY), waits=True)

    assert (make.legs(given), given.limited_by, Vesting.objects.count()) == ({}, "day", 0)
    assert differences() == []


def test_a_debt_is_made_up_first(officer: Any) -> None:
    first = make.give(officer, 30)
    make.spent(officer, 30)
    make.reverse(first)
    assert make.figures(officer) == {"debt": -30}

    make.give(officer, 20)
    assert make.figures(officer) == {"debt": -10}
    make.give(officer, 25, waits=True)

    assert make.figures(officer) == {"pending": 15}
    assert Vesting.objects.get().amount == 15
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_points_move_only_inside_a_transaction(officer: Any) -> None:
    with pytest.raises(ledger.NotInTransaction):
        ledger.issue(owner=officer, points=5, key="loose", at=timezone.now(), cause=Cause())

    assert make.rows() == (0, 0)


def test_the_cause_stands_for_good(officer: Any, outsider: Any, agency_a: Any) -> None:
    cause = Cause(source=agency_a, label="ก" * 300, url="/x/", payer=outsider, actor=outsider, note="why")
    given = make.give(officer, 5, cause=cause)

    assert (given.cause_type.model, given.cause_id, len(given.label), given.url) == ("agency", agency_a.pk, 255, "/x/")  # type: ignore[union-attr]  # set above
    assert (given.payer, given.actor, given.note) == (outsider, outsider, "why")


@pytest.mark.parametrize("model", [Transfer, Leg])
def test_the_database_refuses_to_rewrite(officer: Any, model: Any) -> None:
    make.give(officer, 5, reputation=5)
    row = model.objects.first()
    field = "note" if model is Transfer else "amount"

    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{field: 7})
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete(using="default")

    assert make.rows() == (1, 4)
    assert make.figures(officer) == {"available": 5, "reputation": 5}


def test_nor_versions_of_rules() -> None:
    version = RuleVersion.objects.first()
    assert version is not None

    with pytest.raises(DatabaseError), transaction.atomic():
        RuleVersion.objects.filter(pk=version.pk).update(points=999)

    assert RuleVersion.objects.get(pk=version.pk).points == version.points


def test_the_table_itself_holds_no_negative_balance(officer: Any) -> None:
    make.give(officer, 5)

    for kind, wrong in ((Kind.AVAILABLE, -1), (Kind.DEBT, 1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.filter(owner=officer, kind=kind).update(balance=wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(owner=officer, kind=Kind.MINT, balance=0)


def test_a_ledger_can_be_loaded_into_an_empty_database(officer: Any) -> None:
    """`loaddata` tries to update before it adds; that must not be refused where there is nothing yet."""
    given = make.give(officer, 5, reputation=5)
    text = serializers.serialize("json", [given, *given.legs.all()])
    rows = json.loads(text)
    for row in rows:
        row["pk"] += 10_000
        row["fields"] |= {"key": "loaded"} if row["model"] == "rewards.transfer" else {"transfer": given.pk + 10_000}

    for loaded in serializers.deserialize("json", json.dumps(rows)):
        loaded.save()

    assert make.legs(Transfer.objects.get(key="loaded")) == make.legs(given)
