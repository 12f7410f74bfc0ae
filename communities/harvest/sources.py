"""What goes into a lesson besides messages. Parts above declare theirs in AppConfig.ready():

    sources.register("interview", Answers())

A piece is named "kind:thing:what:key", such as "interview:12:answer:40"; all pieces of one thing begin with its root, "interview:12".
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from communities.models import Community
from kmportal.people.models import User


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words that may go into a lesson.

    Args:
        source: its name, see above. field: of the lesson record, "" for none in particular.
        teller: the account of who told it; None for somebody without one, who is credited by `name` and asked at `Address`.
    """

    source: str
    field: str
    text: str
    name: str
    teller: User | None = None
    url: str = ""

    @property
    def root(self) -> str:
        return root_of(self.source)


@dataclass(frozen=True)
class Address:
    """Where somebody without an account is asked for their word."""

    name: str
    email: str
    language: str


class Kind(Protocol):
    """What a part says of its pieces."""

    def ready(self, user: Any, community: Community) -> list[Piece]:
        """All pieces of the community that this person may read and take, in order."""

    def address(self, source: str) -> Address | None:
        """Of who told it; None where nothing can be asked any more."""


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    """Adds a kind, or replaces the one of that name."""
    _kinds[name] = kind


def root_of(source: str) -> str:
    return ":".join(source.split(":")[:2])


def ready(user: Any, community: Community, taken: Collection[str]) -> list[Piece]:
    """What lies beside the basket of the community: all pieces but those that were taken."""
    return [piece for kind in _kinds.values() for piece in kind.ready(user, community) if piece.source not in taken]


def address(source: str) -> Address | None:
    kind = _kinds.get(source.split(":", maxsplit=1)[0])
    return kind.address(source) if kind else None
