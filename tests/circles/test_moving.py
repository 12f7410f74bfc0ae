"""The server owns the round: one runs, they follow each other, pressing twice moves once, the clock cuts nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.circles.actions import moving, opening
from communities.circles.actions.ground import NotNow
from communities.circles.models import Circle, Round, Said
from communities.talk.models import Channel, Event, Message
from kmportal.people.models import User
from tests.make import circles as make

pytestmark = pytest.mark.django_db


def test_opened_with_the_rounds_of_its_method(channel: Channel, guide: User) -> None:
    circle = make.open_circle(guide, channel, "aar")

    assert (circle.state, circle.round_number, circle.parts.get().user) == ("lobby", 0, guide)
    assert [(one.number, one.mode, one.minutes) for one in circle.rounds.all()] == [
        (1, "silent", 3), (2, "blind", 6), (3, "blind", 8), (4, "open", 8), (5, "turn", 6), (6, "vote", 4)
    ]  # fmt: skip
    assert circle.rounds.get(number=1).prompt == "วงนี้ทบทวนงาน “ซ้อมแผนน้ำท่วม” เพื่อเรียนรู้ ไม่ใช่ประเมินคน"
    assert Event.objects.get().data == {"circle": circle.pk, "what": "opened", "round": 0, "state": "lobby"}


def test_from_the_lobby_to_the_end(channel: Channel, guide: User) -> None:
    circle = make.open_circle(guide, channel, "jote")
    moving.start(actor=guide, circle=circle.pk)
    for seen in (1, 2, 3, 4):
        now_round: Any = Round.objects.get(circle=circle, number=seen)
        assert now_round.is_running
        assert now_round.ends_at - now_round.started_at == timedelta(minutes=now_round.minutes)
        circle = moving.advance(actor=guide, circle=circle.pk, seen=seen)
    assert (circle.state, circle.round_number, Round.objects.running().count()) == ("wrap_up", 4, 0)
    assert moving.close(actor=guide, circle=circle.pk).state == "closed"
    assert [event.data["what"] for event in Event.objects.order_by("seq")] == [
        "opened", "round", "round", "round", "round", "wrap_up", "closed"
    ]  # fmt: skip


def test_next_pressed_twice_moves_once(channel: Channel, guide: User) -> None:
    circle = make.open_circle(guide, channel)
    make.at_round(guide, circle, 2)
    first = moving.advance(actor=guide, circle=circle.pk, seen=2)
    second = moving.advance(actor=guide, circle=circle.pk, seen=2)
    assert (first.round_number, second.round_number) == (3, 3)
    assert Round.objects.get(circle=circle, started_at__isnull=False, ended_at=None).number == 3


def test_time_is_added_once_for_what_two_saw(channel: Channel, guide: User) -> None:
    circle = make.open_circle(guide, channel)
    ends: Any = make.at_round(guide, circle, 1).ends_at
    for _press in range(2):
        now_round = moving.add_time(actor=guide, circle=circle.pk, seen=1, ends=ends)
    assert now_round.ends_at == ends + timedelta(minutes=2)
    Round.objects.filter(pk=now_round.pk).update(ends_at=timezone.now() - timedelta(hours=1))
    now_round.refresh_from_db()
    later: Any = moving.add_time(actor=guide, circle=circle.pk, seen=1, ends=now_round.ends_at)
    assert later.ends_at > timezone.now() + timedelta(minutes=1)


def test_the_end_of_the_clock_cuts_nobody_off(channel: Channel, guide: User) -> None:
    circle = make.open_circle(guide, channel)
    now_round = make.at_round(guide, circle, 4)
    Round.objects.filter(pk=now_round.pk).update(ends_at=timezone.now() - timedelta(minutes=5))
    assert make.say(guide, channel).said.round == now_round


def test_one_circle_at_a_time_in_a_channel(channel: Channel, guide: User) -> None:
    first, second = make.open_circle(guide, channel), make.open_circle(guide, channel, "story")
    moving.start(actor=guide, circle=first.pk)
    with pytest.raises(moving.AnotherRuns):
        moving.start(actor=guide, circle=second.pk)
    assert Circle.objects.get(pk=second.pk).state == "lobby"


@pytest.mark.parametrize("verb", ["start", "advance", "wrap_up", "close", "reveal", "cancel"])
def test_members_and_strangers_move_nothing(channel: Channel, guide: User, malee: User, coordinator: User, verb: str) -> None:
    circle = make.open_circle(guide, channel)
    make.join(malee, circle)
    words = {"seen": 0} if verb in {"advance", "wrap_up", "reveal"} else {}
    act = getattr(moving, verb, None) or getattr(opening, verb)
    with pytest.raises(PermissionDenied):
        act(actor=malee, circle=circle.pk, **words)
    with pytest.raises(Circle.DoesNotExist):
        act(actor=coordinator, circle=circle.pk, **words)
    assert Circle.objects.get(pk=circle.pk).state == "lobby"


def test_what_began_is_closed_not_called_off(channel: Channel, guide: User) -> None:
    circle = make.open_circle(guide, channel)
    moving.start(actor=guide, circle=circle.pk)
    with pytest.raises(NotNow):
        opening.cancel(actor=guide, circle=circle.pk)
    with pytest.raises(NotNow):
        moving.close(actor=guide, circle=circle.pk)
    assert moving.wrap_up(actor=guide, circle=circle.pk, seen=1).state == "wrap_up"


def test_what_is_said_stands_in_its_round(channel: Channel, guide: User, malee: User) -> None:
    before = make.say(malee, channel)
    circle = make.open_circle(guide, channel)
    make.join(malee, circle)
    now_round = make.at_round(guide, circle, 4)
    make.say(malee, channel)
    moving.wrap_up(actor=guide, circle=circle.pk, seen=4)
    make.say(malee, channel)
    moving.close(actor=guide, circle=circle.pk)
    make.say(malee, channel)
    assert not Said.objects.filter(message=before).exists()
    assert list(Said.objects.order_by("pk").values_list("circle", "round")) == [(circle.pk, now_round.pk), (circle.pk, None)]
    assert Message.objects.shown().count() == 4
