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
_often: list[Chore] = []


def register(chore: Chore, *, often: bool = False) -> None:
    """Adds a chore once. It must be quick and may run in several processes at the same time.

    Args:
        often: every second; such a chore begins with one cheap question, whose answer is nearly always that there is nothing to do.
    """
    chores = _often if often else _chores
    if chore not in chores:
        chores.append(chore)


def run() -> None:
    """One round of all of them. A chore that fails does not keep the others from their turn."""
    _run(_chores + _often)


def run_often() -> None:
    """One round of those that come every second."""
    _run(_often)


def _run(chores: list[Chore]) -> None:
    for chore in chores:
        try:
            chore()
        except Exception:  # the worker must outlive any chore; the log tells
            logger.exception("The chore %s failed", chore.__qualname__)
