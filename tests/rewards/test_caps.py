"""Limits: a day, a pair of people, the own agency. Clipped, never overshot."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kmportal.people.models import Agency
from rewards import rules
from rewards.actions.awarding import award, take_back
from rewards.models import Reason, Transfer
from tests.make import points as make
from tests.make.people import make_agency, make_user

pytestmark = pytest.mark.django_db
NOON = timezone.localtime().replace(hour=12, minute=0)


def _vote(earner: Any, payer: Any, source: Any, *, at: Any = NOON, reason: Reason = Reason.USEFUL_VOTE) -> Any:
    return award(reason=reason, earner=earner, payer=payer, source=source, key=f"{source.pk} by {payer.pk}", at=at)


def _people(number: int) -> list[Any]:
    agency = make_agency("far-away", "กรมไกล")
    return [make_user(f"voter{n}@far-away.example", agency=agency) for n in range(number)]


def _things(number: int) -> list[Agency]:
    return [make_agency(f"thing-{n}", f"สิ่งที่ {n}") for n in range(number)]


def test_the_day_is_clipped_at_its_limit(officer: Any, coordinator: Any, agency_a: Any) -> None:
    make.rule(Reason.USEFUL_VOTE, coordinator, cap_day=25, at=NOON, points=10, reputation=20)

    given = [_vote(officer, voter, agency_a) for voter in _people(4)]

    assert [(make.legs(one).get("pending"), make.legs(one).get("reputation")) for one in given] == [
        (10, 20),
        (10, 5),
        (5, None),
        (None, None),
    ]
    assert [one.limited_by for one in given] == ["", "day", "day", "day"]
    assert make.figures(officer) == {"pending": 25, "reputation": 25}


def test_the_next_day_begins_anew_at_midnight_in_bangkok(officer: Any, coordinator: Any, agency_a: Any) -> None:
    make.rule(Reason.USEFUL_VOTE, coordinator, cap_day=10, at=NOON)
    first, second, third = _people(3)
    midnight = NOON.replace(hour=0) + timedelta(days=1)

    _vote(officer, first, agency_a, at=midnight - timedelta(minutes=1))
    _vote(officer, second, agency_a, at=midnight - timedelta(seconds=1))
    _vote(officer, third, agency_a, at=midnight)

    assert make.figures(officer) == {"pending": 20, "reputation": 20}


def test_what_was_taken_back_makes_room_again(officer: Any, coordinator: Any) -> None:
    make.rule(Reason.USEFUL_VOTE, coordinator, cap_day=10, at=NOON)
    (one, other), (here, there) = _people(2), _things(2)
    _vote(officer, one, here)
    take_back(source=here, reason=None, at=NOON)

    _vote(officer, other, there)

    assert make.figures(officer) == {"pending": 10, "reputation": 10}


def test_three_a_day_and_ten_a_month_from_one_person(officer: Any, outsider: Any) -> None:
    things, day = _things(16), NOON.replace(day=1)

    given = [_vote(officer, outsider, thing, at=day + timedelta(days=at // 4)) for at, thing in enumerate(things)]

    limits = [one.limited_by for one in given]
    assert limits == ["", "", "", "pair_day"] * 3 + ["", "pair_month", "pair_month", "pair_month"]
    assert make.figures(officer) == {"pending": 100, "reputation": 100}
    # The other direction, and the next month, are limits of their own.
    assert _vote(outsider, officer, things[0], at=day).limited_by == ""
    assert _vote(officer, outsider, make_agency("more", "อีก"), at=day + timedelta(days=31)).limited_by == ""


def test_accepting_counts_for_the_same_pair(officer: Any, outsider: Any) -> None:
    for thing in _things(3):
        _vote(officer, outsider, thing)

    accepted = _vote(officer, outsider, _things(4)[3], reason=Reason.ANSWER_ACCEPTED)

    assert (make.legs(accepted), accepted.limited_by) == ({}, "pair_day")


def test_from_the_own_agency_reputation_in_full_points_in_part(officer: Any, colleague: Any, agency_b: Any) -> None:
    given = _vote(officer, colleague, agency_b, reason=Reason.ANSWER_ACCEPTED)

    assert (make.legs(given)["pending"], make.legs(given)["reputation"], given.limited_by) == (7, 15, "agency")


def test_who_is_of_one_agency(officer: Any, colleague: Any, outsider: Any, agency_a: Any) -> None:
    bureau = make_agency("bureau", "สำนักหนึ่ง", kind="bureau", parent=agency_a)
    beside = make_user("beside@bureau.example", agency=bureau)
    stray = make_user("stray@nowhere.example")

    found = {
        who.email.split("@")[0]: rules.are_of_one_agency(colleague, who) for who in (officer, beside, outsider, stray, colleague)
    }

    assert found == {"officer": True, "beside": True, "outsider": False, "stray": False, "colleague": True}


def test_a_payer_does_not_limit_what_has_no_limit_of_pairs(officer: Any, colleague: Any) -> None:
    given = [_vote(officer, colleague, thing, reason=Reason.LESSON_PUBLISHED) for thing in _things(4)]

    assert [one.limited_by for one in given] == ["", "", "", "day"]
    assert make.figures(officer) == {"pending": 60, "reputation": 60}
    assert Transfer.objects.count() == 4
