"""Any sequence of the verbs of the shop, in any order, on two people and two rewards: the laws hold after every step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kmportal.people.models import User
from rewards.actions import catalogue, desk, redeeming
from rewards.actions.ground import NotNow, ShopError, SoldOut
from rewards.checking import differences
from rewards.models import Account, Kind, Redemption, Reward
from tests.make import points, shop

PEOPLE, WHICH = st.integers(0, 1), st.integers(0, 1)
STOCK, PRICE, PURSE = 10, (40, 7), 200
OPEN = {"requested", "approved", "ready"}


class Shop(RuleBasedStateMachine):
    """Beside the database runs a model: who asked for what under which key, and how it stands."""

    orders = Bundle("orders")

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.by = shop.keeper()
        self.people = list(User.objects.exclude(pk=self.by.pk).order_by("pk")[:2])
        self.rewards = [shop.reward(stock=STOCK, price=PRICE[0], keep_days=30), shop.voucher(price=PRICE[1])]
        catalogue.add_vouchers(
            actor=self.by, reward=self.rewards[1], codes=[f"CODE-{n}" for n in range(STOCK)], at=timezone.now()
        )
        for person in self.people:
            points.give(person, PURSE)
        self.shelf = [STOCK, STOCK]
        self.stands: dict[int, tuple[int, int, str]] = {}
        self.keys: dict[int, UUID] = {}

    def teardown(self) -> None:
        found = differences()
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)
        assert found == []

    def _try(self, verb: Callable[[], Any]) -> type[ShopError] | None:
        before = self._rows()
        try:
            with transaction.atomic():
                verb()
        except ShopError as error:
            assert self._rows() == before
            return type(error)
        return None

    def _rows(self) -> Any:
        return points.rows(), list(Redemption.objects.values_list("pk", "state")), list(Reward.objects.values_list("pk", "stock"))

    def _free(self, which: int) -> int:
        aside = sum(1 for _who, what, state in self.stands.values() if what == which and state in OPEN)
        return self.shelf[which] - aside

    def _left(self, who: int) -> int:
        return PURSE - sum(
            PRICE[what] for person, what, state in self.stands.values() if person == who and state in OPEN | {"done"}
        )

    def _become(self, pk: int, state: str) -> None:
        who, what, before = self.stands[pk]
        if state == "done" != before:
            self.shelf[what] -= 1
        self.stands[pk] = (who, what, state)

    @rule(target=orders, who=PEOPLE, which=WHICH)
    def order(self, who: int, which: int) -> int:
        key, made = uuid4(), []
        error = self._try(lambda: made.append(shop.order(self.people[who], self.rewards[which], key=key)))
        if not self._free(which):
            assert error is SoldOut
        elif self._left(who) < PRICE[which]:
            assert error is redeeming.TooFewPoints
        else:
            self.stands[made[0].pk], self.keys[made[0].pk] = (who, which, "requested"), key
            return int(made[0].pk)
        return 0

    @rule(pk=orders)
    def order_again(self, pk: int) -> None:
        if pk:
            who, which, _state = self.stands[pk]
            assert shop.order(self.people[who], self.rewards[which], key=self.keys[pk]).pk == pk

    @rule(pk=orders, lays_ready=st.booleans())
    def approve(self, pk: int, lays_ready: bool) -> None:
        if not pk:
            return
        _who, which, state = self.stands[pk]
        verb = desk.make_ready if lays_ready else desk.approve
        error = self._try(lambda: verb(actor=self.by, redemption=shop.now_by(pk), at=timezone.now()))
        ended = state in {"cancelled", "declined", "expired"} or (state == "done" and lays_ready)
        assert error is (NotNow if ended else None)
        if not ended and state in {"requested", "approved"}:
            self._become(pk, "done" if which else "ready" if lays_ready else "approved")

    @rule(pk=orders)
    def hand_over(self, pk: int) -> None:
        if not pk:
            return
        state = self.stands[pk][2]
        code = shop.now_by(pk).code
        error = self._try(lambda: desk.hand_over(actor=self.by, redemption=shop.now_by(pk), code=code, at=timezone.now()))
        assert error is (None if state in {"ready", "done"} else NotNow)
        if state == "ready":
            self._become(pk, "done")

    @rule(pk=orders, by_officer=st.booleans())
    def end(self, pk: int, by_officer: bool) -> None:
        if not pk:
            return
        who, _which, state = self.stands[pk]
        one, now = shop.now_by(pk), timezone.now()
        if by_officer:
            error = self._try(lambda: desk.decline(actor=self.by, redemption=one, reason="x", at=now))
        else:
            error = self._try(lambda: redeeming.cancel(actor=self.people[who], redemption=one, at=now))
        repeated = not by_officer and state == "cancelled"
        assert error is (None if state in OPEN or repeated else NotNow)
        if state in OPEN:
            self._become(pk, "declined" if by_officer else "cancelled")

    @rule()
    def a_month_passes(self) -> None:
        redeeming.expire_redemptions(at=timezone.now() + timedelta(days=31))
        for pk, (_who, _what, state) in list(self.stands.items()):
            if state == "ready":
                self._become(pk, "expired")

    @rule(difference=st.integers(-12, 5).filter(bool))
    def correct(self, difference: int) -> None:
        error = self._try(
            lambda: catalogue.correct_stock(
                actor=self.by, reward=self.rewards[0], difference=difference, reason="x", at=timezone.now()
            )
        )
        fits = self._free(0) + difference >= 0
        assert error is (None if fits else catalogue.NotSoMany)
        if fits:
            self.shelf[0] += difference

    @invariant()
    def figures_are_the_models(self) -> None:
        assert [shop.stock_of(one) for one in self.rewards] == [self._free(0), self._free(1)]
        for who, person in enumerate(self.people):
            figures = Account.objects.visible_to(person).figures()
            assert figures[Kind.AVAILABLE] == self._left(who) >= 0
            held = [PRICE[what] for owner, what, state in self.stands.values() if owner == who and state in OPEN]
            assert figures[Kind.RESERVED] == sum(held)
        assert dict(Redemption.objects.values_list("pk", "state")) == {pk: state for pk, (_w, _r, state) in self.stands.items()}


@pytest.mark.django_db
def test_the_laws_hold_after_any_sequence(officer: Any) -> None:
    run_state_machine_as_test(
        Shop,
        settings=settings(
            max_examples=15, stateful_step_count=15, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
