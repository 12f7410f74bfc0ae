"""Showing what was held back: all of it in one transaction, with one number each."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from communities.talk import live
from communities.talk.models import Channel, Event, Message


def reveal(*, channel: Channel, messages: Sequence[Message], at: datetime) -> None:
    """Gives held-back messages their numbers in the order given. For verbs of other parts that have taken the channel."""
    events = []
    for message in messages:
        channel.last_seq += 1
        message.seq = channel.last_seq
        events.append(
            Event(channel=channel, seq=message.seq, kind=Event.Kind.SAID, message=message, thread_id=message.thread_id, at=at)
        )
    if not events:
        return
    Message.objects.bulk_update(messages, ["seq"], batch_size=200)
    Event.objects.bulk_create(events)
    channel.last_activity = at
    channel.save(update_fields=["last_seq", "last_activity"])
    transaction.on_commit(lambda: live.poke(channel.pk))
