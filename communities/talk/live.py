"""Waking those who listen to a channel. The database is the truth: a poke that is lost is made good by the next one or the clock."""

from kmportal.core import wire

POKE = "talk.poke"


def poke(channel: int) -> None:
    """Says that something new stands in the channel. For synchronous code, after commit."""
    wire.tell(POKE, channel=channel)
