"""Showing what was held back: all of it in one transaction, with one number each."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from communities.talk import live
from communities.talk.actions.settling import tell_named
from communities.talk.models import Channel, Event, Message
from kmportal.retrieval.actions import mark_stale


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
    for message in messages:
        message.channel = channel
        if message.author is not None:
            tell_named(actor=message.author, message=message)
    mark_stale(Message, [message.pk for message in messages])
    transaction.on_commit(lambda: live.poke(channel.pk))
