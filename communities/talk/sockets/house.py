"""All sockets of this process: the hubs of its channels, and the look around that ends what may not stay."""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterable
from typing import Any

from channels.db import database_sync_to_async
from django.db import DatabaseError

from communities.talk import live
from communities.talk.sockets import entry, presence
from communities.talk.sockets.entry import SignedOut
from communities.talk.sockets.hub import Hub
from communities.talk.sockets.line import NOT_YOURS, SIGNED_OUT, Line
from communities.talk.sockets.places import Places
from kmportal.core import sessions, wire

logger = logging.getLogger(__name__)
EVERY = 15.0
"""Seconds between two looks at everybody; who is named on the wire is looked at once."""
PORTION, PAUSE = 100, 0.1
"""Sockets looked at together, and seconds from one portion to the next."""

standing = database_sync_to_async(entry.standing)


class House:
    def __init__(self) -> None:
        self.hubs: dict[int, Hub] = {}
        self.sockets: Counter[int] = Counter()
        self.hints = 0
        self.places = Places()
        self._doubtful: set[Line] = set()
        self._look = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._task = self._loop.create_task(self._look_around())

    # --- Coming and going
    def enter(self, line: Line, hints: int) -> Hub:
        """Args: hints: how many there were before the guest was asked about; more have come since: ask again."""
        hub = self.hubs.get(line.guest.channel)
        if hub is None:
            hub = self.hubs[line.guest.channel] = Hub(line.guest.channel)
        self.sockets[line.guest.user] += 1
        hub.join(line)
        if self.hints != hints:
            self.doubt([line])
        return hub

    def leave(self, line: Line, hub: Hub) -> None:
        self.sockets[line.guest.user] -= 1
        if self.sockets[line.guest.user] <= 0:
            del self.sockets[line.guest.user]
        hub.leave(line)
        if not hub.lines and self.hubs.get(hub.channel) is hub:
            del self.hubs[hub.channel]
            hub.stop()

    # --- What is told on the wire
    def listen(self, exchange: wire.Exchange) -> None:
        exchange.listen(live.POKE, self._poked)
        exchange.listen(sessions.ENDED, lambda told: self._doubt(lambda line: line.guest.session_digest == told["session"]))
        exchange.listen(sessions.PERSON, lambda told: self._doubt(lambda line: line.guest.user == told["user"]))
        exchange.listen(presence.HERE, self._to_presence(presence.Presence.hear_here))
        exchange.listen(presence.TYPING, self._to_presence(presence.Presence.hear_typing))

    def _poked(self, told: dict[str, Any]) -> None:
        if (hub := self.hubs.get(told["channel"])) is not None:
            hub.poke()

    def _to_presence(self, hear: Any) -> wire.Ear:
        def ear(told: dict[str, Any]) -> None:
            if (hub := self.hubs.get(told["channel"])) is not None:
                hear(hub.presence, told)

        return ear

    # --- Who may stay
    def _lines(self) -> set[Line]:
        return {line for hub in self.hubs.values() for line in hub.lines}

    def _doubt(self, is_meant: Any) -> None:
        self.hints += 1
        self.doubt(line for line in self._lines() if is_meant(line))

    def doubt(self, lines: Iterable[Line]) -> None:
        """To be looked at now."""
        self._doubtful.update(lines)
        if self._doubtful:
            self._look.set()

    async def _look_around(self) -> None:
        next_round = self._loop.time() + EVERY
        while True:
            timer = self._loop.call_at(next_round, self._look.set)
            await self._look.wait()
            timer.cancel()
            self._look.clear()
            is_round = self._loop.time() >= next_round
            if is_round:
                next_round = self._loop.time() + EVERY
            lines, self._doubtful = self._lines() if is_round else self._doubtful, set()
            try:
                await self._look_at(lines)
            except DatabaseError:
                logger.exception("Sockets could not be looked at; it is tried again.")

    async def _look_at(self, lines: set[Line]) -> None:
        """In portions, so that a message waits for one of them and not for a thousand; who is named meanwhile goes first."""
        rest = list(lines)
        while rest:
            named, self._doubtful = list(self._doubtful), set()
            some = named or rest[:PORTION]
            if not named:
                del rest[:PORTION]
            now = await standing([line.guest for line in some])
            for line in some:
                why = now.refuses(line.guest)
                if why is not None:
                    line.close(SIGNED_OUT if why is SignedOut else NOT_YOURS)
            if rest and not self._doubtful:
                await asyncio.sleep(PAUSE)


_houses: dict[asyncio.AbstractEventLoop, tuple[wire.Exchange, House]] = {}


async def house() -> House:
    """The one of this event loop, that is of this process; it listens before it is handed out."""
    loop, exchange = asyncio.get_running_loop(), await wire.here()
    known = _houses.get(loop)
    if known is None:
        for closed in [other for other in _houses if other.is_closed()]:
            del _houses[closed]
        known = _houses[loop] = (exchange, House())
        known[1].listen(exchange)
    return known[1]
