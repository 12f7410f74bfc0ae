"""Thanks as readers see them: how many, from whom, and whether one's own is among them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kmportal.people.models import Person
from rewards import thankable
from rewards.models import Thanks

MOST_NAMES = 8


@dataclass
class Thanked:
    """Of one thing. `names` are those who let theirs be seen, the newest last; `others` is how many more there are."""

    code: str
    key: int
    count: int = 0
    mine: bool = False
    can: bool = False
    names: list[Person] = field(default_factory=list)

    @property
    def others(self) -> int:
        return self.count - len(self.names)


def thanks_among(things: Iterable[Any], reader: Any) -> dict[int, Thanked]:
    """Key to thanks of things of one kind that this person may read. Two queries, however many they are."""
    listed = list(things)
    kind = thankable.kind_of_thing(listed[0]) if listed else None
    if kind is None:
        return {}
    rows = list(
        Thanks.objects.filter(thing_type=thankable.type_of(kind), thing_id__in=[thing.pk for thing in listed])
        .order_by("pk")
        .values_list("thing_id", "giver", "giver__points_showing__thanks")
    )
    people = _people({giver for _thing, giver, shown in rows if shown is not False}, reader)
    barred = kind.not_by(listed, reader) if reader.is_authenticated else {thing.pk for thing in listed}
    found = {thing.pk: Thanked(kind.code, thing.pk, can=thing.pk not in barred) for thing in listed}
    for thing, giver, _shown in rows:
        one = found[thing]
        one.count += 1
        one.mine = one.mine or giver == reader.pk
        if giver in people and len(one.names) < MOST_NAMES:
            one.names.append(people[giver])
    return found


def _people(givers: set[int], reader: Any) -> dict[int | None, Person]:
    if not givers:
        return {}
    return {person.user_id: person for person in Person.objects.visible_to(reader).filter(user__in=givers)}
