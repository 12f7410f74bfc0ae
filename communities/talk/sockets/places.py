"""How far somebody has read, as their socket tells: kept a moment, so that a lively channel is not a lively table."""

import time

from channels.db import database_sync_to_async
from django.db import DatabaseError

from communities.talk.actions.places import read_to
from communities.talk.models import Channel
from communities.talk.sockets.entry import Guest
from kmportal.people.models import User

PAUSE = 5.0


@database_sync_to_async
def write(guest: Guest, seq: int) -> None:
    user = User.objects.filter(pk=guest.user, is_active=True).first()
    if user is None:
        return
    try:
        read_to(actor=user, channel=guest.channel, seq=seq)
    except (Channel.DoesNotExist, DatabaseError):
        # Not a member any more, or the database is busy: a mark in the margin is not worth a word.
        return


class Places:
    """Of one socket."""

    def __init__(self, guest: Guest) -> None:
        self.guest, self.seq, self.stored, self.last = guest, 0, 0, 0.0

    async def read(self, seq: int) -> None:
        self.seq = max(self.seq, seq)
        if time.monotonic() - self.last >= PAUSE:
            await self._store()

    async def leave(self) -> None:
        """The last word is stored when the socket ends."""
        await self._store()

    async def _store(self) -> None:
        if self.seq > self.stored:
            self.stored, self.last = self.seq, time.monotonic()
            await write(self.guest, self.seq)
