"""The HTTP handler: pinned, because it overrides internals of Django. One thread hop a request, connections kept, nothing left open."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator as UntypedCommunicator
from django.core import signals
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from kmportal.core.asgi_http import PooledASGIHandler

ApplicationCommunicator: Any = UntypedCommunicator  # ships no types
BIG = bytes(range(256)) * 4096 * 5  # 5 MB: past what Django keeps in memory
closed: list[str] = []


@csrf_exempt
def upload(request: HttpRequest) -> HttpResponse:
    source: Any = request.FILES.get("file", request)
    return HttpResponse(hashlib.sha256(source.read()).hexdigest())


def download(request: HttpRequest, name: str) -> FileResponse:
    return FileResponse((Path(__file__).parent / name).open("rb"))


def stream(request: HttpRequest) -> StreamingHttpResponse:
    def parts() -> Iterator[bytes]:
        try:
            for number in range(3):
                yield f"{number} {threading.current_thread().name[:4]};".encode()
        finally:
            closed.append("stream")

    answer = StreamingHttpResponse(parts())
    answer.set_cookie("seen", "1")
    return answer


async def events(request: HttpRequest) -> StreamingHttpResponse:
    async def parts() -> Any:
        for number in range(2):
            yield f"data: {number}\n\n".encode()

    return StreamingHttpResponse(parts(), content_type="text/event-stream")


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("as asked")


def wires(request: HttpRequest) -> JsonResponse:
    connection.ensure_connection()
    return JsonResponse({"thread": threading.current_thread().name, "connection": id(connection.connection)})


urlpatterns = [
    path("upload/", upload),
    path("download/<str:name>/", download),
    path("stream/", stream),
    path("events/", events),
    path("broken/", broken),
    path("wires/", wires),
]


@pytest.fixture
def handler(settings: Any) -> Iterator[PooledASGIHandler]:
    """One thread, so that the second request meets what the first left behind."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
    made = PooledASGIHandler(threads=1)
    yield made
    made.pool.shutdown()


async def ask(
    handler: PooledASGIHandler, target: str, *, body: bytes = b"", method: str = "GET", kind: str = "application/octet-stream"
) -> tuple[int, dict[bytes, bytes], bytes]:
    """(status, headers, body) of one request."""
    headers = [(b"host", b"testserver"), (b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "path": target, "raw_path": target.encode(), "query_string": b"",
        "headers": headers, "scheme": "http", "server": ("testserver", 80), "client": ("127.0.0.1", 1), "asgi": {"version": "3.0"},
    }  # fmt: skip
    app = ApplicationCommunicator(handler, scope)
    for start in range(0, max(len(body), 1), 65536):
        part = body[start : start + 65536]
        await app.send_input({"type": "http.request", "body": part, "more_body": start + 65536 < len(body)})
    first = await app.receive_output(10)
    received = b""
    while (message := await app.receive_output(10)).get("more_body"):
        received += message["body"]
    await app.wait(10)
    return first["status"], dict(first["headers"]), received + message.get("body", b"")


async def test_a_large_body_arrives_whole(handler: PooledASGIHandler) -> None:
    status, _, body = await ask(handler, "/upload/", body=BIG, method="POST")

    assert (status, body.decode()) == (200, hashlib.sha256(BIG).hexdigest())


async def test_an_uploaded_file_arrives_whole(handler: PooledASGIHandler) -> None:
    form = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: application/pdf\r\n\r\n'
        + BIG
        + b"\r\n--x--\r\n"
    )
    status, _, body = await ask(handler, "/upload/", body=form, method="POST", kind="multipart/form-data; boundary=x")

    assert (status, body.decode()) == (200, hashlib.sha256(BIG).hexdigest())


async def test_files_are_streamed(handler: PooledASGIHandler) -> None:
    status, headers, body = await ask(handler, "/download/test_asgi.py/")

    assert (status, body) == (200, Path(__file__).read_bytes())
    assert headers[b"Content-Length"] == str(len(body)).encode()


async def test_streams_run_on_the_pool_and_are_closed(handler: PooledASGIHandler) -> None:
    closed.clear()
    status, headers, body = await ask(handler, "/stream/")

    assert (status, body) == (200, b"0 http;1 http;2 http;")
    assert headers[b"Set-Cookie"].startswith(b"seen=1")
    assert closed == ["stream"]


async def test_asynchronous_streams_pass(handler: PooledASGIHandler) -> None:
    status, _, body = await ask(handler, "/events/")

    assert (status, body) == (200, b"data: 0\n\ndata: 1\n\n")


async def test_what_is_too_large_is_refused_unread(handler: PooledASGIHandler, settings: Any) -> None:
    settings.MAX_BODY = 1024 * 1024
    scope = {"type": "http", "method": "POST", "path": "/upload/", "headers": []}
    app = ApplicationCommunicator(handler, scope)
    for _ in range(3):
        await app.send_input({"type": "http.request", "body": b"x" * 600_000, "more_body": True})
    started, rest = await app.receive_output(10), await app.receive_output(10)
    await app.wait(10)

    assert started["status"] == 413
    assert "1 MB" in rest["body"].decode()
    assert app.input_queue.qsize() == 1


async def test_an_exception_is_an_answer(handler: PooledASGIHandler, caplog: pytest.LogCaptureFixture) -> None:
    status, _, body = await ask(handler, "/broken/")

    assert status == 500
    assert b"as asked" not in body
    assert "Internal Server Error: /broken/" in caplog.text


@pytest.mark.django_db
async def test_a_connection_serves_many_requests(handler: PooledASGIHandler) -> None:
    first = await ask(handler, "/wires/")
    second = await ask(handler, "/wires/")

    assert first[2] == second[2]
    assert b'"http_0"' in first[2]


async def test_each_request_is_opened_and_closed_once(handler: PooledASGIHandler) -> None:
    seen: list[str] = []

    def opened(**kwargs: Any) -> None:
        seen.append("started")

    def done(**kwargs: Any) -> None:
        seen.append("finished")

    signals.request_started.connect(opened)
    signals.request_finished.connect(done)
    try:
        await ask(handler, "/stream/")
    finally:
        signals.request_started.disconnect(opened)
        signals.request_finished.disconnect(done)

    assert seen == ["started", "finished"]


async def test_sockets_are_refused(handler: PooledASGIHandler) -> None:
    with pytest.raises(ValueError, match="not websocket"):
        await handler({"type": "websocket"}, None, None)


async def test_a_client_that_leaves_is_no_error(handler: PooledASGIHandler) -> None:
    app = ApplicationCommunicator(handler, {"type": "http", "method": "POST", "path": "/upload/", "headers": []})
    await app.send_input({"type": "http.disconnect"})

    await app.wait(10)
    assert await app.receive_nothing()
