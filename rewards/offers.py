"""What can be earned in this portal: an app that pays for a reason says so in AppConfig.ready(), so nothing is promised that nobody pays.

offers.open_for(Reason.LESSON_PUBLISHED)
"""

from rewards.models import Reason

_open: set[Reason] = set()


def open_for(*reasons: Reason) -> None:
    """There is a verb that pays for these."""
    _open.update(reasons)


def now() -> list[Reason]:
    """The reasons that somebody pays for, in the order of Reason."""
    return [reason for reason in Reason if reason in _open]
