"""The one clock of contests: what counts at a deadline, whichever process or machine asks.

On PostgreSQL several machines may serve one site, so the database's own clock counts. SQLite lives on the machine that serves.
Verbs take one `reading()` after their locks and put it into the condition of the statement that changes the row; pages ask `now()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection
from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("contest_clock", default=None)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Sets the clock for what is done inside: how tests and the demonstration walk through a contest."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)


def now() -> datetime:
    return _set.get() or timezone.now()


def reading() -> datetime:
    """The clock for a deadline, read in the caller's transaction after its locks: whoever waited for one is late by that wait.

    One reading serves the condition of the statement and the time that it writes, so a receipt never bears a time past the deadline.
    """
    if (moment := _set.get()) is not None or connection.vendor != "postgresql":
        return moment or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT CLOCK_TIMESTAMP()")
        found: datetime = cursor.fetchone()[0]
    return found


def local(moment: datetime) -> datetime:
    """As the clocks on the walls here show it."""
    return timezone.localtime(moment)
