"""Any sequence of the real verbs, in any order, on few people: the laws hold after every step."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from kmportal.people.models import User
from rewards import ledger
from rewards.checking import differences
from rewards.ledger import Cause
from rewards.models import Account, Kind, Transfer
from tests.make import points as make

AMOUNTS = st.integers(1, 40)
PEOPLE = st.integers(0, 1)


class Ledger(RuleBasedStateMachine):
    """Beside the database runs a model of four numbers per person: what was ever given, taken back, used and laid aside."""

    issued = Bundle("issued")
    held = Bundle("held")
    used = Bundle("used")

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.people = list(User.objects.order_by("pk")[:2])
        self.worth = [0, 0]
        self.fame = [0, 0]
        self.gone: set[int] = set()

    def teardown(self) -> None:
        """The whole proof takes twenty queries, so it is asked once for each sequence; hypothesis makes the failing one short."""
        found = differences()
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)
        assert found == []

    def _refused(self, verb: Callable[[], Any]) -> bool:
        """Whether it was; then nothing may have changed."""
        before = (self._figures(0), self._figures(1), Transfer.objects.count())
        try:
            with transaction.atomic():
                verb()
        except ledger.LedgerError:
            assert (self._figures(0), self._figures(1), Transfer.objects.count()) == before
            return True
        return False

    def _figures(self, who: int) -> dict[str, int]:
        return Account.objects.visible_to(self.people[who]).figures()

    @rule(target=issued, who=PEOPLE, points=st.integers(0, 40), reputation=st.integers(0, 40), waits=st.booleans())
    def issue(self, who: int, points: int, reputation: int, waits: bool) -> tuple[int, Transfer, int, int]:
        given = make.give(self.people[who], points, reputation=reputation, waits=waits)
        self.worth[who] += points
        self.fame[who] += reputation
        return who, given, points, reputation

    @rule(one=issued)
    def issue_again(self, one: tuple[int, Transfer, int, int]) -> None:
        who, given, points, _ = one
        before = self._figures(who)
        assert make.give(self.people[who], points, key=given.key).pk == given.pk
        assert self._figures(who) == before

    @rule(one=issued)
    def vest(self, one: tuple[int, Transfer, int, int]) -> None:
        with transaction.atomic():
            ledger.vest(issue=one[1], at=timezone.now() + timedelta(days=8))

    @rule(one=issued)
    def reverse(self, one: tuple[int, Transfer, int, int]) -> None:
        who, given, points, reputation = one
        make.reverse(given)
        if given.pk not in self.gone:
            self.gone.add(given.pk)
            self.worth[who] -= points
            self.fame[who] -= reputation

    @rule(target=held, who=PEOPLE, points=AMOUNTS)
    def hold(self, who: int, points: int) -> Transfer | None:
        there = self._figures(who).get(Kind.AVAILABLE, 0)
        made: list[Transfer] = []
        assert self._refused(lambda: made.append(make.hold(self.people[who], points))) is (points > there)
        return made[0] if made else None

    @rule(target=used, held=held, part=st.integers(1, 40))
    def spend(self, held: Transfer | None, part: int) -> Transfer | None:
        if held is None or Transfer.objects.filter(settles=held).exists():
            return None
        made: list[Transfer] = []
        if self._refused(lambda: made.append(ledger.spend(held=held, at=timezone.now(), points=part))):
            assert part > make.legs(held)["reserved"]
            return None
        self.worth[self.people.index(held.owner)] -= part
        return made[0]

    @rule(held=held)
    def release(self, held: Transfer | None) -> None:
        if held is not None:
            is_spent = Transfer.objects.filter(settles=held, act="spend").exists()
            assert self._refused(lambda: ledger.release(held=held, at=timezone.now())) is is_spent

    @rule(spent=consumes(used))
    def refund(self, spent: Transfer | None) -> None:
        if spent is not None:
            back = make.reverse(spent)
            self.worth[self.people.index(spent.owner)] += -make.legs(back)["store"]

    @rule(target=used, who=PEOPLE, points=AMOUNTS)
    def expire(self, who: int, points: int) -> None:
        there = self._figures(who).get(Kind.AVAILABLE, 0)
        cause = Cause()
        refused = self._refused(
            lambda: ledger.expire(owner=self.people[who], points=points, key=make.key(), at=timezone.now(), cause=cause)
        )
        assert refused is (points > there)
        if not refused:
            self.worth[who] -= points

    @invariant()
    def the_figures_are_what_was_given(self) -> None:
        for who in (0, 1):
            figures = self._figures(who)
            assert sum(figures.values()) - figures.get(Kind.REPUTATION, 0) == self.worth[who]
            assert figures.get(Kind.REPUTATION, 0) == self.fame[who]
            assert all(amount >= 0 for kind, amount in figures.items() if kind != Kind.DEBT)
            assert not (figures.get(Kind.AVAILABLE, 0) and figures.get(Kind.DEBT, 0))


@pytest.mark.django_db
def test_the_laws_hold_after_any_sequence(officer: Any) -> None:
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=20, stateful_step_count=15, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
