"""Messages with all that templates/talk/_message.html shows, for those who draw few of them often: the hub and polling.

`Message.objects.whole()` joins nine tables and asks for everything that may hang on a message, which suits a page of fifty. Of a message
that was just said nothing hangs: here each thing is asked for only where it is there. tests/talk/test_drawn.py holds the two together.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import Prefetch, prefetch_related_objects

from communities.talk.models import Channel, Message
from kmportal.people.models import User

# What may hang on a message, and whose names are shown with it.
HANGING: dict[str, tuple[str, ...]] = {"files": (), "reactions": ("user__person",), "marks": ("by__person",)}


def messages(channel: Channel, keys: Collection[int]) -> dict[int, Message]:
    """Those of this channel that stand in it, as they are now. Four queries where nothing hangs on them; no more for many than for one.

    Args:
        channel: with its community at hand.
    """
    found = (
        {message.pk: message for message in Message.objects.shown().filter(channel=channel, pk__in=keys).order_by()}
        if keys
        else {}
    )
    if not found:
        return {}
    authors = _authors({message.author_id for message in found.values() if message.author_id is not None})
    for message in found.values():
        message.channel = channel
        message.author = authors.get(message.author_id or 0)
    rows = list(found.values())
    _fetch([message for message in rows if message.quote_id], "quote__author__person")
    _fetch([message for message in rows if message.thread_id], "thread")
    for message in rows:
        if message.thread is not None:
            message.thread.channel = channel
    _hang(found)
    return found


def _authors(keys: Collection[int]) -> dict[int, User]:
    if not keys:
        return {}
    return {user.pk: user for user in User.objects.filter(pk__in=keys).select_related("person__agency").order_by()}


def _fetch(rows: list[Message], *lookups: Any) -> None:
    if rows:
        prefetch_related_objects(rows, *lookups)


def _hang(found: dict[int, Message]) -> None:
    """Files, reactions and marks: one question tells on which messages there are any."""
    there = _with_something(found)
    for name, speaks in HANGING.items():
        rows: Any = _model(name)._default_manager
        for key, message in found.items():
            if (name, key) not in there:
                # What prefetch_related leaves behind where it finds nothing.
                vars(message).setdefault("_prefetched_objects_cache", {})[name] = rows.none()
        with_names = rows.select_related(*speaks).order_by("pk")
        _fetch([message for key, message in found.items() if (name, key) in there], Prefetch(name, with_names))


def _with_something(keys: Collection[int]) -> set[tuple[str, int]]:
    """Written out: the three queries cost the ORM more than all the rest of a message."""
    tables = [(name, connection.ops.quote_name(_model(name)._meta.db_table)) for name in HANGING]
    marks = ", ".join(["%s"] * len(keys))
    parts = [f"SELECT '{name}', message_id FROM {table} WHERE message_id IN ({marks})" for name, table in tables]  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(parts), [*keys] * len(parts))
        return {(str(name), int(key)) for name, key in cursor.fetchall()}


def _model(name: str) -> Any:
    return Message._meta.get_field(name).related_model
