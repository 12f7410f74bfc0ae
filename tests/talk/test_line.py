"""A reader who is slower than the talk: kept for, cut, and never in the way of the others. And the one grip into uvicorn."""

import asyncio
from typing import Any

import pytest
from django.test import Client
from websockets.sync.client import connect

from communities.talk.models import Channel
from communities.talk.sockets import line as lines
from communities.talk.sockets.entry import Guest
from communities.talk.sockets.line import TOO_SLOW, Line
from communities.talk.sockets.shared import Shared, encode
from tests.live import LiveServer

GUEST = Guest(user=1, name="ก", channel=1, community=1, session="s", session_digest="d", proof="p")


class Network:
    """An ASGI send that takes nothing more while it is full."""

    def __init__(self) -> None:
        self.open, self.taken = asyncio.Event(), list[Any]()
        self.open.set()

    async def send(self, message: dict[str, Any]) -> None:
        await self.open.wait()
        self.taken.append(message.get("text") or message["code"])


async def test_frames_wait_in_their_order_and_go_when_they_can() -> None:
    network = Network()
    line = Line(network.send, GUEST, "th")
    line.put({"type": "websocket.send", "text": "1"})
    network.open.clear()
    for text in "234":
        line.share(Shared(text))
    assert network.taken == ["1"]
    network.open.set()
    await line.drained()
    line.say(t="5")
    assert network.taken == ["1", "2", "3", "4", encode({"t": "5"})]


async def test_who_is_too_slow_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_WAITING", 3)
    network = Network()
    line = Line(network.send, GUEST, "th")
    network.open.clear()
    for text in "12345678":
        line.share(Shared(text))
    assert line.is_closed
    network.open.set()
    await asyncio.sleep(0.05)
    assert network.taken[-1] == TOO_SLOW and len(network.taken) <= 2


async def test_who_takes_nothing_any_more_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "CLOSING", 0.01)
    network = Network()
    network.open.clear()

    async def reader() -> None:
        Line(network.send, GUEST, "th").close(TOO_SLOW)
        await asyncio.sleep(5)

    task = asyncio.create_task(reader())
    await asyncio.wait([task], timeout=2)
    assert task.cancelled()


async def test_a_broken_network_ends_the_line_and_nothing_else() -> None:
    async def send(message: dict[str, Any]) -> None:
        raise OSError

    line = Line(send, GUEST, "th")
    line.put({"type": "websocket.send", "text": "1"})
    line.put({"type": "websocket.send", "text": "2"})
    assert line.is_closed


def test_uvicorn_carries_bytes_that_were_framed_for_all() -> None:
    """Pins what Line reaches for: the bytes are a frame like any other, before and after frames that uvicorn makes."""
    seen: list[bool] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        line = Line(send, GUEST, "th")
        seen.append(line._server is not None)
        for size in (5, 125, 126, 70_000):
            line.share(Shared("ก" * size))
            line.say(t="own", size=size)
        await line.drained()
        line.close(4008)
        await receive()

    with LiveServer(application) as server, connect(server.socket_url) as socket:
        for size in (5, 125, 126, 70_000):
            assert socket.recv() == "ก" * size
            assert socket.recv() == encode({"t": "own", "size": size})
    assert seen == [True]


@pytest.mark.django_db
@pytest.mark.usefixtures("at_once")
def test_a_line_that_ended_takes_its_bytes_nowhere(channel: Channel, member: Client) -> None:
    async def run() -> None:
        line = Line(Network().send, GUEST, "th")
        line.close(4001)
        line.share(Shared("x"))
        line.close(4003)
        await asyncio.sleep(0)

    asyncio.run(run())
