"""How much one socket and one person may do. Limits of a person are counted in the cache: by all processes where it is shared."""

import time

from kmportal.core.limits import allows

WORDS, WORDS_SECONDS = 10, 10
"""Messages of one person in that many seconds, by socket and by POST together."""
SOCKETS = 8
"""Open sockets of one person in one process: some windows on some machines."""
HELLO_SECONDS = 5.0
TYPING_SECONDS = 3.0
POLLS, POLLS_SECONDS = 120, 60
"""Questions for events of one person by polling: three windows at full pace."""


class Bucket:
    """Lets `burst` through at once and `rate` a second after that."""

    __slots__ = ("burst", "filled", "left", "rate")

    def __init__(self, burst: float, rate: float) -> None:
        self.burst, self.rate, self.left, self.filled = burst, rate, burst, time.monotonic()

    def takes(self, cost: float = 1) -> bool:
        now = time.monotonic()
        self.left = min(self.burst, self.left + (now - self.filled) * self.rate)
        self.filled = now
        if self.left < cost:
            return False
        self.left -= cost
        return True


def may_say(user: int) -> bool:
    return allows(f"member {user}", "talk", WORDS, WORDS_SECONDS)


def may_poll(user: int) -> bool:
    return allows(f"member {user}", "talk-events", POLLS, POLLS_SECONDS)
