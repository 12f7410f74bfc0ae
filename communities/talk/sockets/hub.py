"""One per process and channel: reads what happened once, encodes it once a language, and gives it to every socket of the channel."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable

from channels.db import database_sync_to_async
from django.db import DatabaseError

from communities.talk import frames
from communities.talk.frames import MOST, SNAPSHOT, Batch, Frame
from communities.talk.models import Channel
from communities.talk.sockets.line import NOT_YOURS, Line
from communities.talk.sockets.presence import Presence

logger = logging.getLogger(__name__)
POLL = 15.0
"""Seconds after which the database is asked although nobody called: a hint that was lost costs no more than this."""
REMEMBERED = 200
FRESH = 60.0
"""Seconds for which rendered events serve those who come back at once: all of them, after the server started anew."""
AT_ONCE = 200
"""Sockets served before others get their turn."""

read = database_sync_to_async(frames.read)
last_seq = database_sync_to_async(frames.last_seq)


class Hub:
    def __init__(self, channel: int) -> None:
        self.channel, self.seq = channel, 0
        self.lines: set[Line] = set()
        self.presence = Presence(channel, self.lines)
        self._recent: deque[tuple[float, Frame]] = deque(maxlen=REMEMBERED)
        self._wake, self._started = asyncio.Event(), asyncio.Event()
        self._catching_up = asyncio.Lock()
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = self._loop.create_task(self._run())

    # --- Coming and going
    def join(self, line: Line) -> None:
        self.lines.add(line)
        self.presence.changed()

    def leave(self, line: Line) -> None:
        self.lines.discard(line)
        self.presence.changed()

    def stop(self) -> None:
        self.presence.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def poke(self) -> None:
        self._wake.set()

    # --- What is new
    async def _run(self) -> None:
        while True:
            try:
                if not self._started.is_set():
                    self.seq = await last_seq(self.channel)
                    self._started.set()
                await self._bring()
            except Channel.DoesNotExist:
                self._end(self.lines)
            except DatabaseError:
                logger.exception("A channel could not be read; it is tried again.")
            await self._called_or_time(1.0 if not self._started.is_set() else POLL)

    async def _called_or_time(self, seconds: float) -> None:
        timer = self._loop.call_later(seconds, self._wake.set)
        await self._wake.wait()
        timer.cancel()
        self._wake.clear()

    async def _bring(self) -> None:
        """Reads on until nothing is left, and delivers."""
        while True:
            batch = await read(self.channel, self.seq, {line.language for line in self.lines} or {"th"})
            self._send_away(batch)
            for frame in batch.frames:
                await self._deliver(frame)
            if len(batch.frames) < MOST:
                return

    def _send_away(self, batch: Batch) -> None:
        """Before anything is delivered: whoever was no member when it was read gets none of it."""
        if batch.frames:
            self._end([line for line in self.lines if line.guest.user not in batch.members])

    def _end(self, lines: Iterable[Line]) -> None:
        for line in list(lines):
            line.close(NOT_YOURS)
            self.leave(line)

    async def _deliver(self, frame: Frame) -> None:
        self._remember(frame)
        self.seq = frame.seq
        for number, line in enumerate(tuple(self.lines), 1):
            if line.seq is not None and line.seq < frame.seq and (words := frame.words.get(line.language)) is not None:
                line.share(words)
                line.seq = frame.seq
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)
        if frame.facts["kind"] == "circle":
            self.presence.hush_changed()

    # --- What was missed
    async def resume(self, line: Line, after: int) -> None:
        """Brings a socket that has all up to `after` up to date, then lets it take part."""
        await self._started.wait()
        line.seq = None
        if after > self.seq:
            self.seq_is_behind()
            after = await self._as_far_as_there_is(after)
        if not 0 <= self.seq - after <= SNAPSHOT:
            line.say(t="snapshot")
            return
        while after < self.seq:
            found = await self._missed(line, after)
            if not found:
                break
            for frame in found:
                line.share(frame.words[line.language])
            after = found[-1].seq
            await line.drained()
        line.seq = after
        line.say(t="ready", seq=after)
        self.presence.greet(line)

    def seq_is_behind(self) -> None:
        """Somebody knows more than this hub: a hint was lost, or is on its way."""
        self._wake.set()

    async def _as_far_as_there_is(self, after: int) -> int:
        """The number itself where it was given out; -1, which leads to a snapshot, where it never was (a restored database)."""
        return after if after <= await last_seq(self.channel) else -1 - SNAPSHOT - self.seq

    async def _missed(self, line: Line, after: int) -> list[Frame]:
        """From memory where it reaches back so far; else from the database, one after the other, so that the first fills it for all."""
        if (found := self._remembered(after, line.language)) is not None:
            return found
        async with self._catching_up:
            if (found := self._remembered(after, line.language)) is not None:
                return found
            batch = await read(self.channel, after, {line.language})
            if line.guest.user not in batch.members:
                line.close(NOT_YOURS)
                return []
            self._remember_before(batch.frames)
            return batch.frames

    def _remembered(self, after: int, language: str) -> list[Frame] | None:
        oldest = self._loop.time() - FRESH
        if not self._recent or self._recent[0][1].seq > after + 1:
            return None
        found = [(at, frame) for at, frame in self._recent if frame.seq > after][:MOST]
        whole = all(at >= oldest and language in frame.words for at, frame in found)
        return [frame for _, frame in found] if whole and found else None

    def _remember(self, frame: Frame) -> None:
        """A message that changed leaves no older words of it behind."""
        now = self._loop.time()
        for _, older in self._recent:
            if older.message is not None and older.message == frame.message:
                older.take_words_of(frame)
        self._recent.append((now, frame))

    def _remember_before(self, found: list[Frame]) -> None:
        """Puts what one socket missed in front of what is remembered, where the two meet."""
        meets = self._recent[0][1].seq - 1 if self._recent else self.seq
        room = REMEMBERED - len(self._recent)
        if found and found[-1].seq == meets:
            now = self._loop.time()
            self._recent.extendleft((now, frame) for frame in reversed(found[-room:] if room else []))
