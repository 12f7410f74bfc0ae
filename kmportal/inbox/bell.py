"""What the bell of every page needs to know first: of which kinds somebody has unread lines. Mostly none, and then a page asks nothing.

Only that is remembered, never a count: how many lines are left after asking what the reader may still see is asked anew each time.
It is forgotten when something is told, and after a minute in any case: a process with a memory of its own (a command on the machine of
the embedded set-up) makes the bell late by no more than that.
"""

from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction

from kmportal.inbox.models import Notice

SECONDS = 60


def _name(pk: int) -> str:
    return f"inbox.unread.{pk}"


def unread_kinds(pk: int) -> list[str]:
    """The kinds of this person's unread lines, seen or not. No query within a minute of the last."""
    kept: list[str] | None = cache.get(_name(pk))
    if kept is None:
        unread = Notice.objects.filter(recipient=pk).listed().unread()
        kept = sorted(set(unread.order_by().values_list("kind", flat=True)))
        cache.set(_name(pk), kept, SECONDS)
    return kept


def forget(people: Iterable[int]) -> None:
    """Something changed for them: at once for this request, and once more when it holds for all."""
    names = [_name(pk) for pk in people]
    if names:
        cache.delete_many(names)
        transaction.on_commit(lambda: cache.delete_many(names), robust=True)
