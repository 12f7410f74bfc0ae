"""A circle that everybody left is closed by the portal with its record; one that nobody began is called off."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from communities.circles.actions import leaving_off, moving
from communities.circles.models import Circle, Part, Round
from communities.talk.models import Channel, Event, Message
from kmportal.inbox.models import Notice
from kmportal.people.models import User
from tests.make import circles as make

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(hours=25)


def _aged(by: timedelta = LONG_AGO) -> None:
    """All that happened so far, as if it had been that long ago."""
    for rows, fields in (
        (Circle, ["created_at", "starts_at", "started_at", "wrapped_at"]), (Round, ["started_at", "ends_at", "revealed_at"]),
        (Part, ["consented_at"]), (Message, ["created_at"]),
    ):  # fmt: skip
        for one in rows.objects.all():
            old = {name: getattr(one, name) - by for name in fields if getattr(one, name) is not None}
            rows.objects.filter(pk=one.pk).update(**old)


def _told(user: User) -> list[str]:
    return list(Notice.objects.filter(recipient=user, kind="circles.left").values_list("data__what", flat=True))


def test_left_in_a_round_it_is_closed_and_kept(as_: Any, channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel)
    make.join(malee, circle)
    make.at_round(guide, circle, 2)
    held = make.say(malee, channel, "ยังไม่ได้เปิด")
    assert leaving_off.end_left() == 0
    _aged()
    assert (leaving_off.end_left(), leaving_off.end_left()) == (1, 0)
    current = Circle.objects.get()
    assert (current.state, current.left_alone, current.closed_by) == ("closed", True, None)
    assert not Round.objects.running().exists()
    held.refresh_from_db()
    assert held.is_shown
    assert Event.objects.filter(kind="circle").latest("seq").data["what"] == "closed"
    assert (_told(guide), _told(malee)) == (["closed"], [])
    page = as_(malee).get(circle.get_absolute_url()).content.decode()
    assert "ยังไม่ได้เปิด" in page
    assert "ระบบปิดวงให้" in page
    assert make.open_circle(guide, channel).state == "lobby"


def test_signs_of_life_keep_it_open(channel: Channel, guide: User, malee: User, settings: Any) -> None:
    circle = make.open_circle(guide, channel)
    make.join(malee, circle)
    make.at_round(guide, circle, 4)
    _aged()
    make.say(malee, channel)
    assert leaving_off.end_left() == 0
    _aged()
    Round.objects.running().update(ends_at=timezone.now() + timedelta(minutes=1))
    assert leaving_off.end_left() == 0
    Round.objects.running().update(ends_at=timezone.now() - LONG_AGO)
    settings.CIRCLE_QUIET_HOURS = 0
    assert leaving_off.end_left() == 0
    settings.CIRCLE_QUIET_HOURS = 24
    moving.wrap_up(actor=guide, circle=circle.pk, seen=4)
    assert leaving_off.end_left() == 0
    _aged()
    assert leaving_off.end_left() == 1


def test_a_round_over_days_has_a_week(channel: Channel, guide: User) -> None:
    make.at_round(guide, make.open_circle(guide, channel, "shadow"), 1)
    _aged(timedelta(days=6))
    assert leaving_off.end_left() == 0
    _aged(timedelta(days=3))
    assert leaving_off.end_left() == 1


def test_planned_and_never_begun_it_is_called_off(channel: Channel, guide: User, malee: User) -> None:
    planned = make.open_circle(guide, channel, starts_at=timezone.now() + timedelta(hours=2), roles={malee.pk: "teller"})
    gathers = make.open_circle(guide, channel)
    _aged()
    assert leaving_off.end_left() == 0
    _aged(timedelta(hours=3))
    assert leaving_off.end_left() == 1
    states = dict(Circle.objects.values_list("pk", "state"))
    assert states == {planned.pk: "cancelled", gathers.pk: "lobby"}
    assert _told(guide) == ["cancelled"]
    assert not Notice.objects.filter(kind__in=["circles.planned", "circles.invited"], thing_id=planned.pk, read_at=None).exists()
    _aged(timedelta(days=7))
    assert leaving_off.end_left() == 1
