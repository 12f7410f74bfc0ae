"""What other parts demand before a page is handed in or approved, besides the second person. An app declares its own in ready():

    gates.register(reason_to_wait)

A gate gets the page and gives the words of what is missing; empty words let it through.
"""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise

Gate = Callable[[Any], str | Promise]
_gates: list[Gate] = []


def register(gate: Gate) -> None:
    if gate not in _gates:
        _gates.append(gate)


def reason_to_wait(page: Any) -> str | Promise:
    """The first thing that is missing, in words for the person; empty where nothing is."""
    return next((reason for gate in _gates if (reason := gate(page))), "")
