"""The one clock of contests: what counts at a deadline, whichever process or machine asks.

On PostgreSQL several machines may serve one site, so the database's own clock counts. SQLite lives on the machine that serves.
Verbs write `Moment()` into their conditions, so that the comparison is made by the statement that changes the row; pages ask `now()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Expression, Func, Value
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


class Moment(Func):
    """The clock when the statement runs, not when its transaction began: whoever waited for a lock is late by that wait."""

    template = "CLOCK_TIMESTAMP()"
    arity = 0

    def __init__(self) -> None:
        super().__init__(output_field=DateTimeField())

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Expression:
        """The database's clock, or the value of a clock that was set."""
        if (moment := _set.get()) is not None:
            return Value(moment, output_field=DateTimeField()).resolve_expression(*args, **kwargs)  # type: ignore[return-value]  # an Expression, which the stubs do not say
        return super().resolve_expression(*args, **kwargs)

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        return compiler.compile(Value(timezone.now(), output_field=DateTimeField()))
