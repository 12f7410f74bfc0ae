"""The floor of live talk: one process that makes each frame once and writes the same bytes to every socket. No framework, no database.

python -m tests.bench.socket_floor PORT
"""

import asyncio
import base64
import hashlib
import struct
import sys
from typing import cast

KEY = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
rooms: dict[bytes, set[asyncio.WriteTransport]] = {}


class Socket(asyncio.Protocol):
    def __init__(self) -> None:
        self.rest = b""
        self.room: set[asyncio.WriteTransport] | None = None
        self.transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclasses
        self.transport = cast(asyncio.WriteTransport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self.room is not None:
            self.room.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        self.rest += data
        if self.room is None and not self._shake_hands():
            return
        while (frame := self._next()) is not None:
            for transport in self.room or ():
                transport.write(frame)

    def _shake_hands(self) -> bool:
        if b"\r\n\r\n" not in self.rest:
            return False
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        line = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"sec-websocket-key"))
        accept = base64.b64encode(hashlib.sha1(line.split(b":", 1)[1].strip() + KEY, usedforsecurity=False).digest())
        self.transport.write(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + accept
            + b"\r\n\r\n"
        )
        self.room = rooms.setdefault(head.split()[1], set())
        self.room.add(self.transport)
        return True

    def _next(self) -> bytes | None:
        """The next whole frame, as it goes to everybody."""
        if len(self.rest) < 6:
            return None
        size, start = self.rest[1] & 127, 2
        if size == 126:
            size, start = struct.unpack(">H", self.rest[2:4])[0], 4
        if len(self.rest) < start + 4 + size:
            return None
        mask, body = self.rest[start : start + 4], self.rest[start + 4 : start + 4 + size]
        self.rest = self.rest[start + 4 + size :]
        unmasked = int.from_bytes(body, "big") ^ int.from_bytes((mask * (size // 4 + 1))[:size], "big")
        head = b"\x81" + (bytes([size]) if size < 126 else b"\x7e" + struct.pack(">H", size))
        return head + unmasked.to_bytes(size, "big")


async def main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Socket, "127.0.0.1", port, backlog=2000)
    await server.serve_forever()


if __name__ == "__main__":
    import uvloop

    uvloop.run(main(int(sys.argv[1])))
