"""The entry for producers: what happened goes in, the rule says what comes out; taken back exactly; once net, however often."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from rewards import holds
from rewards.actions import due
from rewards.actions.awarding import Share, award, award_shared, take_back
from rewards.checking import differences
from rewards.models import Reason, Transfer
from tests.make import points as make

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ACCEPTED = Reason.ANSWER_ACCEPTED


def _accept(earner: Any, payer: Any, source: Any, **more: Any) -> Any:
    fields: dict[str, Any] = {"reason": ACCEPTED, "key": f"answer {source.pk}", "at": NOW} | more
    return award(earner=earner, payer=payer, source=source, **fields)


def test_the_rule_says_how_much(officer: Any, outsider: Any, agency_a: Any) -> None:
    given = _accept(officer, outsider, agency_a)

    assert make.legs(given) == {"pending": 15, "mint": -15, "reputation": 15, "fame": -15}
    assert (given.key, given.vest_at) == (f"answer_accepted:answer {agency_a.pk}:{officer.pk}", NOW + timedelta(days=7))
    assert (given.label, given.url, given.payer, given.actor) == (str(agency_a), agency_a.get_absolute_url(), outsider, outsider)
    assert (given.rule_version.rule.code, given.rule_version.number) == ("answer_accepted", 1)


def test_nothing_for_oneself_and_nothing_for_nobody(officer: Any, agency_a: Any) -> None:
    assert _accept(officer, officer, agency_a) is None
    assert _accept(None, officer, agency_a) is None

    assert (make.rows(), make.figures(officer)) == ((0, 0), {})


def test_nothing_before_there_is_a_rule(officer: Any, outsider: Any, agency_a: Any) -> None:
    assert _accept(officer, outsider, agency_a, at=timezone.now().replace(year=1999)) is None
    assert make.rows() == (0, 0)


def test_the_same_thing_pays_once(officer: Any, outsider: Any, agency_a: Any) -> None:
    first, again = _accept(officer, outsider, agency_a), _accept(officer, outsider, agency_a)

    assert (first.pk, Transfer.objects.count(), make.figures(officer)) == (again.pk, 1, {"pending": 15, "reputation": 15})


def test_accept_unaccept_accept_pays_once_net(officer: Any, outsider: Any, agency_a: Any) -> None:
    for nth in range(1, 4):
        given = _accept(officer, outsider, agency_a)
        assert given.key.endswith(f":{officer.pk}" if nth == 1 else f"#{nth}")
        back = take_back(source=agency_a, reason=ACCEPTED, at=NOW, actor=outsider)
        assert [one.reverses for one in back] == [given]
        assert make.figures(officer) == {}
    assert take_back(source=agency_a, reason=ACCEPTED, at=NOW) == []

    _accept(officer, outsider, agency_a)

    assert make.figures(officer) == {"pending": 15, "reputation": 15}
    assert differences() == []


def test_the_accept_moves_to_another_answer(officer: Any, outsider: Any, coordinator: Any, agency_a: Any, agency_b: Any) -> None:
    _accept(officer, outsider, agency_a)
    take_back(source=agency_a, reason=ACCEPTED, at=NOW)
    _accept(coordinator, officer, agency_b)

    assert (make.figures(officer), make.figures(coordinator)) == ({}, {"pending": 15, "reputation": 15})


def test_what_one_person_got_and_one_reason_can_be_taken_back_alone(
    officer: Any, outsider: Any, agency_a: Any, coordinator: Any
) -> None:
    _accept(officer, coordinator, agency_a)
    _accept(outsider, officer, agency_a)
    award(reason=Reason.USEFUL_VOTE, earner=officer, payer=outsider, source=agency_a, key="v", at=NOW)

    take_back(source=agency_a, reason=ACCEPTED, earner=officer, at=NOW)
    assert make.figures(officer) == {"pending": 10, "reputation": 10}
    take_back(source=agency_a, reason=None, at=NOW)

    assert (make.figures(officer), make.figures(outsider)) == ({}, {})


def test_only_on_hold_leaves_what_became_available(officer: Any, outsider: Any, agency_a: Any) -> None:
    _accept(officer, outsider, agency_a)
    later = NOW + timedelta(days=8)
    assert due.vest_due(at=later) == 1

    assert take_back(source=agency_a, reason=None, at=later, only_on_hold=True) == []

    assert make.figures(officer) == {"available": 15, "reputation": 15}


# --- Several together ------------------------------------------------------------------------------------------------------------
def test_a_share_for_each_and_the_sum_is_exact(
    officer: Any, outsider: Any, coordinator: Any, reviewer: Any, agency_a: Any
) -> None:
    among = [Share(officer, 2), Share(outsider, 2), Share(coordinator, 1), Share(reviewer, 2)]
    fields: dict[str, Any] = {
        "reason": Reason.LESSON_PUBLISHED,
        "payer": reviewer,
        "source": agency_a,
        "key": "page 1",
        "at": NOW,
    }

    given = award_shared(among=among, **fields)

    assert [make.legs(one)["pending"] for one in given] == [8, 8, 4]
    assert make.figures(reviewer) == {}
    assert award_shared(among=[*among, Share(agency_coordinator_of(officer))], **fields) == []
    assert Transfer.objects.count() == 3


def agency_coordinator_of(officer: Any) -> Any:
    return type(officer).objects.get(email="agency.coordinator@agency-a.example")


def test_nobody_to_share_is_no_award(reviewer: Any, agency_a: Any) -> None:
    for among in ([], [Share(reviewer)]):
        assert award_shared(reason=Reason.LESSON_PUBLISHED, among=among, payer=reviewer, source=agency_a, key="1", at=NOW) == []
    assert make.rows() == (0, 0)


# --- What comes due --------------------------------------------------------------------------------------------------------------
def test_points_become_available_after_their_days(officer: Any, outsider: Any, agency_a: Any) -> None:
    given = _accept(officer, outsider, agency_a)

    assert due.vest_due(at=given.vest_at - timedelta(seconds=1)) == 0
    assert make.figures(officer) == {"pending": 15, "reputation": 15}
    assert (due.vest_due(at=given.vest_at), due.vest_due(at=given.vest_at)) == (1, 0)
    assert make.figures(officer) == {"available": 15, "reputation": 15}


def test_an_open_flag_keeps_points_waiting(officer: Any, outsider: Any, agency_a: Any, agency_b: Any, monkeypatch: Any) -> None:
    flagged, free = _accept(officer, outsider, agency_a), _accept(officer, outsider, agency_b)
    monkeypatch.setattr(holds, "_blockers", [lambda issues: {one.pk for one in issues if one.cause_id == agency_a.pk}])
    monkeypatch.setattr(due, "BATCH", 1)

    assert due.vest_due(at=NOW + timedelta(days=30)) == 1
    assert (free.settlement.act, make.figures(officer)) == ("vest", {"pending": 15, "available": 15, "reputation": 30})
    monkeypatch.setattr(holds, "_blockers", [])
    assert due.vest_due(at=NOW + timedelta(days=30)) == 1

    assert flagged.settlement.act == "vest"


def test_points_do_not_expire_unless_a_rule_says_so(officer: Any) -> None:
    make.give(officer, 50, at=NOW - timedelta(days=4000))

    assert (due.expire_due(at=NOW), make.figures(officer)) == (0, {"available": 50})


def test_the_oldest_points_are_used_first_and_the_rest_expires(
    officer: Any, coordinator: Any, outsider: Any, agency_a: Any, agency_b: Any
) -> None:
    make.rule(ACCEPTED, coordinator, expire_months=12, vest_days=0, points=100)
    now = timezone.now()
    _accept(officer, outsider, agency_a, at=now)
    _accept(officer, outsider, agency_b, at=now + timedelta(days=60))
    make.spent(officer, 30)

    assert due.expire_due(at=now + timedelta(days=300)) == 0
    over = now + timedelta(days=370)
    assert (due.expire_due(at=over), due.expire_due(at=over)) == (1, 0)
    assert make.figures(officer) == {"available": 100, "reputation": 30}
    due.expire_due(at=now + timedelta(days=500))

    assert make.figures(officer) == {"reputation": 30}
    assert differences() == []
