"""Rules are data with a history: a change is a new version from a day on, made by those who may."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kmportal.people.roles import Role
from rewards import rules
from rewards.actions.awarding import award
from rewards.actions.ruling import InThePast, NothingChanged, ReasonMissing, Terms, change_rule, ensure_rules
from rewards.models import Account, Reason, Rule, RuleVersion
from tests.make import points as make
from tests.make.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def rewards_officer(agency_b: Any) -> Any:
    return make_user("rewards@agency-b.example", agency=agency_b, role=Role.REWARDS_OFFICER)


def _change(actor: Any, **more: Any) -> RuleVersion:
    rule = Rule.objects.get(code=Reason.ANSWER_ACCEPTED)
    now = timezone.now()
    fields: dict[str, Any] = {"terms": Terms(points=30, reputation=15), "effective_from": None, "note": "Worth more", "at": now}
    return change_rule(actor=actor, rule=rule, **(fields | more))


def test_every_reason_has_a_rule_and_loading_again_changes_nothing() -> None:
    before = list(RuleVersion.objects.values())

    ensure_rules()

    assert {rule.code for rule in Rule.objects.all()} == set(Reason.values)
    assert list(RuleVersion.objects.values()) == before
    assert (len(before), Account.objects.filter(owner=None).count()) == (7, 5)


@pytest.mark.parametrize("name", ["rewards_officer", "coordinator"])
def test_a_change_is_a_new_version(request: Any, name: str, outsider: Any, officer: Any, agency_a: Any) -> None:
    actor = request.getfixturevalue(name)
    old = rules.version_at(Reason.ANSWER_ACCEPTED, timezone.now())
    assert old is not None

    new = _change(actor)

    assert (new.number, new.points, new.changed_by, new.note) == (2, 30, actor, "Worth more")
    assert (RuleVersion.objects.get(pk=old.pk).points, rules.version_at(Reason.ANSWER_ACCEPTED, timezone.now())) == (15, new)
    paid = award(reason=Reason.ANSWER_ACCEPTED, earner=outsider, payer=officer, source=agency_a, key="1", at=timezone.now())
    assert (paid.rule_version, make.figures(outsider)["pending"]) == (new, 30)  # type: ignore[union-attr]  # paid above


def test_a_version_for_later_waits_for_its_day(coordinator: Any) -> None:
    now = timezone.now()
    day = now + timedelta(days=10)

    later = _change(coordinator, effective_from=day)

    before, after = (rules.version_at(Reason.ANSWER_ACCEPTED, moment) for moment in (day - timedelta(seconds=1), day))
    assert (before and before.number, after) == (1, later)
    assert list(RuleVersion.objects.to_come(now)) == [later]


def test_of_two_for_the_same_day_the_later_written_holds(coordinator: Any) -> None:
    day = timezone.now() + timedelta(days=10)
    _change(coordinator, effective_from=day)

    second = _change(coordinator, effective_from=day, terms=Terms(points=5, reputation=15))

    assert rules.version_at(Reason.ANSWER_ACCEPTED, day) == second


@pytest.mark.parametrize("name", ["officer", "agency_coordinator", "admin", "cop_member", "visitor"])
def test_others_do_not(request: Any, name: str) -> None:
    with pytest.raises(PermissionDenied):
        _change(request.getfixturevalue(name))

    assert RuleVersion.objects.count() == 7


def test_not_backwards_not_without_a_reason_not_for_nothing(coordinator: Any) -> None:
    same = Terms.of(RuleVersion.objects.get(rule__code=Reason.ANSWER_ACCEPTED))
    for wrong, refusal in (
        ({"effective_from": timezone.now() - timedelta(days=1)}, InThePast),
        ({"note": "  "}, ReasonMissing),
        ({"terms": same}, NothingChanged),
    ):
        with pytest.raises(refusal):
            _change(coordinator, **wrong)

    assert RuleVersion.objects.count() == 7
    assert _change(coordinator, terms=replace(same, vest_days=0)).number == 2


@given(total=st.integers(0, 10_000), weights=st.lists(st.integers(1, 9), min_size=1, max_size=12))
def test_shares_are_whole_fair_and_exact(total: int, weights: list[int]) -> None:
    parts = rules.shares(total, weights)

    assert sum(parts) == total
    assert all(abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))


def test_shares_by_hand() -> None:
    assert (rules.shares(20, [1, 1, 1]), rules.shares(20, [2, 2, 1]), rules.shares(1, [1, 2])) == ([7, 7, 6], [8, 8, 4], [0, 1])
