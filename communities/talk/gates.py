"""What stands over a channel while something is led in it (a circle) is asked before a message is stored. An app adds itself in ready():

    gates.register(Gate(ask=…, composer=…))

Several may stand over one channel; the strictest wins: refused before held back before let through.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from communities.talk.actions.ground import TalkError
from communities.talk.models import Channel, Message


class Refused(TalkError):
    """The message is not stored; the words say why, and what to do instead."""

    def __init__(self, words: Any) -> None:
        super().__init__()
        self.words = words


@dataclass(frozen=True, kw_only=True)
class Passage:
    """How a message may be stored.

    Args:
        hold: without a number and an event, until somebody reveals it.
        nameless: the author is not stored, and nothing that names them: no place, no notice, no version.
        at: the time to store instead of now; for the nameless, whose minute would say who they were.
        stored: called with the message in the same transaction.
    """

    hold: bool = False
    nameless: bool = False
    at: datetime | None = None
    stored: Callable[[Message], None] | None = None


@dataclass(frozen=True, kw_only=True)
class Composer:
    """What the form below the stream shows this reader.

    Args:
        open: whether one may write now; `words` say why not, or how what is written is treated.
        promise: a hidden field of the form and of the frame `say`; tells under which promise the words were written, so that a device
            that sends late cannot show under a name what was written without one.
        nameless, held: the promise; such a message comes back from no server, the device keeps its own text until it is revealed.
    """

    open: bool = True
    words: Any = ""
    promise: str = ""
    nameless: bool = False
    held: bool = False


Ask = Callable[..., Passage | None]
"""(actor, channel taken for oneself, the message as drafted, the promise it was written under); raises Refused."""
Compose = Callable[..., Composer | None]
"""(reader, channel, the thread that the form stands in)."""


@dataclass(frozen=True, kw_only=True)
class Gate:
    ask: Ask
    composer: Compose


_gates: list[Gate] = []


def register(gate: Gate) -> None:
    if gate not in _gates:
        _gates.append(gate)


def ask(actor: Any, channel: Channel, message: Message, promise: str = "") -> Passage:
    """How this message may be stored.

    Raises:
        Refused
    """
    found = [
        passage
        for passage in (gate.ask(actor=actor, channel=channel, message=message, promise=promise) for gate in _gates)
        if passage is not None
    ]
    return max(found, key=lambda passage: (passage.nameless, passage.hold), default=Passage())


def composer(reader: Any, channel: Channel, thread: int | None = None) -> Composer:
    """What the form of this channel, or of a thread in it, shows now."""
    found = [one for one in (gate.composer(reader=reader, channel=channel, thread=thread) for gate in _gates) if one is not None]
    return min(found, key=lambda one: one.open, default=Composer())
