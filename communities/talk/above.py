"""What other parts put above the stream of a channel: the round of a circle. They declare it in AppConfig.ready():

    above.register("circles/_frame.html", frame_of)

`frame_of(request, channel)` gives what the template needs, or None where there is nothing to show; at most two queries.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from communities.talk.models import Channel

Context = Callable[[HttpRequest, Channel], "dict[str, Any] | None"]
_blocks: dict[str, Context] = {}


def register(template: str, context: Context) -> None:
    """Adds a block, or replaces the one of the same template."""
    _blocks[template] = context


def blocks(request: HttpRequest, channel: Channel) -> list[tuple[str, dict[str, Any]]]:
    """The blocks that have something to show, in the order of their declaration."""
    found = [(template, context(request, channel)) for template, context in _blocks.items()]
    return [(template, words) for template, words in found if words is not None]
