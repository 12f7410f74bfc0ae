"""What is taken into a draft, whether it was said in a channel or elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.html import format_html

from communities.harvest import sources
from communities.harvest.fields import Field
from communities.harvest.models import Mark, Statement
from communities.harvest.sources import Piece
from communities.models import Community
from communities.talk.models import Message
from kmportal.core import clean
from kmportal.people.models import Person, User
from kmportal.people.names import person_key


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One thing somebody told; `person` only for those without an account."""

    field: str
    text: str
    html: str
    teller: User | None = None
    person: Person | None = None
    message: Message | None = None
    source: str = ""


def of_mark(mark: Mark) -> Taken:
    """Nobody is the teller of what was said without a name."""
    message = mark.message
    body = clean.without_pictures(message.body, clean.pictures_in(message.body))
    teller = None if message.anonymous else message.author
    return Taken(field=mark.field, text=message.text, html=body, teller=teller, message=message)


def of_pieces(*, actor: User, community: Community, names: Collection[str]) -> list[Taken]:
    """The named pieces that are free. Who told them without an account gets a page in the directory that nobody is shown."""
    free = {piece.source: piece for piece in free_pieces(user=actor, community=community)}
    chosen = [free[name] for name in dict.fromkeys(names) if name in free]
    people = {root: _person(piece) for root, piece in {piece.root: piece for piece in chosen if piece.teller is None}.items()}
    return [
        Taken(
            field=piece.field or Field.WHAT_HAPPENED, text=piece.text, html=paragraphs(piece.text), teller=piece.teller,
            person=people.get(piece.root), source=piece.source,
        )
        for piece in chosen
    ]  # fmt: skip


def free_pieces(*, user: User, community: Community) -> list[Piece]:
    """Pieces of a community that no present draft holds."""
    told = sources.ready(user, community, ())
    if not told:
        return []
    held = Statement.objects.filter(draft__channel__community=community, draft__dropped_at=None).exclude(source="")
    taken = set(held.values_list("source", flat=True))
    return [piece for piece in told if piece.source not in taken]


def paragraphs(text: str) -> str:
    """Plain words, as a form without a script sends them."""
    return "".join(format_html("<p>{}</p>", part.strip()) for part in text.split("\n\n") if part.strip())


def _person(piece: Piece) -> Person:
    """The one who was credited for another piece of the same thing, or a new one."""
    known = Statement.objects.filter(source__startswith=f"{piece.root}:").exclude(person=None).select_related("person").first()
    if known is not None and known.person is not None:
        return known.person
    given, _space, family = piece.name.partition(" ")
    return Person.objects.create(
        given_name=given[:80], family_name=family[:80], key=person_key(given[:80], family[:80]), is_listed=False
    )
