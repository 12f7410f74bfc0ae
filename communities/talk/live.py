"""Waking those who listen to a channel. The database is the truth: a poke that is lost is made good by the next one or the clock."""

from collections.abc import Callable

from kmportal.core import wire

POKE = "talk.poke"
_hushes: list[Callable[[int], bool]] = []


def poke(channel: int) -> None:
    """Says that something new stands in the channel. For synchronous code, after commit."""
    wire.tell(POKE, channel=channel)


def hush(asked: Callable[[int], bool]) -> None:
    """For parts above (circles), in their AppConfig.ready(): `asked(channel)` says whether nobody is shown typing there now.

    It may look into the database; it is asked when somebody types, at most every few seconds, and when an event of a circle comes.
    """
    if asked not in _hushes:
        _hushes.append(asked)


def is_hushed(channel: int) -> bool:
    return any(asked(channel) for asked in _hushes)
