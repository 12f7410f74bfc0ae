"""The first steps of a newcomer, ticked by facts. Parts add theirs in AppConfig.ready():

steps.add(Step("qa.ask", pgettext_lazy("first step", "Ask a first question"), asked, address, order=40))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from communities.space import Space


@dataclass(frozen=True)
class Step:
    """Something to begin with.

    Args:
        code: "app.what", unique.
        label: what to do.
        done: whether this member did it; at most one query.
        place: where one does it; "" where that is not possible now: the step is left out.
    """

    code: str
    label: str | Promise
    done: Callable[[Space], bool]
    place: Callable[[Space], str]
    order: int = 50


_steps: dict[str, Step] = {}


def add(step: Step) -> None:
    _steps[step.code] = step


def panel(space: Space) -> dict[str, Any] | None:
    """What the panel shows; None when it was put away, all is done, or nothing can be done."""
    if not space.can_take_part or space.membership is None or space.membership.steps_hidden_at:
        return None
    shown = [
        {"label": step.label, "done": step.done(space), "url": step.place(space)}
        for step in sorted(_steps.values(), key=lambda step: step.order)
        if step.place(space)
    ]
    return {"steps": shown} if any(not step["done"] for step in shown) else None


def _charter_read(space: Space) -> bool:
    return bool(space.membership and space.membership.charter_read_at)


def _charter_place(space: Space) -> str:
    return f"{space.community.get_absolute_url()}#charter" if space.community.charter else ""


def _introduced(space: Space) -> bool:
    return bool(space.membership and (space.membership.offers or space.membership.seeks))


def _own_words(space: Space) -> str:
    return reverse("communities:me", args=[space.community.slug])


def declare() -> None:
    """Called once, by CommunitiesConfig.ready."""
    read, offer = pgettext_lazy("first step", "Read the charter"), pgettext_lazy("first step", "Say what you offer and seek")
    add(Step("communities.charter", read, _charter_read, _charter_place, 10))
    add(Step("communities.offers", offer, _introduced, _own_words, 20))
