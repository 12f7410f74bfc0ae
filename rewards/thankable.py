"""What one can say thanks for. An app registers its kinds in AppConfig.ready():

thankable.register(Thankable("answer", Answer, visible=…, thanked=…, open_to_all=…, not_by=…))
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from kmportal.people.models import User
from rewards.models import Thanks


def _address(thing: Any) -> str:
    return str(thing.get_absolute_url())


def _titles(thing: Any) -> tuple[str, str]:
    return str(thing), ""


@dataclass(frozen=True)
class Thankable:
    """A kind of thing.

    Args:
        code: names the kind in addresses.
        visible: the rows that this person may see now.
        thanked: whose work it is: accounts alone, and nobody for what must not be thanked for.
        open_to_all: rows that every member may read and whose authors stand by their names: only these count for badges.
        not_by: keys of those, of things this reader sees, that are not theirs to thank for; without a query for each.
        titles: in Thai and English, for the notice; `place` is where the thing stands.
    """

    code: str
    model: type[Model]
    visible: Callable[[Any], "QuerySet[Any]"]
    thanked: Callable[[Any], Iterable[User]]
    open_to_all: Callable[[], "QuerySet[Any]"]
    not_by: Callable[[Sequence[Any], Any], set[int]]
    titles: Callable[[Any], tuple[str, str]] = _titles
    place: Callable[[Any], str] = _address


_kinds: dict[str, Thankable] = {}


def register(kind: Thankable) -> None:
    """Adds a kind, or replaces the one with the same code."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> Thankable | None:
    return _kinds.get(code)


def kind_of_thing(thing: Model) -> Thankable | None:
    """By its model, or the model that it stands for (a page as its specific kind)."""
    return next((kind for kind in _kinds.values() if isinstance(thing, kind.model)), None)


def type_of(kind: Thankable) -> ContentType:
    return ContentType.objects.get_for_model(kind.model)


def _on(rows: Callable[[Thankable], "QuerySet[Any]"]) -> Q:
    found = Q(pk__in=[])
    for kind in _kinds.values():
        found |= Q(thing_type=type_of(kind), thing_id__in=rows(kind).values("pk"))
    return found


def place_of(thanks: Thanks) -> str:
    """Where the thing stands that was thanked for."""
    kind = kind_of_thing(thanks.thing) if thanks.thing is not None else None
    return kind.place(thanks.thing) if kind is not None else ""


def visible_thanks(user: Any) -> "QuerySet[Thanks]":
    """Thanks for things that this person may see."""
    return Thanks.objects.filter(_on(lambda kind: kind.visible(user)))


def thanks_open_to_all() -> "QuerySet[Thanks]":
    """Thanks for what every member may read, to people who stand by their names."""
    return Thanks.objects.filter(_on(lambda kind: kind.open_to_all()))
