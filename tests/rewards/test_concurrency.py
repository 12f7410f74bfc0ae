"""Several processes at once, on the databases of real life: nothing is spent twice, nothing is paid twice, nobody waits for ever."""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from kmportal.people.models import Agency, User
from rewards import ledger
from rewards.actions import due
from rewards.actions.awarding import Share, award, award_shared, take_back
from rewards.checking import differences
from rewards.ledger import Cause
from rewards.models import Account, Reason, Transfer
from tests.make import points as make

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES = 4


def _together(act: Callable[[Any], str], jobs: list[Any]) -> Counter[str]:
    """Runs `act` for each job in several processes; counts the answers. Connections do not survive a fork: everyone opens their own."""
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        return Counter(pool.map(act, jobs, chunksize=1))


def _buy(job: tuple[int, int]) -> str:
    owner, number = job
    try:
        with transaction.atomic():
            held = ledger.hold(owner=User(pk=owner), points=10, key=f"order:{number}", at=timezone.now(), cause=Cause())
            ledger.spend(held=held, at=timezone.now())
    except ledger.NotEnoughPoints:
        return "refused"
    return "sold"


def _pay(job: tuple[int, int]) -> str:
    owner, agency = job
    source = Agency.objects.get(pk=agency)
    given = award(
        reason=Reason.CONTEST_RESULT, earner=User.objects.get(pk=owner), payer=None, source=source, key="1", at=timezone.now()
    )
    return str(given.pk if given else None)


def _flip(job: tuple[int, int, int]) -> str:
    """Accepts and un-accepts, in whatever order they meet."""
    number, owner, agency = job
    if number % 2:
        return _pay((owner, agency)) and "paid"
    return "taken" if take_back(source=Agency.objects.get(pk=agency), reason=None, at=timezone.now()) else "nothing"


def _share(job: tuple[list[int], int]) -> str:
    people, agency = job
    among = [Share(User.objects.get(pk=pk)) for pk in people]
    source = Agency.objects.get(pk=agency)
    made = award_shared(
        reason=Reason.LESSON_PUBLISHED, among=among, payer=None, source=source, key=f"page {agency}", at=timezone.now()
    )
    return str(len(made))


def _vest(job: int) -> str:
    return str(due.vest_due(at=timezone.now() + timedelta(days=8)))


def test_64_at_once_on_points_for_10(officer: Any) -> None:
    make.give(officer, 100)

    answers = _together(_buy, [(officer.pk, number) for number in range(64)])

    assert answers == {"sold": 10, "refused": 54}
    assert (make.figures(officer), differences()) == ({}, [])


def test_one_key_from_several_processes_pays_once(officer: Any, agency_a: Any) -> None:
    answers = _together(_pay, [(officer.pk, agency_a.pk)] * 16)

    assert (len(answers), Transfer.objects.count()) == (1, 1)
    assert (make.figures(officer), differences()) == ({"pending": 50, "reputation": 50}, [])


def test_one_order_sent_many_times_is_one(officer: Any) -> None:
    make.give(officer, 100)

    assert _together(_buy, [(officer.pk, 1)] * 16) == {"sold": 16}

    assert (make.figures(officer), differences()) == ({"available": 90}, [])


def test_accept_and_unaccept_in_any_order_pay_once_or_not_at_all(officer: Any, agency_a: Any) -> None:
    _together(_flip, [(number, officer.pk, agency_a.pk) for number in range(24)])

    standing = Transfer.objects.filter(act="issue").standing().count()
    assert standing in {0, 1}
    assert make.figures(officer) == ({"pending": 50, "reputation": 50} if standing else {})
    assert differences() == []


def test_crossing_people_do_not_wait_for_each_other(
    officer: Any, outsider: Any, coordinator: Any, agency_a: Any, agency_b: Any
) -> None:
    """Each locks its people in one order, whatever order they stand in."""
    people = [officer.pk, outsider.pk, coordinator.pk]
    jobs = [(people if number % 2 else people[::-1], agency.pk) for number in range(8) for agency in (agency_a, agency_b)]

    assert _together(_share, jobs) == {"3": 2, "0": 14}

    assert sum(account.balance or 0 for account in Account.objects.filter(kind="pending")) == 40
    assert differences() == []


def test_two_workers_vest_each_issue_once(officer: Any, outsider: Any) -> None:
    for owner in (officer, outsider) * 5:
        make.give(owner, 5, waits=True)

    answers = _together(_vest, [1, 2])

    assert sum(int(number) * times for number, times in answers.items()) == 10
    assert (make.figures(officer), make.figures(outsider)) == ({"available": 25}, {"available": 25})
    assert differences() == []


@pytest.mark.postgres
def test_row_locks_are_taken_one_after_the_other(officer: Any) -> None:
    """The accounts of a person are locked in the order of their keys, and weakly: rows that only point to them are not kept waiting."""
    from django.test.utils import CaptureQueriesContext

    make.give(officer, 5)
    with transaction.atomic(), CaptureQueriesContext(connection) as caught:
        ledger.lock(officer)

    locking = [query["sql"] for query in caught if "FOR NO KEY UPDATE" in query["sql"]]
    assert len(locking) == 1
    assert 'ORDER BY "rewards_account"."id" ASC FOR NO KEY UPDATE' in locking[0]
