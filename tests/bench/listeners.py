"""One client of the load: a bare WebSocket that counts what comes, cheap enough for a thousand in one process."""

import asyncio
import base64
import json
import os
import re
import struct
import time
from dataclasses import dataclass, field
from typing import cast
from uuid import uuid4

MARK = re.compile(rb"@T(\d+\.\d+)@")
SEQ = re.compile(rb'"seq":(\d+)')
READY = b'"t":"ready"'


@dataclass
class Tally:
    """Of all listeners of a round: milliseconds from sending to delivery, doubles, sockets that the server ended."""

    times: list[float] = field(default_factory=list)
    doubled: int = 0
    closed: int = 0


class Listener(asyncio.Protocol):
    HELLO = '{"t":"hello","after":AFTER}'
    newest = 0
    """The highest number that any listener has seen: later ones begin there."""

    def __init__(self, tally: Tally, port: int, path: str, cookie: str, hello: str) -> None:
        self.tally, self.port, self.path, self.cookie, self.hello = tally, port, path, cookie, hello
        self.rest, self.is_open, self.is_leaving, self.seq = b"", False, False, 0
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport

    @staticmethod
    def words(text: str) -> str:
        return json.dumps({"t": "say", "cid": str(uuid4()), "body": f"<p>{text}</p>"}, ensure_ascii=False)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclasses
        self.transport = cast(asyncio.Transport, transport)
        key = base64.b64encode(os.urandom(16)).decode()
        address = f"127.0.0.1:{self.port}"
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        self.transport.write(
            f"GET {self.path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{cookie}\r\n".encode()
        )

    def connection_lost(self, error: Exception | None) -> None:
        if not self.is_leaving:
            self.tally.closed += 1
        if not self.ready.done():
            self.ready.set_exception(ConnectionError(f"closed before it was ready: {self.rest[:200]!r}"))

    def send(self, text: str) -> None:
        if self.transport.is_closing():
            return
        body = text.encode()
        size = bytes([128 | len(body)]) if len(body) < 126 else b"\xfe" + struct.pack(">H", len(body))
        self.transport.write(b"\x81" + size + b"\0\0\0\0" + body)

    def leave(self) -> None:
        self.is_leaving = True
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        data = self.rest + data if self.rest else data
        if not self.is_open:
            if b"\r\n\r\n" not in data:
                self.rest = data
                return
            head, data = data.split(b"\r\n\r\n", 1)
            if b" 101 " not in head.split(b"\r\n")[0]:
                self.rest = head
                self.transport.close()
                return
            self._opened()
        self.rest = self._frames(data)

    def _opened(self) -> None:
        self.is_open = True
        if self.hello:
            self.send(self.hello.replace("AFTER", str(Listener.newest)))
        elif not self.ready.done():
            self.ready.set_result(None)

    def _frames(self, data: bytes) -> bytes:
        now, at, end = time.perf_counter(), 0, len(data)
        while end - at >= 2:
            size, head = data[at + 1] & 127, 2
            if size == 126:
                if end - at < 4:
                    break
                size, head = (data[at + 2] << 8) | data[at + 3], 4
            if end - at < head + size:
                break
            self._take(data, at, at + head, at + head + size, now)
            at += head + size
        return data[at:]

    def _take(self, data: bytes, start: int, begin: int, stop: int, now: float) -> None:
        if (mark := MARK.search(data, begin, stop)) is not None:
            self.tally.times.append((now - float(mark.group(1))) * 1000)
            if (number := SEQ.search(data, begin, stop)) is not None:
                seq = int(number.group(1))
                self.tally.doubled += seq <= self.seq
                self.seq = seq
                Listener.newest = max(Listener.newest, seq)
        elif (data[start] & 15) == 9:
            # A pong repeats what the ping said, or the server takes it for no answer.
            self.transport.write(bytes([0x8A, 0x80 | (stop - begin)]) + b"\0\0\0\0" + data[begin:stop])
        elif data.find(READY, begin, stop) >= 0 and not self.ready.done():
            self.ready.set_result(None)
