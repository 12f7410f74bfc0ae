"""What may keep points from becoming available, besides their day: an open report, a case. An app registers in AppConfig.ready().

holds.register(of_flagged)    # def of_flagged(issues: Sequence[Transfer]) -> Collection[int]: keys of those that must wait
"""

from collections.abc import Callable, Collection, Sequence

from rewards.models import Transfer

Blocker = Callable[[Sequence[Transfer]], Collection[int]]
_blockers: list[Blocker] = []


def register(blocker: Blocker) -> None:
    """Adds a blocker once. It is asked about many issues at a time, so it asks the database once for all."""
    if blocker not in _blockers:
        _blockers.append(blocker)


def blocked(issues: Sequence[Transfer]) -> set[int]:
    """Keys of the issues whose points go on waiting."""
    return {pk for blocker in _blockers for pk in blocker(issues)}
