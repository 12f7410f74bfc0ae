"""What tests of live talk share: the headers of a signed-in browser, sockets that said hello, and work after commit done at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from asgiref.sync import sync_to_async
from django.conf import settings
from django.test import Client

from communities.talk.models import Channel
from kmportal.asgi import application
from kmportal.people.models import User
from tests.live import Socket

ORIGIN = "http://testserver"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def headers(client: Client | None, origin: str = ORIGIN) -> list[tuple[bytes, bytes]]:
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME) if client else None
    named = [(b"host", b"testserver"), (b"origin", origin.encode())]
    return [*named, (b"cookie", f"{cookie.key}={cookie.value}".encode())] if cookie else named


def path(channel: Channel | int, lang: str = "th") -> str:
    return f"/ws/channels/{channel if isinstance(channel, int) else channel.pk}/?lang={lang}"


@asynccontextmanager
async def opened(client: Client, channel: Channel, after: int | None = 0, lang: str = "th") -> AsyncIterator["Talker"]:
    """A socket, brought up to date unless `after` is None."""
    async with Socket(application, path(channel, lang), headers=headers(client)) as socket:
        talker = Talker(socket)
        if after is not None:
            await talker.hello(after)
        yield talker


class Talker:
    """One socket and what it has seen."""

    def __init__(self, socket: Socket) -> None:
        self.socket, self.events, self.acks, self.refusals = socket, list[Any](), dict[str, Any](), list[Any]()

    async def hello(self, after: int = 0) -> Any:
        await self.socket.send({"t": "hello", "after": after})
        return await self.until("ready", "snapshot")

    async def say(self, body: str, cid: str | None = None, **more: Any) -> str:
        cid = cid or str(uuid4())
        await self.socket.send({"t": "say", "cid": cid, "body": body, **more})
        return cid

    async def until(self, *kinds: str) -> Any:
        """The next frame of one of these kinds; events and answers on the way are kept."""
        while True:
            frame = await self.socket.receive()
            if frame["t"] == "event":
                self.events.append(frame)
            elif frame["t"] == "ack":
                self.acks[frame["cid"]] = frame
            elif frame["t"] == "refused":
                self.refusals.append(frame)
            if frame["t"] in kinds:
                return frame

    async def until_seq(self, seq: int) -> list[int]:
        """The numbers of the events it has got, once it has this one."""
        while not self.events or self.events[-1]["seq"] < seq:
            await self.until("event")
        return [event["seq"] for event in self.events]


in_database = sync_to_async
