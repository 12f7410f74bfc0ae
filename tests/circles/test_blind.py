"""Blind rounds: nobody sees anything before the reveal, all is shown together; without names no trace of the author is left."""

import json
from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers

from communities.circles.actions import moving
from communities.circles.actions.speaking import change_held
from communities.circles.facts import written_in
from communities.circles.models import Said
from communities.talk import gates
from communities.talk.models import Channel, Event, Message
from kmportal.people.models import User
from kmportal.retrieval.models import Passage
from tests.make import circles as make

pytestmark = pytest.mark.django_db


def test_held_back_until_all_are_shown_together(channel: Channel, guide: User, malee: User, cop_member: User) -> None:
    circle = make.open_circle(guide, channel)
    make.join(malee, circle)
    make.join(cop_member, circle)
    now_round = make.at_round(guide, circle, 2)
    written = [make.say(who, channel, f"ตั้งใจ {n}") for n, who in enumerate((malee, cop_member, malee))]
    seq = Channel.objects.get().last_seq

    assert [message.seq for message in written] == [None] * 3
    assert not Event.objects.filter(kind="said").exists()
    assert (written_in(now_round), Event.objects.get(seq=seq).data["written"]) == (2, 2)
    assert Message.objects.visible_to(guide).count() == 0
    assert Message.objects.visible_to(malee).count() == 2
    assert Said.objects.visible_to(guide).count() == 0

    moving.reveal(actor=guide, circle=circle.pk, seen=2)
    moving.reveal(actor=guide, circle=circle.pk, seen=2)
    assert list(Message.objects.order_by("pk").values_list("seq", flat=True)) == [seq + 1, seq + 2, seq + 3]
    assert list(Event.objects.filter(seq__gt=seq).values_list("kind", flat=True)) == ["said", "said", "said", "circle"]
    assert make.say(malee, channel, "เพิ่งนึกได้").seq == seq + 5


def test_moving_on_shows_what_is_held_back(channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel)
    make.join(malee, circle)
    make.at_round(guide, circle, 2)
    make.say(malee, channel)
    moving.advance(actor=guide, circle=circle.pk, seen=2)
    assert Message.objects.get().is_shown


def test_one_may_change_what_is_held_back(channel: Channel, guide: User, malee: User, cop_member: User) -> None:
    circle = make.open_circle(guide, channel)
    for one in (malee, cop_member):
        make.join(one, circle)
    make.at_round(guide, circle, 2)
    cid = make.say(malee, channel).client_id
    change_held(actor=malee, circle=circle.pk, client_id=cid, body="<p>คิดใหม่แล้ว</p>")
    with pytest.raises(Message.DoesNotExist):
        change_held(actor=cop_member, circle=circle.pk, client_id=cid, body="<p>ของคนอื่น</p>")
    assert Message.objects.get().text == "คิดใหม่แล้ว"
    change_held(actor=malee, circle=circle.pk, client_id=cid, body="")
    assert not Message.objects.exists()


def _rows_of(user: User) -> dict[str, int]:
    """How many rows of each table point to this person, whatever the column."""
    columns = [
        (model, field.name) for model in apps.get_models() for field in model._meta.concrete_fields if field.related_model is User
    ]
    return {f"{model._meta.label}.{name}": model._base_manager.filter(**{name: user}).count() for model, name in columns}


def test_no_trace_of_who_wrote_without_a_name(channel: Channel, guide: User, malee: User, cop_member: User) -> None:
    """The canary: the author's key and names stand in no column of the message, its place in the circle, its events."""
    circle = make.open_circle(guide, channel, nameless=frozenset({2}))
    for one in (malee, cop_member):
        make.join(one, circle)
    now_round = make.at_round(guide, circle, 2)
    rows_before = _rows_of(malee)
    gate = gates.composer(malee, channel)
    assert (gate.nameless, gate.held, gate.promise) == (True, True, f"circle {now_round.pk}")
    cids = {
        make.say(who, channel, f"อุปสรรค {n}", promise=gate.promise).client_id for n, who in enumerate([malee, cop_member] * 8)
    }
    change_held(actor=malee, circle=circle.pk, client_id=next(iter(cids)), body="<p>แก้แล้ว</p>")
    before = list(Message.objects.order_by("pk").values_list("client_id", flat=True))
    assert Message.objects.visible_to(malee).count() == 0
    moving.reveal(actor=guide, circle=circle.pk, seen=2)

    messages = Message.objects.order_by("pk")
    assert {(one.author, one.anonymous, one.created_at) for one in messages} == {(None, True, now_round.started_at)}
    after = list(messages.values_list("client_id", flat=True))
    assert set(after) == cids
    assert after != before  # 1 in 16! by chance
    numbers = [one.seq or 0 for one in messages]
    assert numbers == sorted(numbers)
    rows = [*messages, *Said.objects.all(), *Event.objects.all()]
    stored = json.loads(serializers.serialize("json", rows))
    names = (malee.email, malee.first_name, malee.last_name)
    assert not any(name in json.dumps(row, ensure_ascii=False) for row in stored for name in names)
    assert all(row["fields"].get(key) is None for row in stored for key in ("author", "deleted_by", "pinned_by"))
    assert _rows_of(malee) == rows_before
    found = Passage.objects.filter(body__contains="อุปสรรค")
    assert not [one for one in found if any(name in f"{one.title} {one.names} {one.body} {one.place}" for name in names)]


def test_a_late_device_shows_nothing_under_a_name(channel: Channel, guide: User, malee: User) -> None:
    """Words that were written without a name, sent after the round: refused; sent again after it: the first message, once."""
    circle = make.open_circle(guide, channel, nameless=frozenset({2}))
    make.join(malee, circle)
    make.at_round(guide, circle, 2)
    promise, cid = gates.composer(malee, channel).promise, uuid4()
    make.say(malee, channel, "ส่งแล้ว", cid=cid, promise=promise)
    moving.reveal(actor=guide, circle=circle.pk, seen=2)
    with pytest.raises(gates.Refused):
        make.say(malee, channel, "ออฟไลน์อยู่", promise=promise)
    moving.wrap_up(actor=guide, circle=circle.pk, seen=2)
    moving.close(actor=guide, circle=circle.pk)
    with pytest.raises(gates.Refused):
        make.say(malee, channel, "ออฟไลน์อยู่", promise=promise)
    again = make.say(malee, channel, "ส่งแล้ว", cid=cid, promise=promise)
    assert (Message.objects.get(), again.author) == (again, None)


def test_no_pictures_without_a_name(channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel, nameless=frozenset({2}))
    make.join(malee, circle)
    make.at_round(guide, circle, 2)
    with pytest.raises(gates.Refused):
        make.say(malee, channel, '<img src="/pictures/0a0a0a0a-0a0a-0a0a-0a0a-0a0a0a0a0a0a/small" alt="ภาพ">')
    assert not Message.objects.exists()
