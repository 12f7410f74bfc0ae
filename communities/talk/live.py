"""Waking those who listen to a channel. The database is the truth: a poke that is lost is made good by the next one or the clock."""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

POKE = "talk.poke"


def group_of(channel: int) -> str:
    return f"talk.channel.{channel}"


def poke(channel: int) -> None:
    """Says that something new stands in the channel. For synchronous code, after commit."""
    layer = get_channel_layer()
    if layer is not None:
        async_to_sync(layer.group_send)(group_of(channel), {"type": POKE})
