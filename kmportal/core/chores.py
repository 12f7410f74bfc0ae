"""Small work that the task worker does from time to time, besides the tasks in its queue. An app adds its own in AppConfig.ready().

chores.register(pick_up_what_was_left)
"""

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)
Chore = Callable[[], object]
EVERY = 60.0
"""Seconds from one round to the next."""
_chores: list[Chore] = []


def register(chore: Chore) -> None:
    """Adds a chore once. It must be quick and may run in several processes at the same time."""
    if chore not in _chores:
        _chores.append(chore)


def run() -> None:
    """One round. A chore that fails does not keep the others from their turn."""
    for chore in _chores:
        try:
            chore()
        except Exception:  # the worker must outlive any chore; the log tells
            logger.exception("The chore %s failed", chore.__qualname__)
