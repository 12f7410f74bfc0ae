"""Several processes at once: nothing is sold twice, nobody pays with points they have not, each request counts once."""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.utils import timezone

from kmportal.people.models import User
from rewards.actions import desk, redeeming
from rewards.actions.ground import NotNow, ShopError, SoldOut
from rewards.checking import differences
from rewards.models import Redemption, Reward, Voucher
from tests.make import points, shop

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES = 4


def _together(act: Callable[[Any], str], jobs: list[Any]) -> Counter[str]:
    """Runs `act` for each job in several processes; counts the answers. Connections do not survive a fork: everyone opens their own."""
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        return Counter(pool.map(act, jobs, chunksize=1))


def _order(job: tuple[int, int, UUID]) -> str:
    person, wanted, key = job
    reward = Reward.objects.get(pk=wanted)
    try:
        made = redeeming.redeem(actor=User.objects.get(pk=person), reward=reward, key=key, price=reward.price, at=timezone.now())
    except ShopError as error:
        return type(error).__name__
    return str(made.pk)


def _act(job: tuple[int, str, int]) -> str:
    """Approves, lays ready, declines, cancels or lets expire, in whatever order they meet."""
    pk, verb, by = job
    now, redemption, actor = timezone.now(), Redemption.objects.get(pk=pk), User.objects.get(pk=by)
    try:
        if verb == "cancel":
            redeeming.cancel(actor=redemption.person, redemption=redemption, at=now)
        elif verb == "decline":
            desk.decline(actor=actor, redemption=redemption, reason="x", at=now)
        else:
            {"approve": desk.approve, "ready": desk.make_ready}[verb](actor=actor, redemption=redemption, at=now)
    except NotNow:
        return "too late"
    return verb


def _hand_over(job: tuple[int, str, int]) -> str:
    pk, code, by = job
    try:
        if not code:
            redeeming.cancel(
                actor=Redemption.objects.get(pk=pk).person, redemption=Redemption.objects.get(pk=pk), at=timezone.now()
            )
            return "cancelled"
        desk.hand_over(actor=User.objects.get(pk=by), redemption=Redemption.objects.get(pk=pk), code=code, at=timezone.now())
    except NotNow:
        return "too late"
    return "done"


def test_64_at_once_on_a_stock_of_10(officer: Any, outsider: Any) -> None:
    for person in (officer, outsider):
        points.give(person, 40 * 64)
    wanted = shop.reward(stock=10)

    answers = _together(_order, [((officer, outsider)[number % 2].pk, wanted.pk, uuid4()) for number in range(64)])

    assert (answers.pop("SoldOut"), len(answers), SoldOut.__name__) == (54, 10, "SoldOut")
    assert (shop.stock_of(wanted), Redemption.objects.count(), differences()) == (0, 10, [])
    spent = points.figures(officer).get("reserved", 0) + points.figures(outsider).get("reserved", 0)
    assert spent == 400


def test_one_purse_buys_what_it_holds_from_two_rewards(officer: Any) -> None:
    points.give(officer, 100)
    bag, cup = shop.reward(stock=20), shop.reward(stock=20, name="แก้ว")

    answers = _together(_order, [(officer.pk, (bag, cup)[number % 2].pk, uuid4()) for number in range(16)])

    assert (answers.pop("TooFewPoints"), len(answers)) == (14, 2)
    assert (points.figures(officer), differences()) == ({"available": 20, "reserved": 80}, [])


def test_one_form_sent_16_times_is_one_request(officer: Any) -> None:
    points.give(officer, 1000)
    wanted, key = shop.reward(), uuid4()

    answers = _together(_order, [(officer.pk, wanted.pk, key)] * 16)

    assert (list(answers.values()), Redemption.objects.count(), shop.stock_of(wanted)) == ([16], 1, 9)


def test_limit_and_budget_hold_in_a_rush(officer: Any, colleague: Any) -> None:
    for person in (officer, colleague):
        points.give(person, 1000)
    once, shared = shop.reward(limit=1, stock=20), shop.reward(agency_budget=120, stock=20)

    limited = _together(_order, [(officer.pk, once.pk, uuid4())] + [(officer.pk, once.pk, uuid4()) for _n in range(7)])
    paid = _together(_order, [((officer, colleague)[number % 2].pk, shared.pk, uuid4()) for number in range(8)])

    assert (limited.pop("LimitReached"), len(limited), paid.pop("BudgetUsedUp"), len(paid)) == (7, 1, 5, 3)
    assert differences() == []


def test_acts_that_cross_leave_one_end(officer: Any) -> None:
    points.give(officer, 1000)
    wanted, by = shop.reward(stock=4), shop.keeper()
    made = [shop.order(officer, wanted) for _number in range(4)]

    _together(
        _act, [(one.pk, verb, by.pk) for one in made for verb in ("approve", "cancel", "ready", "decline", "cancel", "approve")]
    )

    assert {shop.now(one).state for one in made} <= {"cancelled", "declined"}
    assert (shop.stock_of(wanted), points.figures(officer), differences()) == (4, {"available": 1000}, [])


def test_handed_over_or_cancelled_never_both(officer: Any) -> None:
    points.give(officer, 1000)
    wanted, by = shop.reward(stock=4), shop.keeper()
    made = [shop.ready(officer, wanted) for _number in range(4)]

    _together(_hand_over, [(one.pk, code, by.pk) for one in made for code in (one.code, "", one.code, "")])

    done = sum(shop.now(one).state == "done" for one in made)
    assert (shop.stock_of(wanted), points.figures(officer).get("available")) == (4 - done, 1000 - 40 * done)
    assert differences() == []


def test_each_voucher_has_one_owner(officer: Any) -> None:
    points.give(officer, 1000)
    wanted, by = shop.voucher(*(f"CODE-{number:04}" for number in range(4))), shop.keeper()
    made = [shop.order(officer, wanted) for _number in range(4)]

    assert _together(_act, [(one.pk, "approve", by.pk) for one in made * 3]) == {"approve": 12}

    assert len(set(Voucher.objects.values_list("redemption", flat=True))) == 4
    assert (points.figures(officer), differences()) == ({"available": 840}, [])
