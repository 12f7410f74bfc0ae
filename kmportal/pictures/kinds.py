"""The kinds of things that pictures belong to. An app declares its own in AppConfig.ready():

    kinds.register(Question, Question.objects.visible_to)

A picture whose kind nobody declares is shown to nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

Visible = Callable[[Any], "QuerySet[Any]"]


@dataclass(frozen=True)
class Kind:
    """`visible` gives the rows that somebody may read; a `passing` thing, such as a draft, gives its pictures on to the post."""

    model: type[Model]
    visible: Visible
    passing: bool = False


_kinds: dict[type[Model], Kind] = {}


def register(model: type[Model], visible: Visible, *, passing: bool = False) -> None:
    """Adds a kind, or replaces the one of the same model."""
    _kinds[model] = Kind(model, visible, passing)


def known() -> list[Kind]:
    return list(_kinds.values())
