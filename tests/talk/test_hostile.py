"""Sockets given what no device of ours sends."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from communities.talk.models import Channel, Message
from tests.talk.wires import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


@pytest.mark.parametrize("field", ["body", "cid", "thread", "quote"])
async def test_half_of_a_letter_is_refused_for_good(channel: Channel, member: Client, field: str, caplog: Any) -> None:
    """A lone surrogate is no text: no database and no encoder takes it, and sending it again helps nobody."""
    async with opened(member, channel) as one:
        await one.socket.send({"t": "say", "cid": str(uuid4()), "body": "<p>a</p>", "promise": "", field: "\ud800"})
        answer = await one.until("refused", "ack")
        assert (answer["t"], answer.get("wait", 0)) == ("refused", 0)
        await one.say("<p>ต่อ</p>")
        await one.until("ack")
    assert not [record for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}]
    assert await Message.objects.acount() == 1


@pytest.mark.parametrize(
    "frame",
    [
        {"t": "hello", "after": -5}, {"t": "hello", "after": 10**400}, {"t": "hello", "after": 2**62}, {"t": "hello", "after": "9"},
        {"t": "hello", "after": 1.5}, {"t": "hello", "after": None}, {"t": "hello", "after": True}, {"t": "read", "seq": 2**62},
        {"t": "read", "seq": -1}, {"t": "say"}, {"t": "say", "cid": [], "body": {}}, {"t": "say", "cid": str(uuid4()), "body": None},
        {"t": "say", "cid": str(uuid4()), "body": "<p>a</p>", "thread": -1}, {"t": "say", "cid": str(uuid4()), "body": "<p>a</p>", "thread": 2**70},
        {"t": "say", "cid": str(uuid4()), "body": "<p>a</p>", "thread": True},
        {"t": "say", "cid": str(uuid4()), "body": "<p>a\u0000</p>"}, {"t": "say", "cid": str(uuid4()), "body": "<b>" * 3000},
    ],
)  # fmt: skip
async def test_odd_frames_break_nothing(channel: Channel, member: Client, frame: Any, caplog: Any) -> None:
    async with opened(member, channel) as one:
        await one.socket.send(frame)
        await one.socket.send({"t": "ping"})
        await one.until("pong")
        await one.hello(0)
        await one.say("<p>ต่อ</p>")
        await one.until("ack")
    assert not [record for record in caplog.records if record.levelname in {"ERROR", "CRITICAL"}]
