"""A circle with its record and a planned one, once however often it is loaded."""

import pytest

from communities.circles.models import Ballot, Circle, Said
from kmportal.demo.actions.circles import hold_circles
from kmportal.demo.actions.people import make_agencies, make_communities, make_people

pytestmark = pytest.mark.django_db


def test_one_was_held_and_one_is_planned() -> None:
    make_agencies()
    make_people(say=lambda words: None)
    make_communities()
    for _time in range(2):
        hold_circles()
    assert list(Circle.objects.order_by("pk").values_list("state", "round_number")) == [("closed", 6), ("lobby", 0)]
    assert (Said.objects.standing().count(), Ballot.objects.count()) == (12, 5)
    assert Circle.objects.get(state="lobby").parts.filter(role="teller").count() == 1
