"""Who is here and who is typing: passing words, never stored, told in few frames however many there are."""

import asyncio
from typing import Any

from channels.db import database_sync_to_async

from communities.talk import gates
from communities.talk.models import Channel
from communities.talk.sockets.entry import Guest
from communities.talk.sockets.line import Line
from communities.talk.sockets.shared import Shared, encode
from kmportal.core import wire
from kmportal.people.models import User

HERE, TYPING = "talk.here", "talk.typing"
PAUSE = 2.0
"""Seconds between two tellings of who is here; with many sockets more, so that telling stays a small part of the work."""
CROWD = 100
NAMED = 30
TYPISTS = 5
EXPIRES = 45.0
"""Seconds after which what another process said of its people is forgotten."""
AGAIN = 20.0
MOST_TOLD = 1_000
"""People of a channel that one process names to the others."""


@database_sync_to_async
def is_hushed(guest: Guest) -> bool:
    """Whether what is written now is promised to be nameless, or held back: then nobody is shown writing."""
    user = User.objects.filter(pk=guest.user).first()
    channel = Channel.objects.visible_to(user).filter(pk=guest.channel).first() if user else None
    if user is None or channel is None:
        return True
    form = gates.composer(user, channel)
    return form.nameless or form.held


def _passing(**frame: Any) -> Shared:
    return Shared(encode(frame))


class Presence:
    """Of one channel in one process. People are counted once, however many windows they have open."""

    def __init__(self, channel: int, lines: set[Line]) -> None:
        self.channel, self.lines = channel, lines
        self.elsewhere: dict[str, tuple[float, dict[int, str]]] = {}
        self.typists: dict[int, str] = {}
        self._told: tuple[int, ...] = ()
        self._frame: Shared | None = None
        self._framed = 0.0
        self._hushed: bool | None = None
        self._loop = asyncio.get_running_loop()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._again()

    # --- Who is here
    def _mine(self) -> dict[int, str]:
        return {line.guest.user: line.guest.name for line in self.lines}

    def everybody(self) -> dict[int, str]:
        now = self._loop.time()
        people = self._mine()
        for at, others in self.elsewhere.values():
            if now - at < EXPIRES:
                people |= others
        return people

    def frame(self) -> Shared:
        """Made at most every half second: when a thousand come at once, each is greeted."""
        if self._frame is None or self._loop.time() - self._framed > 0.5:
            people, self._framed = self.everybody(), self._loop.time()
            self._frame = _passing(t="here", number=len(people), who=sorted(people.values())[:NAMED])
        return self._frame

    def greet(self, line: Line) -> None:
        """The one who came learns at once; the others with the next telling."""
        line.share(self.frame())

    def changed(self) -> None:
        self._soon("here", self._tell)

    def _tell(self) -> None:
        people = tuple(sorted(self.everybody()))
        if people == self._told:
            return
        self._told = people
        self._announce()
        self._frame = None
        frame = self.frame()
        for line in tuple(self.lines):
            if line.seq is not None:
                line.share(frame)

    def _announce(self) -> None:
        """To the other processes, as far as there are any."""
        mine = dict(sorted(self._mine().items())[:MOST_TOLD])
        # Names of keys are text on the way.
        wire.tell(HERE, channel=self.channel, process=wire.ME, people={str(user): name for user, name in mine.items()})

    def _again(self) -> None:
        self._announce() if self.lines or self._told else None
        self._timers["again"] = self._loop.call_later(AGAIN, self._again)

    def hear_here(self, message: dict[str, Any]) -> None:
        if message["process"] != wire.ME:
            people = {int(user): str(name) for user, name in message["people"].items()}
            self.elsewhere[message["process"]] = (self._loop.time(), people)
            self.changed()

    # --- Who is typing
    async def typing(self, line: Line) -> None:
        """Nothing is shown while a round promises that nobody sees who writes."""
        if self._hushed is None:
            self._hushed = await is_hushed(line.guest)
            self._loop.call_later(5, self.hush_changed)
        if not self._hushed:
            wire.tell(TYPING, channel=self.channel, user=line.guest.user, name=line.guest.name)

    def hush_changed(self) -> None:
        """Asked anew when somebody types next."""
        self._hushed = None

    def hear_typing(self, message: dict[str, Any]) -> None:
        if len(self.typists) < TYPISTS:
            self.typists[message["user"]] = message["name"]
            self._soon("typing", self._tell_typing)

    def _tell_typing(self) -> None:
        typists, self.typists = self.typists, {}
        if self._hushed:
            return
        frame = _passing(t="typing", who=list(typists.values()))
        for line in tuple(self.lines):
            if line.seq is None:
                continue
            if line.guest.user not in typists:
                line.share(frame)
            elif len(typists) > 1:
                line.say(t="typing", who=[name for user, name in typists.items() if user != line.guest.user])

    # --- Time
    def _soon(self, what: str, tell: Any) -> None:
        if what in self._timers:
            return

        def now() -> None:
            del self._timers[what]
            tell()

        base = PAUSE if what == "here" else PAUSE / 2
        self._timers[what] = self._loop.call_later(base * max(1.0, len(self.lines) / CROWD), now)

    def stop(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
