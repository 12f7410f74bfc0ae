"""What the verbs stand on: the channel, taken for oneself; the next number; the event; the poke after commit."""

from datetime import datetime
from typing import Any

from django.db import transaction

from communities.talk import live
from communities.talk.models import Channel, Event, Message, Thread


class TalkError(Exception):
    """The step is not possible; `words` say why and what to do."""

    words: Any = ""


def take(*, actor: Any, channel: int) -> Channel:
    """The channel, locked: everything that happens in it waits for each other, so numbers come in the order of commits.

    Raises:
        Channel.DoesNotExist: gone, or not the actor's to read; which of the two is nobody's to know.
    """
    locked = Channel.objects.visible_to(actor).select_for_update(no_key=True, of=("self",)).select_related("community")
    return locked.get(pk=channel)


def taken(*, actor: Any, message: Message) -> tuple[Channel, Message]:
    """A message as it is now, and its channel, locked.

    Raises:
        Message.DoesNotExist: gone, or not the actor's to read; which of the two is nobody's to know.
    """
    try:
        channel = take(actor=actor, channel=message.channel_id)
    except Channel.DoesNotExist as gone:
        raise Message.DoesNotExist from gone
    current = Message.objects.visible_to(actor).select_related("author", "thread").get(pk=message.pk, channel=channel)
    current.channel = channel
    return channel, current


def happened(
    *, channel: Channel, kind: Event.Kind, at: datetime, message: Message | None = None, thread: Thread | None = None,
    data: dict[str, Any] | None = None,
) -> Event:  # fmt: skip
    """Writes the next event of a channel that the caller has taken, and wakes those who listen once it is committed."""
    channel.last_seq += 1
    channel.last_activity = max(channel.last_activity, at)
    # Not by save(): nothing listens to these two, and every message would ask all who listen to a row that is saved.
    Channel.objects.filter(pk=channel.pk).update(last_seq=channel.last_seq, last_activity=channel.last_activity)
    event = Event.objects.create(
        channel=channel, seq=channel.last_seq, kind=kind, message=message, thread=thread, data=data or {}, at=at
    )
    transaction.on_commit(lambda: live.poke(channel.pk))
    return event
