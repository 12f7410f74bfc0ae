"""What staff do to people and to what others made, said to whoever keeps the book. An app declares its acts in AppConfig.ready():

    acts.declare(Act("people.role_given", pgettext_lazy("act of staff", "Gave a role"), Field.PEOPLE))

and its verb says, inside its own transaction, acts.record(actor=actor, act="people.role_given", thing=account, data={"role": "judge"}).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from django.db.models import Model
from django.utils.functional import Promise


class Field(StrEnum):
    """Whose business an act is: moderators read what concerns content, administrators all."""

    CONTENT = "content"
    LIBRARY = "library"
    PEOPLE = "people"
    POINTS = "points"


@dataclass(frozen=True)
class Act:
    """A kind of act.

    Args:
        code: "app.what_was_done", as it stands in the book; never changed.
        label: what was done, as words of a table.
        field: who reads of it.
    """

    code: str
    label: str | Promise
    field: Field


class Writer(Protocol):
    def __call__(self, *, actor: Any, act: str, thing: Model | None, reason: str, data: dict[str, Any] | None) -> Any: ...


# The circle of a thing ("community:3"), as retrieval.readers knows it: who may not read the thing, does not read of it either.
Circle = Callable[[Any], str]
_acts: dict[str, Act] = {}
_circles: dict[type[Model], Circle] = {}
_writers: list[Writer] = []


def declare(act: Act) -> None:
    """Adds an act, or replaces the one with the same code."""
    _acts[act.code] = act


def declared(code: str) -> Act:
    """The act of that code.

    Raises:
        KeyError: nobody declared it.
    """
    return _acts[code]


def every() -> list[Act]:
    """In the order of their declaration."""
    return list(_acts.values())


def within(fields: Collection[Field]) -> list[str]:
    return [act.code for act in _acts.values() if act.field in fields]


def kept_to(model: type[Model], circle: Circle) -> None:
    """Says how the circle of such a thing is found. Acts on things of other models are read by all whose business the field is."""
    _circles[model] = circle


def circle_of(thing: Model | None) -> str:
    circle = _circles.get(type(thing)) if thing is not None else None
    return circle(thing) if circle is not None and thing is not None else ""


def written_by(writer: Writer) -> None:
    """Says who keeps the book."""
    if writer not in _writers:
        _writers.append(writer)


def record(*, actor: Any, act: str, thing: Model | None = None, reason: str = "", data: dict[str, Any] | None = None) -> None:
    """Writes down what somebody did; for verbs of floors below the book. In the caller's transaction.

    Raises:
        KeyError: nobody declared the act.
    """
    for writer in _writers:
        writer(actor=actor, act=act, thing=thing, reason=reason, data=data)
