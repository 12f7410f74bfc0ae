"""Who said something, for all readers alike: a message is drawn once for everybody who listens.

Members of one community see each other's names; the way to somebody's page is offered only where they show themselves to members.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext

from communities.talk.models import Message, Reaction


@dataclass(frozen=True)
class Voice:
    name: str
    url: str = ""
    agency: Any = None
    seed: str = ""
    photo: str = ""
    is_masked: bool = False


@dataclass(frozen=True)
class Tally:
    """One kind of reaction to one message."""

    kind: str
    label: str
    icon: str
    names: tuple[str, ...]
    people: frozenset[int]

    @property
    def count(self) -> int:
        return len(self.people)


ICONS = {Reaction.Kind.INSIGHT: "bulb", Reaction.Kind.THANKS: "thanks", Reaction.Kind.WORKED: "stamp"}


def of(message: Message) -> Voice:
    """The voice of a message. No query where it was fetched by `whole()`."""
    return Voice(name_of(message), is_masked=True) if message.anonymous else of_user(message.author)


def name_of(message: Message) -> str:
    """Its name alone, for where it is quoted; the agency is not asked for."""
    return pgettext("voice", "Without a name") if message.anonymous else name_of_user(message.author)


def name_of_user(user: Any) -> str:
    if user is None:
        return gettext("A former member")
    person = getattr(user, "person", None)
    if person is None:
        return user.get_full_name() or gettext("A member of the network")
    return str(person)


def of_user(user: Any) -> Voice:
    """The voice of an account."""
    name, person = name_of_user(user), getattr(user, "person", None)
    if person is None:
        return Voice(name, seed="nobody" if user is None else str(user.pk))
    if not person.is_listed:
        return Voice(name, seed=str(user.pk), agency=person.agency)
    return Voice(name, person.get_absolute_url(), person.agency, str(user.pk), person.photo)


def tallies(message: Message) -> list[Tally]:
    """All kinds of reactions to a message, in their fixed order, those of nobody too."""
    said: defaultdict[str, list[Any]] = defaultdict(list)
    for reaction in message.reactions.all():
        said[reaction.kind].append(reaction.user)
    return [
        Tally(
            kind.value, str(kind.label), ICONS[kind], tuple(name_of_user(user) for user in said[kind.value]),
            frozenset(user.pk for user in said[kind.value]),
        )
        for kind in Reaction.Kind
    ]  # fmt: skip
