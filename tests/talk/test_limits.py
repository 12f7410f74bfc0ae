"""What one socket and one person may do, and what becomes of those who do more, or send nonsense."""

from typing import Any

import pytest
from django.test import Client

from communities.talk import consumers
from communities.talk.models import Channel, Message
from communities.talk.sockets import limits
from tests.live import Refused
from tests.talk.wires import Talker, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


async def ended(talker: Talker) -> int:
    with pytest.raises(Refused) as refused:
        while True:
            await talker.until("never")
    return refused.value.code


async def test_words_are_slowed_and_none_is_lost(channel: Channel, member: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WORDS", 2)
    async with opened(member, channel) as one:
        cids = [await one.say(f"<p>{n}</p>") for n in range(3)]
        refused = await one.until("refused")
    assert (refused["cid"], refused["wait"] > 0, set(one.acks)) == (cids[2], True, set(cids[:2]))


@pytest.mark.parametrize(
    "nonsense", ["{", "[1]", '"hello"', '{"t": "fly"}', '{"t": ["hello"]}', "{}", "[" * 100_000, '{"t": "connect"}', ""]
)
async def test_nonsense_ends_the_socket_politely(channel: Channel, member: Client, nonsense: str) -> None:
    async with opened(member, channel) as one:
        await one.socket.wire.send_input({"type": "websocket.receive", "text": nonsense})
        assert await ended(one) == 4000
    assert [refusal["cid"] for refusal in one.refusals] == [None]


async def test_bytes_are_nonsense_too(channel: Channel, member: Client) -> None:
    async with opened(member, channel) as one:
        await one.socket.wire.send_input({"type": "websocket.receive", "bytes": b'{"t":"ping"}'})
        assert await ended(one) == 4000


@pytest.mark.parametrize(
    "words",
    [
        {"cid": "no-uuid"}, {"body": 7}, {"body": None}, {"thread": "x"}, {"thread": True}, {"quote": -1}, {"thread": 10**30},
        {"body": "<p>\x00</p>"}, {"body": "<p> </p>"}, {"body": "ก" * 40_000}, {"thread": 999_999}, {"promise": ["x"]},
    ],
    ids=str,
)  # fmt: skip
async def test_words_that_are_none_are_refused_and_the_socket_stays(
    channel: Channel, member: Client, words: dict[str, Any]
) -> None:
    async with opened(member, channel) as one:
        await one.socket.send({"t": "say", "cid": "2b1f8f0e-6a0c-4c0b-8f4e-0d1f3b2a1c00", "body": "<p>x</p>", **words})
        refused = await one.until("refused")
        assert (bool(refused["words"]), refused["wait"]) == (True, 0)
        await one.socket.send({"t": "ping"})
        assert await one.until("pong") == {"t": "pong"}
    assert await Message.objects.acount() == 0


async def test_a_socket_that_says_nothing_is_not_kept(channel: Channel, member: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "HELLO_SECONDS", 0.05)
    async with opened(member, channel, after=None) as one:
        assert await ended(one) == 4000


async def test_too_many_sockets_of_one_person(
    channel: Channel, member: Client, other_member: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SOCKETS", 1)
    async with opened(member, channel) as one:
        async with opened(member, channel, after=None) as two:
            assert await ended(two) == 4029
        async with opened(other_member, channel) as other:
            await other.say("<p>คนละคน</p>")
            assert await one.until_seq(1) == [1]
    # The place is free again.
    async with opened(member, channel, after=1):
        pass


async def test_too_many_frames(channel: Channel, member: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "Bucket", lambda burst, rate: limits.Bucket(3, 0))
    async with opened(member, channel) as one:
        for _ in range(3):
            await one.socket.send({"t": "ping"})
        assert await ended(one) == 4029


async def test_who_is_here_and_who_is_typing(
    channel: Channel, member: Client, other_member: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communities.talk.sockets.presence.PAUSE", 0.02)
    async with opened(member, channel) as one:
        assert (await one.until("here"))["number"] == 1
        async with opened(other_member, channel) as two:
            here = await two.until("here")
            while here["number"] < 2:
                here = await one.until("here")
            assert len(here["who"]) == 2
            await one.socket.send({"t": "typing"})
            assert (await two.until("typing"))["who"] == ["ชุมพร แบ่งปัน"]
        while here["number"] > 1:
            here = await one.until("here")
    assert await Channel.objects.aget() == channel


async def test_nobody_is_shown_typing_where_names_are_promised_not_to_be(
    channel: Channel, member: Client, other_member: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from communities.talk import gates

    monkeypatch.setattr("communities.talk.sockets.presence.PAUSE", 0.02)
    monkeypatch.setattr(gates, "composer", lambda reader, channel: gates.Composer(nameless=True))
    async with opened(member, channel) as one, opened(other_member, channel) as two:
        await one.socket.send({"t": "typing"})
        await one.socket.send({"t": "ping"})
        await one.until("pong")
        await two.say("<p>ต่อ</p>")
        with pytest.raises(TimeoutError):
            while True:
                frame = await two.socket.receive(0.3)
                assert frame["t"] != "typing"
