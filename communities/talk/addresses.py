"""Where a channel opens at a certain place."""

from communities.talk.models import Message, Thread

BEFORE_IT = 11
"""How many numbers before a message its permalink shows."""


def at(message: Message) -> str:
    """The page of the channel on which this message stands, with some of what came before it."""
    seq = message.seq or 0
    return f"{message.channel.get_absolute_url()}?after={max(0, seq - BEFORE_IT)}#{message.anchor}"


def newest(message: Message, thread: Thread | None = None) -> str:
    """The page that ends with this message."""
    place = (thread or message.channel).get_absolute_url()
    return f"{place}?before={(message.seq or 0) + 1}#{message.anchor}"
