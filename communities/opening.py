"""What belongs to a community from its first moment. A part of communities adds its step in AppConfig.ready():

    opening.on_opened(first_channel)

Steps run in the transaction that opens the community: a community without what belongs to it never is.
"""

from typing import Any, Protocol


class Step(Protocol):
    def __call__(self, *, actor: Any, community: Any) -> object: ...


_steps: list[Step] = []


def on_opened(step: Step) -> None:
    if step not in _steps:
        _steps.append(step)


def prepare(*, actor: Any, community: Any) -> None:
    for step in _steps:
        step(actor=actor, community=community)
