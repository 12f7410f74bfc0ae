"""What socket tests stand on: consumers in the thread of the test with plain rollback, layers of their own, and a real server."""

import json
import urllib.request
from typing import Any

import pytest
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import connect

from kmportal.people.models import Agency, User
from tests.live import LiveServer, Refused, Socket


class Room(AsyncJsonWebsocketConsumer):
    """Knows people, tells all who listen, and refuses who has no name."""

    async def connect(self) -> None:
        if self.scope["path"] == "/nobody/":
            await self.close(4003)
            return
        await self.channel_layer.group_add("room", self.channel_name)
        await self.accept()

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        if content["say"] == "end":
            await self.close(4001)
            return
        made = await User.objects.acreate(email=f"{content['say']}@socket.example")
        await self.channel_layer.group_send("room", {"type": "told", "text": made.email})

    async def told(self, event: dict[str, str]) -> None:
        await self.send_json({"heard": event["text"]})

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("room", self.channel_name)


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["first", "again"])
async def test_sockets_talk_and_what_they_wrote_is_rolled_back(time: str) -> None:
    assert not await User.objects.filter(email="one@socket.example").aexists()
    async with Socket(Room.as_asgi(), "/room/?after=3") as one, Socket(Room.as_asgi(), "/room/") as other:
        await one.send({"say": "one"})
        heard = [await one.receive(), await other.receive()]
        assert heard == [{"heard": "one@socket.example"}] * 2
        assert await other.is_silent()
    assert await User.objects.filter(email="one@socket.example").aexists()


async def test_a_refusal_and_an_end_carry_their_codes() -> None:
    with pytest.raises(Refused) as refused:
        async with Socket(Room.as_asgi(), "/nobody/"):
            pass
    assert refused.value.code == 4003
    async with Socket(Room.as_asgi(), "/room/") as socket:
        await socket.send({"say": "end"})
        with pytest.raises(Refused) as ended:
            await socket.receive()
    assert ended.value.code == 4001


@pytest.mark.parametrize("time", ["first", "again"])
async def test_a_layer_does_not_outlive_its_test(time: str) -> None:
    layer = get_channel_layer()
    assert layer is not None
    assert not getattr(layer, "groups", {})
    await layer.group_add("left", await layer.new_channel())


def test_the_server_answers_http_with_what_was_committed(live_server: LiveServer, agency_a: Agency) -> None:
    agency_a.name = "ชื่อที่บันทึกไว้จริง"
    agency_a.save()
    with urllib.request.urlopen(f"{live_server.url}/agencies/{agency_a.slug}/") as answer:  # noqa: S310 - an address of our own making
        assert "ชื่อที่บันทึกไว้จริง" in answer.read().decode()


@pytest.mark.django_db(transaction=True)
def test_sockets_cross_the_network_and_commit() -> None:
    with (
        LiveServer(Room.as_asgi()) as server,
        connect(server.socket_url + "/room/") as one,
        connect(server.socket_url + "/r/") as other,
    ):
        one.send(json.dumps({"say": "far"}))
        assert json.loads(other.recv(5))["heard"] == json.loads(one.recv(5))["heard"] == "far@socket.example"
        assert User.objects.filter(email="far@socket.example").exists()
        one.send(json.dumps({"say": "end"}))
        with pytest.raises(ConnectionClosedError, match="4001"):
            one.recv(5)
