"""Django's HTTP handler with one thread hop a request, on a fixed pool.

Django's own ASGIHandler runs the middleware chain as coroutines: every synchronous middleware then costs a hop into a thread made for
that request, with database connections of its own. Measured: 5.4 CPU-ms a small request instead of 0.74 (docs/decisions/0004).
Overrides Django internals (`load_middleware`, `read_body`, `create_request`, `send_response`): tests/core/test_asgi.py pins them,
and KM_DJANGO_HANDLER=1 falls back to Django's handler.
"""

import asyncio
import contextvars
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted, RequestDataTooBig
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.http import StreamingHttpResponse
from django.urls import set_script_prefix

_END = object()


def _counted(receive: Any, most: int) -> Callable[[], Any]:
    """Reads on until more than `most` bytes have come: Django would put any amount on the disk before a view could refuse it."""
    taken = 0

    async def counted() -> Any:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise RequestDataTooBig
        return message

    return counted


def _most(path: str) -> int:
    """The most bytes that are read for this address."""
    larger = (most for pattern, most in settings.LARGER_BODIES.items() if re.fullmatch(pattern, path))
    return int(next(larger, settings.MAX_BODY))


async def _refuse(send: Any) -> None:
    words = f"ไฟล์หรือข้อความใหญ่เกิน {settings.MAX_BODY >> 20} MB\nThis is larger than {settings.MAX_BODY >> 20} MB.\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(words)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": words})


class PooledASGIHandler(ASGIHandler):
    def __init__(self, threads: int = 4) -> None:
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="http")
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def _run(self, function: Callable[..., Any], *args: Any) -> Any:
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self.pool, context.run, function, *args)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise ValueError(f"Only HTTP comes here, not {scope['type']}.")
        try:
            body = await self.read_body(_counted(receive, _most(scope["path"])))
        except RequestAborted:
            return
        except RequestDataTooBig:
            await _refuse(send)
            return
        try:
            response = await self._run(self._respond, scope, body)
            await self._emit(response, send)
            await self._run(response.close)
        finally:
            body.close()

    def _respond(self, scope: Any, body: Any) -> Any:
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        response: Any
        request, response = self.create_request(scope, body)
        if request is not None:
            response = self.get_response(request)
        response._handler_class = self.__class__  # Django closes the request's resources by this name
        return response

    async def _emit(self, response: Any, send: Any) -> None:
        if not isinstance(response, StreamingHttpResponse) or response.is_async:
            await self.send_response(response, send)
            return
        headers = [(key.encode("ascii"), value.encode("latin1")) for key, value in response.items()]
        headers += [(b"Set-Cookie", cookie.output(header="").encode("ascii").strip()) for cookie in response.cookies.values()]
        await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
        parts = iter(response)
        while (part := await self._run(next, parts, _END)) is not _END:
            await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body"})
