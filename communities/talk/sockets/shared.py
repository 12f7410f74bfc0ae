"""A frame on its way: JSON, made once, for one socket or for many."""

import json
from typing import Any

from websockets.frames import Frame, Opcode

Message = dict[str, Any]


def encode(frame: Message) -> str:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":"))


class Shared:
    """A frame for many sockets: made once as an ASGI message and as the bytes of the network."""

    __slots__ = ("asgi", "wire")

    def __init__(self, text: str) -> None:
        self.asgi: Message = {"type": "websocket.send", "text": text}
        self.wire = Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
