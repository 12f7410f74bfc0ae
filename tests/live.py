"""Sockets in tests, in two strengths.

`Socket` talks to a consumer in this thread: `async def test_…`, plain rollback, no network. `LiveServer` is the server of production in a
thread, for browsers and for what must cross a network: its tests commit for real.
"""

import json
import socket
import threading
from typing import Any

import uvicorn
from asgiref.testing import ApplicationCommunicator as UntypedCommunicator
from django.test import modify_settings
from django.utils.module_loading import import_string

from kmportal.core.management.commands.serve import APPLICATION, SERVER

ApplicationCommunicator: Any = UntypedCommunicator  # ships no types


class Refused(Exception):
    """The server did not accept the socket. `code` is what it closed with."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


class Socket:
    """One WebSocket to an ASGI application, without a server: `async with Socket(application, "/live/…", user=officer) as socket: …`.

    `user` stands in the scope as AuthMiddleware would put it; for the whole application (origin, session) give headers instead. What a
    consumer sends is JSON. Channels' own WebsocketCommunicator is not used: its package imports Daphne.

    Raises: Refused, on entering, when the socket is not accepted.
    """

    def __init__(self, application: Any, path: str, *, headers: list[tuple[bytes, bytes]] | None = None, **scope: Any) -> None:
        path, _, query = path.partition("?")
        whole = {"type": "websocket", "path": path, "query_string": query.encode(), "headers": headers or [], "subprotocols": []}
        self.wire = ApplicationCommunicator(application, whole | scope)

    async def __aenter__(self) -> "Socket":
        await self.wire.send_input({"type": "websocket.connect"})
        answer = await self.wire.receive_output(5)
        if answer["type"] != "websocket.accept":
            raise Refused(answer.get("code", 1000))
        return self

    async def __aexit__(self, *error: object) -> None:
        if not self.wire.future.done():
            await self.wire.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wire.wait(5)

    async def send(self, message: Any) -> None:
        await self.wire.send_input({"type": "websocket.receive", "text": json.dumps(message)})

    async def receive(self, seconds: float = 5) -> Any:
        """The next message. Raises: Refused when the server closes instead, TimeoutError when nothing comes."""
        answer = await self.wire.receive_output(seconds)
        if answer["type"] == "websocket.close":
            raise Refused(answer.get("code", 1000))
        return json.loads(answer["text"])

    async def is_silent(self) -> bool:
        """Whether nothing stands ready to be read and nothing comes within a tenth of a second."""
        return bool(await self.wire.receive_nothing(0.1))


class LiveServer:
    """uvicorn with the settings of `manage.py serve`, in a thread, on a port that is bound before it starts."""

    # pytest-django switches these on for tests that use the fixture `live_server`.
    _live_server_modified_settings = modify_settings(ALLOWED_HOSTS={"append": ["127.0.0.1", "localhost"]})

    def __init__(self, application: Any = None) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{listening.getsockname()[1]}"
        self.url, self.socket_url = f"http://{self.address}", f"ws://{self.address}"
        self.server = uvicorn.Server(uvicorn.Config(application or import_string(APPLICATION.replace(":", ".")), **SERVER))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, name="live server", daemon=True)

    def __enter__(self) -> "LiveServer":
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        # A browser keeps its connections open: they are not waited for.
        self.server.should_exit = self.server.force_exit = True
        self.thread.join(10)
