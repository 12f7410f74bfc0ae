"""The outgoing side of one socket: nothing that is put into it waits for its reader."""

import asyncio
import types
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol as Server
from websockets.protocol import State

from communities.talk.sockets.entry import Guest
from communities.talk.sockets.shared import Message, Shared, encode

MOST_WAITING = 256
"""Frames kept for a reader who is slower than the talk; beyond that the socket is cut, and resumes when it can."""
CLOSING = 5.0
"""Seconds for the farewell to leave; a reader who takes nothing any more is not waited for."""
SIGNED_OUT, NOT_YOURS, TOO_SLOW, TOO_MANY, NOT_UNDERSTOOD = 4001, 4003, 4008, 4029, 4000

Send = Callable[[Message], Coroutine[Any, Any, None]]


@types.coroutine
def _go_on(step: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, Any, None]:
    """Lets a task finish a coroutine whose first step was taken outside of it."""
    yield waits_for
    yield from step


class Line:
    """`seq` is the last event that went out; None until the socket said where it stands."""

    def __init__(self, send: Send, guest: Guest, language: str) -> None:
        self.guest, self.language = guest, language
        self.seq: int | None = None
        self.is_closed = False
        self.reader: asyncio.Task[Any] | None = asyncio.current_task()
        self._send = send
        self._server = _server(send)
        self._waiting: deque[Message] = deque()
        self._writer: asyncio.Task[None] | None = None
        self._closer: asyncio.Task[None] | None = None

    def share(self, frame: Shared) -> None:
        """As put(), for what goes to many. uvicorn would frame the same text anew for each socket: it gets the bytes, where it is open.

        Reaches into uvicorn, as kmportal.core.asgi_http reaches into Django; tests/talk/test_line.py pins it. With any other server, or
        where a reader is behind, the ASGI message goes its usual way.
        """
        server = self._server
        if server is None or self._writer is not None or self.is_closed or not server.writable.is_set():
            self.put(frame.asgi)
        elif server.conn.state is State.OPEN and not server.close_sent and not server.disconnected:
            server.transport.write(frame.wire)

    def put(self, message: Message) -> None:
        """Sends, or keeps for the reader who is behind, or cuts the one who is too far behind. Never waits.

        The server's send() ends at once as long as the network takes what it is given. So its coroutine is stepped here and now; a task
        for each frame of each socket would cost more than the sending.
        """
        if self.is_closed:
            return
        if self._writer is not None:
            self._waiting.append(message)
            if len(self._waiting) > MOST_WAITING:
                self.close(TOO_SLOW)
            return
        step = self._send(message)
        try:
            waits_for = step.send(None)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001 - whatever a server raises on a broken connection; its own word of it follows
            self.is_closed = True
            return
        self._writer = asyncio.get_running_loop().create_task(self._write(_go_on(step, waits_for)))

    def say(self, **frame: Any) -> None:
        """A frame for this socket alone."""
        self.put({"type": "websocket.send", "text": encode(frame)})

    async def _write(self, first: Awaitable[None]) -> None:
        try:
            await first
            while self._waiting:
                await self._send(self._waiting.popleft())
        except Exception:  # noqa: BLE001 - as in put()
            self.is_closed = True
        finally:
            self._writer = None

    async def drained(self) -> None:
        """Waits until the reader has taken what was put; for those who bring a lot at once."""
        while self._writer is not None and not self.is_closed:
            await asyncio.wait([self._writer])

    def close(self, code: int) -> None:
        """Ends the socket from our side; may be called twice."""
        if self.is_closed:
            return
        self.is_closed = True
        self._waiting.clear()
        if self._writer is not None:
            self._writer.cancel()
        self._closer = asyncio.get_running_loop().create_task(self._farewell(code))

    async def _farewell(self, code: int) -> None:
        try:
            async with asyncio.timeout(CLOSING):
                await self._send({"type": "websocket.close", "code": code})
        except Exception:  # noqa: BLE001 - gone already, or deaf: nobody is there to be told
            if self.reader is not None:
                self.reader.cancel()


def _server(send: Any) -> Server | None:
    """uvicorn's side of the socket, when it is uvicorn, and frames are not compressed on their way."""
    server = getattr(send, "__self__", None)
    return server if isinstance(server, Server) and not server.conn.extensions else None
