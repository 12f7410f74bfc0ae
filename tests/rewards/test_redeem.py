"""Asking for a reward, and everything that refuses it; a refusal changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from kmportal.inbox.models import Notice
from rewards.actions import redeeming
from rewards.actions.desk import decline
from rewards.actions.ground import SoldOut
from rewards.checking import differences
from rewards.models import Redemption, RedemptionEvent, Reward, StockMovement
from tests.make import points, shop

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def _state() -> tuple[Any, ...]:
    """All that a refusal must leave alone."""
    stock = tuple(Reward.objects.order_by("pk").values_list("pk", "stock"))
    return points.rows(), Redemption.objects.count(), StockMovement.objects.count(), stock, Notice.objects.count()


def _refused(error: type[Exception], person: Any, wanted: Reward, **more: Any) -> None:
    before = _state()
    with pytest.raises(error):
        shop.order(person, wanted, **more)
    assert (_state(), differences()) == (before, [])


def test_price_and_stock_are_laid_aside(officer: Any, agency_a: Any) -> None:
    points.give(officer, 100)
    wanted = shop.reward(stock=3)

    made = shop.order(officer, wanted, wish="  สีคราม \n ใบใหญ่ ")

    assert (made.state, made.price, made.wish, made.agency, made.counted) == ("requested", 40, "สีคราม ใบใหญ่", agency_a, True)
    assert points.figures(officer) == {"available": 60, "reserved": 40}
    assert (shop.stock_of(wanted), shop.book(wanted)) == (2, [("received", 3, 3), ("reserved", -1, 0)])
    assert made.hold is not None
    assert (made.hold.label, made.hold.url, made.hold.cause_id) == ("กระเป๋าผ้า", made.get_absolute_url(), made.pk)
    assert list(Notice.objects.values_list("kind", "recipient", "title_en")) == [("rewards.waits", shop.keeper().pk, "Cloth bag")]
    assert differences() == []


def test_the_same_key_is_the_same_request(officer: Any, outsider: Any) -> None:
    points.give(officer, 100)
    points.give(outsider, 100)
    wanted, key = shop.reward(), uuid4()

    first = shop.order(officer, wanted, key=key)
    assert shop.order(officer, wanted, key=key) == first
    assert shop.order(outsider, wanted, key=key) != first
    assert (Redemption.objects.count(), shop.stock_of(wanted), points.figures(officer)["available"]) == (2, 8, 60)
    _refused(redeeming.OtherOrder, officer, shop.reward(name="อื่น"), key=key)


def test_too_few_points(officer: Any) -> None:
    points.give(officer, 39)
    points.give(officer, 500, waits=True)
    _refused(redeeming.TooFewPoints, officer, shop.reward())


def test_sold_out(officer: Any, outsider: Any) -> None:
    points.give(officer, 100)
    points.give(outsider, 100)
    wanted = shop.reward(stock=1)
    shop.order(officer, wanted)
    _refused(SoldOut, outsider, wanted)


def test_the_database_sells_nothing_that_is_not_there() -> None:
    wanted = shop.reward(stock=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reward.objects.filter(pk=wanted.pk).update(stock=-1)


@pytest.mark.parametrize(
    "fields",
    [
        {"opens_at": NOW + timedelta(days=1)},
        {"closes_at": NOW - timedelta(days=1)},
    ],
)
def test_outside_its_time(officer: Any, fields: Any) -> None:
    points.give(officer, 100)
    _refused(redeeming.NotOnOffer, officer, shop.reward(**fields))


def test_a_price_that_was_raised_is_not_taken_silently(officer: Any) -> None:
    points.give(officer, 100)
    _refused(redeeming.NotOnOffer, officer, shop.reward(price=50), price=40)


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_not_open(officer: Any, state: str) -> None:
    points.give(officer, 100)
    _refused(Reward.DoesNotExist, officer, shop.reward(state=state))


def test_a_keeper_orders_like_everybody_else(agency_a: Any) -> None:
    """Seeing every reward at the desk is no right to order it."""
    by = shop.keeper()
    points.give(by, 100)
    _refused(Reward.DoesNotExist, by, shop.reward(audience="agencies", agencies=[agency_a]))
    assert shop.order(by, shop.reward()).state == "requested"


def test_only_its_circle(officer: Any, colleague: Any, outsider: Any, cop_member: Any, agency_a: Any, community_c: Any) -> None:
    for person in (officer, colleague, outsider, cop_member):
        points.give(person, 200)
    of_a = shop.reward(audience="agencies", agencies=[agency_a])
    of_c = shop.reward(audience="communities", communities=[community_c])

    assert shop.order(officer, of_a).state == shop.order(colleague, of_a).state == "requested"
    assert shop.order(cop_member, of_c).state == "requested"
    _refused(Reward.DoesNotExist, outsider, of_a)
    _refused(Reward.DoesNotExist, officer, of_c)


def test_visitors_have_no_points() -> None:
    wanted, before = shop.reward(), _state()
    with pytest.raises(PermissionDenied):
        shop.order(AnonymousUser(), wanted)
    assert _state() == before


@pytest.mark.parametrize(("span", "then"), [("month", 32), ("year", 366)])
def test_the_limit_of_a_person(officer: Any, span: str, then: int) -> None:
    points.give(officer, 500)
    wanted = shop.reward(limit=1, limit_span=span)
    first = shop.order(officer, wanted)
    _refused(redeeming.LimitReached, officer, wanted)

    redeeming.cancel(actor=officer, redemption=first, at=NOW)
    shop.order(officer, wanted)
    _refused(redeeming.LimitReached, officer, wanted)
    assert shop.order(officer, wanted, at=timezone.now() + timedelta(days=then)).state == "requested"


def test_once_for_ever(officer: Any) -> None:
    points.give(officer, 500)
    wanted = shop.reward(limit=1, limit_span="ever")
    shop.order(officer, wanted)
    _refused(redeeming.LimitReached, officer, wanted, at=timezone.now() + timedelta(days=4000))


def test_the_budget_of_a_department(officer: Any, colleague: Any, outsider: Any) -> None:
    """A group inside the department draws on the same."""
    for person in (officer, colleague, outsider):
        points.give(person, 200)
    wanted = shop.reward(agency_budget=100)
    shop.order(officer, wanted)
    second = shop.order(colleague, wanted)
    _refused(redeeming.BudgetUsedUp, officer, wanted)
    assert shop.order(outsider, wanted).state == "requested"

    decline(actor=shop.keeper(), redemption=second, reason="ของหมดอายุ", at=NOW)
    assert shop.order(officer, wanted).state == "requested"


def test_what_has_no_number_has_no_book(officer: Any) -> None:
    points.give(officer, 100)
    wanted = shop.reward(stock=None, kind="experience")
    made = shop.order(officer, wanted)

    assert (made.counted, shop.stock_of(wanted), shop.book(wanted), differences()) == (False, None, [], [])


def test_cancelling_gives_everything_back_once(officer: Any) -> None:
    points.give(officer, 100)
    wanted = shop.reward(stock=3)
    made = shop.ready(officer, wanted)
    code = made.code

    for _again in range(2):
        redeeming.cancel(actor=officer, redemption=made, at=NOW)

    after = shop.now(made)
    assert (after.state, after.code, bool(code), after.code_digest) == ("cancelled", "", True, None)
    assert (points.figures(officer), shop.stock_of(wanted)) == ({"available": 100}, 3)
    assert shop.book(wanted) == [("received", 3, 3), ("reserved", -1, 0), ("returned", 1, 0)]
    assert [event.state for event in after.events.all()] == ["requested", "approved", "ready", "cancelled"]
    assert differences() == []


def test_nobody_cancels_for_another(officer: Any, outsider: Any) -> None:
    points.give(officer, 100)
    made = shop.order(officer, shop.reward())
    before = _state()
    for somebody in (outsider, shop.keeper()):
        with pytest.raises(PermissionDenied):
            redeeming.cancel(actor=somebody, redemption=made, at=NOW)
    assert (_state(), shop.now(made).state) == (before, "requested")


def test_what_nobody_picks_up_is_released(officer: Any) -> None:
    points.give(officer, 200)
    wanted = shop.reward(stock=3, keep_days=30)
    late, waiting = shop.ready(officer, wanted), shop.order(officer, wanted)
    after = timezone.now() + timedelta(days=31)

    assert redeeming.expire_redemptions(at=timezone.now() + timedelta(days=29)) == 0
    assert (redeeming.expire_redemptions(at=after), redeeming.expire_redemptions(at=after)) == (1, 0)

    assert (shop.now(late).state, shop.now(waiting).state, shop.stock_of(wanted)) == ("expired", "requested", 2)
    assert points.figures(officer) == {"available": 160, "reserved": 40}
    assert Notice.objects.filter(recipient=officer, kind="rewards.expired").count() == 1
    assert differences() == []


@pytest.mark.parametrize("model", [StockMovement, RedemptionEvent])
def test_the_books_are_append_only(officer: Any, model: Any) -> None:
    points.give(officer, 100)
    shop.order(officer, shop.reward())
    changes: list[Callable[[], object]] = [
        lambda: model.objects.update(happened_at=NOW),
        lambda: model.objects.all()._raw_delete("default"),
    ]
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
