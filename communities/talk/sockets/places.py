"""How far people have read, as their sockets tell: gathered over some seconds and written together.

A thousand people who see the same message say so within the same second: one transaction for all of them, not a thousand.
"""

import asyncio

from channels.db import database_sync_to_async
from django.db import DatabaseError

from communities.talk.actions import places
from communities.talk.sockets.entry import Guest

PAUSE = 5.0


@database_sync_to_async
def write(marks: dict[places.Mark, int]) -> None:
    try:
        places.read_together(marks=marks)
    except DatabaseError:
        # The database is busy: a mark in the margin is not worth a word, and the next one says as much.
        return


class Places:
    """Of one process."""

    def __init__(self) -> None:
        self._marks: dict[places.Mark, int] = {}
        self._writer: asyncio.Task[None] | None = None

    def read(self, guest: Guest, seq: int) -> None:
        mark = (guest.user, guest.channel)
        self._marks[mark] = max(seq, self._marks.get(mark, 0))
        if self._writer is None:
            self._writer = asyncio.get_running_loop().create_task(self._write_soon())

    async def _write_soon(self) -> None:
        await asyncio.sleep(PAUSE)
        self._writer = None
        await self.write()

    async def leave(self, guest: Guest) -> None:
        """The last word is stored when a socket ends, with what the others have said."""
        if (guest.user, guest.channel) in self._marks:
            await self.write()

    async def write(self) -> None:
        marks, self._marks = self._marks, {}
        if marks:
            await write(marks)
