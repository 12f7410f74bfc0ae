"""Turns, the empty seat, small groups, choosing, withdrawing: one verb each, with its refusals."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from communities.circles.actions import groups, moving, turns, voting, withdrawing
from communities.circles.actions.ground import NotIn, NotNow
from communities.circles.actions.withdrawing import Published, withdraw
from communities.circles.models import Ballot, Choice, InGroup, Said, Turn
from communities.talk import gates
from communities.talk.actions.changing import edit
from communities.talk.models import Channel, Event, Message, Version
from kmportal.people.models import User
from tests.make import circles as make

pytestmark = pytest.mark.django_db


def test_one_speaks_after_the_other(channel: Channel, guide: User, malee: User, cop_member: User) -> None:
    circle = make.open_circle(guide, channel)
    for one in (malee, cop_member):
        make.join(one, circle)
    make.at_round(guide, circle, 5)
    first = turns.raise_hand(actor=malee, circle=circle.pk, seen=5)
    assert turns.raise_hand(actor=malee, circle=circle.pk, seen=5) == first
    second = turns.raise_hand(actor=cop_member, circle=circle.pk, seen=5)
    with pytest.raises(gates.Refused):
        make.say(malee, channel)
    turns.move_up(actor=guide, circle=circle.pk, turn=second.pk)
    assert turns.call(actor=guide, circle=circle.pk, seen=5) == second
    assert make.say(cop_member, channel).is_shown
    with pytest.raises(PermissionDenied):
        turns.lower_hand(actor=malee, circle=circle.pk, turn=second.pk)
    turns.lower_hand(actor=cop_member, circle=circle.pk, turn=second.pk)
    assert make.say(malee, channel).is_shown
    moving.advance(actor=guide, circle=circle.pk, seen=5)
    assert not Turn.objects.filter(done_at=None).exists()
    with pytest.raises(NotNow):
        turns.raise_hand(actor=malee, circle=circle.pk, seen=5)


def test_juniors_first(channel: Channel, guide: User, malee: User, cop_member: User) -> None:
    circle = make.open_circle(guide, channel, roles={cop_member.pk: "sponsor"})
    for one in (malee, cop_member):
        make.join(one, circle)
    make.at_round(guide, circle, 5)
    assert turns.everybody_in_turn(actor=guide, circle=circle.pk, seen=5) == 3
    assert [turn.part.user for turn in Turn.objects.order_by("position")] == [malee, cop_member, guide]
    assert turns.everybody_in_turn(actor=guide, circle=circle.pk, seen=5) == 0


def test_the_empty_seat(channel: Channel, guide: User, malee: User, cop_member: User) -> None:
    circle = make.open_circle(guide, channel, "fishbowl")
    for one in (malee, cop_member):
        make.join(one, circle)
    now_round = make.at_round(guide, circle, 2)
    with pytest.raises(gates.Refused):
        make.say(malee, channel)
    assert make.say(malee, channel, "ทำไมไม่รอ", thread=now_round.thread_id).said.round == now_round
    seat = turns.raise_hand(actor=malee, circle=circle.pk, seen=2)
    assert seat.called_at is not None
    waits = turns.raise_hand(actor=cop_member, circle=circle.pk, seen=2)
    assert waits.called_at is None
    assert make.say(malee, channel).is_shown
    turns.lower_hand(actor=malee, circle=circle.pk, turn=seat.pk)
    waits.refresh_from_db()
    assert waits.called_at is not None


def test_small_groups_write_in_their_threads(channel: Channel, guide: User, malee: User, cop_member: User) -> None:
    circle = make.open_circle(guide, channel, "cafe")
    make.join(malee, circle)
    now_round = make.at_round(guide, circle, 2)
    mine = InGroup.objects.get(part__user=malee)
    assert make.say(malee, channel, thread=mine.thread_id).said.round == now_round
    with pytest.raises(gates.Refused):
        make.say(malee, channel)
    make.join(cop_member, circle)
    assert InGroup.objects.get(part__user=cop_member).thread == mine.thread
    assert groups.divide(actor=guide, circle=circle.pk, seen=2, size=2) == 2
    assert InGroup.objects.values("number").distinct().count() == 2
    with pytest.raises(groups.NoSuchGroup):
        groups.put(actor=guide, circle=circle.pk, seen=2, part=mine.part_id, number=9)
    with pytest.raises(PermissionDenied):
        groups.put(actor=malee, circle=circle.pk, seen=2, part=mine.part_id, number=1)


def test_people_are_moved_between_groups_by_a_form(as_: Any, channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel, "cafe")
    mine = make.join(malee, circle)
    make.at_round(guide, circle, 2)
    talk = channel.get_absolute_url()
    assert 'name="part"' not in as_(malee).get(talk).content.decode()
    assert f'<option value="{mine.pk}">' in as_(guide).get(talk).content.decode()
    put = reverse("circles:act", args=["community-c", circle.pk, "put"])
    words = {"seen": 2, "part": mine.pk, "number": 2, "next": talk}
    assert as_(guide).post(put, words).headers["Location"] == talk
    place = InGroup.objects.get(part=mine)
    assert (place.number, make.say(malee, channel, thread=place.thread_id).is_shown) == (2, True)


def test_choosing(channel: Channel, guide: User, malee: User, outsider: User) -> None:
    circle = make.open_circle(guide, channel)
    make.join(malee, circle)
    make.at_round(guide, circle, 4)
    said = make.say(malee, channel)
    elsewhere = make.say(malee, make.channel_of(channel.community, "อีกห้อง"))
    make.at_round(guide, circle, 6)
    offered = voting.offer(actor=guide, circle=circle.pk, seen=6, messages=[said.pk, elsewhere.pk], words="เขียนคู่มือ")
    assert [(one.message_id, one.words) for one in offered] == [(said.pk, ""), (None, "เขียนคู่มือ")]
    with pytest.raises(PermissionDenied):
        voting.offer(actor=malee, circle=circle.pk, seen=6, words="ของฉัน")
    assert voting.cast(actor=malee, circle=circle.pk, choice=offered[0].pk).slot == 1
    voting.cast(actor=malee, circle=circle.pk, choice=offered[0].pk)
    with pytest.raises(voting.VotedFor):
        voting.take_away(actor=guide, circle=circle.pk, choice=offered[0].pk)
    more = [voting.offer(actor=guide, circle=circle.pk, seen=6, words=f"ข้อ {n}")[0] for n in range(3)]
    voting.cast(actor=malee, circle=circle.pk, choice=more[0].pk)
    voting.cast(actor=malee, circle=circle.pk, choice=more[1].pk)
    with pytest.raises(voting.NoVotesLeft):
        voting.cast(actor=malee, circle=circle.pk, choice=more[2].pk)
    assert voting.take_back(actor=malee, circle=circle.pk, choice=offered[0].pk) is True
    assert voting.cast(actor=malee, circle=circle.pk, choice=more[2].pk).slot == 1
    make.member(channel.community, outsider)
    with pytest.raises(NotIn):
        voting.cast(actor=outsider, circle=circle.pk, choice=more[2].pk)
    moving.wrap_up(actor=guide, circle=circle.pk, seen=6)
    with pytest.raises(NotNow):
        voting.take_back(actor=malee, circle=circle.pk, choice=more[2].pk)
    assert (Ballot.objects.count(), Choice.objects.count()) == (3, 5)


def test_withdrawn_for_good_until_it_is_published(
    channel: Channel, guide: User, malee: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    circle = make.open_circle(guide, channel)
    make.join(malee, circle)
    make.at_round(guide, circle, 4)
    message = make.say(malee, channel, "พูดเกินไป")
    edit(actor=malee, message=message, body="<p>พูดเกินไปมาก</p>")
    with pytest.raises(PermissionDenied):
        withdraw(actor=guide, message=message.pk)
    monkeypatch.setattr(withdrawing, "_used", [set])
    with pytest.raises(Published):
        withdraw(actor=malee, message=message.pk)
    told: list[Message] = []
    monkeypatch.setattr(withdrawing, "_used", [])
    monkeypatch.setattr(withdrawing, "_gone", [told.append])
    withdraw(actor=malee, message=message.pk)
    withdraw(actor=malee, message=message.pk)
    left = Message.objects.get()
    assert (left.body, left.text, left.is_deleted, Version.objects.count()) == ("", "", True, 0)
    assert [one.pk for one in told] == [message.pk]
    assert not Said.objects.standing().exists()
    assert Event.objects.order_by("-seq")[0].kind == "changed"


def test_a_role_makes_nobody_speak_and_listening_is_listening(channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel, roles={malee.pk: "note_taker"})
    make.at_round(guide, circle, 4)
    for listen in (None, True):
        if listen:
            make.join(malee, circle, listen=True)
        with pytest.raises(gates.Refused):
            make.say(malee, channel)
    assert make.join(malee, circle).role == "participant"
    assert make.say(malee, channel).is_shown
    assert circle.parts.get(user=malee).consented_at is not None
