"""A socket of a channel: who may come in, what they send, what they are answered. What happens in the channel comes from the hub.

A plain ASGI application. Channels' consumers subscribe each socket to the layer and ask after worn-out connections at each frame, which
costs more than all the rest (docs/decisions/0026).
"""

import asyncio
import json
import logging
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from django.conf import settings
from django.http import parse_cookie
from django.utils import translation
from django.utils.translation import gettext as _

from communities.talk.answers import answer, refused
from communities.talk.models import Channel
from communities.talk.sockets import entry, limits
from communities.talk.sockets.entry import Guest, NotTheirs, SignedOut
from communities.talk.sockets.house import house
from communities.talk.sockets.hub import Hub
from communities.talk.sockets.limits import Bucket
from communities.talk.sockets.line import NOT_UNDERSTOOD, NOT_YOURS, SIGNED_OUT, TOO_MANY, Line
from communities.talk.sockets.places import Places

logger = logging.getLogger(__name__)
LARGEST = 2**53
admit = database_sync_to_async(entry.admit)


@database_sync_to_async
def store(guest: Guest, frame: dict[str, Any], language: str) -> dict[str, Any]:
    """Asks at each message whether its sender may still be here, then answers it."""
    return answer(entry.still(guest), guest.channel, frame, language)


async def channel(scope: Any, receive: Any, send: Any) -> None:
    """The ASGI application of `/ws/channels/<pk>/`. Missing and forbidden channels cannot be told apart."""
    await receive()
    here = await house()
    hints = here.hints
    try:
        guest = await admit(_session_key(scope), scope["url_route"]["kwargs"]["pk"])
    except (SignedOut, NotTheirs) as why:
        await send({"type": "websocket.close", "code": SIGNED_OUT if isinstance(why, SignedOut) else NOT_YOURS})
        return
    await send({"type": "websocket.accept"})
    line = Line(send, guest, _language(scope))
    if here.sockets[guest.user] >= limits.SOCKETS:
        line.close(TOO_MANY)
        await _until_closed(receive)
        return
    hub = here.enter(line, hints)
    try:
        await Talk(line, hub, here.places).listen(receive)
    except asyncio.CancelledError:
        if not line.is_closed:
            raise
    finally:
        here.leave(line, hub)


async def nobody(scope: Any, receive: Any, send: Any) -> None:
    """For addresses that lead nowhere: the same answer as for a channel that is not one's own."""
    await receive()
    await send({"type": "websocket.close", "code": NOT_YOURS})


class Talk:
    """What one socket sends, one frame after the other."""

    def __init__(self, line: Line, hub: Hub, places: Places) -> None:
        self.line, self.hub = line, hub
        self.frames, self.typings = Bucket(60, 5), Bucket(1, 1 / limits.TYPING_SECONDS)
        self.places = places
        self.takers = {"hello": self.hello, "say": self.say, "read": self.read, "typing": self.typing, "ping": self.ping}

    async def listen(self, receive: Any) -> None:
        """Until the socket ends. A socket that does not say where it stands holds a place for nothing."""
        silent = asyncio.get_running_loop().call_later(limits.HELLO_SECONDS, self.line.close, NOT_UNDERSTOOD)
        try:
            while (message := await receive())["type"] != "websocket.disconnect":
                if not self.line.is_closed:
                    await self.take(message.get("text"))
                if self.line.seq is not None:
                    silent.cancel()
        finally:
            silent.cancel()
            await self.places.leave(self.line.guest)

    async def take(self, text: str | None) -> None:
        frame = _read(text)
        taker = self.takers.get(str(frame.get("t"))) if frame is not None else None
        if not self.frames.takes():
            self.line.close(TOO_MANY)
        elif frame is None or taker is None:
            with translation.override(self.line.language):
                self.line.say(**refused(None, _("This could not be read. Load the page anew and send it again.")))
            self.line.close(NOT_UNDERSTOOD)
        else:
            await taker(frame)

    async def hello(self, frame: dict[str, Any]) -> None:
        # Where somebody stands who was never here is before the first.
        await self.hub.resume(self.line, frame["after"] if _is_number(frame.get("after")) else 0)

    async def say(self, frame: dict[str, Any]) -> None:
        try:
            self.line.say(**await store(self.line.guest, frame, self.line.language))
        except SignedOut:
            self.line.close(SIGNED_OUT)
        except Channel.DoesNotExist:
            self.line.close(NOT_YOURS)
        except Exception:
            # A cache that is away, a database that starts anew: the device keeps its words and asks again.
            logger.exception("What was said could not be stored.")
            with translation.override(self.line.language):
                self.line.say(**refused(frame.get("cid"), _("It could not be stored just now. It is sent again in a moment."), 3))

    async def read(self, frame: dict[str, Any]) -> None:
        if _is_number(frame.get("seq")):
            self.places.read(self.line.guest, frame["seq"])

    async def typing(self, frame: dict[str, Any]) -> None:
        if self.typings.takes():
            await self.hub.presence.typing(self.line)

    async def ping(self, frame: dict[str, Any]) -> None:
        self.line.say(t="pong")


def _read(text: str | None) -> dict[str, Any] | None:
    try:
        frame = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    return frame if isinstance(frame, dict) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _session_key(scope: Any) -> str:
    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie").decode("latin-1")
    return parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")


def _language(scope: Any) -> str:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


async def _until_closed(receive: Any) -> None:
    while (await receive())["type"] != "websocket.disconnect":
        pass
