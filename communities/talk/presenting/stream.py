"""The stretch of a channel that one page shows: messages in their order, days, and the line below which all is new."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from communities.models import Membership
from communities.talk.models import Channel, Event, Message, Place, Thread
from communities.talk.permissions import RESTORE_WITHIN, UNDO_WITHIN
from communities.talk.querysets import MessageQuerySet

PER_PAGE = 50
CONTEXT = 10
"""How many numbers before the place where somebody stopped are shown again."""


@dataclass(frozen=True)
class Mine:
    """What belongs to one reader at a message; never part of what goes out to all.

    Args:
        pressed: kinds of reactions that this reader gave.
    """

    pressed: frozenset[str] = frozenset()
    is_author: bool = False
    may_look_after: bool = False
    may_restore: bool = False
    may_write: bool = False


@dataclass(frozen=True)
class Line:
    """A message, or something that happened, at its place.

    Args:
        day: where a new day begins; None otherwise.
        is_first_unread: whether all from here on is new.
    """

    message: Message | None
    event: Event | None
    mine: Mine
    day: date | None
    is_first_unread: bool


@dataclass(frozen=True)
class Stream:
    """What a page shows.

    Args:
        older, newer: the numbers to go on with; None where there is nothing.
        seq: the number up to which this page is complete, from which a device goes on.
    """

    lines: list[Line]
    older: int | None
    newer: int | None
    seq: int
    unread: int = 0


@dataclass
class Reader:
    """Who reads a channel: their membership and their place."""

    user: Any
    channel: Channel
    membership: Membership | None
    place: Place | None
    read_seq: int = field(init=False)

    def __post_init__(self) -> None:
        self.read_seq = self.place.read_seq if self.place else 0

    @property
    def may_look_after(self) -> bool:
        return self.membership is not None and self.membership.role == Membership.Role.FACILITATOR

    @property
    def may_write(self) -> bool:
        """As permissions.can_write, without asking the database again."""
        return self.membership is not None and self.channel.is_open and not self.channel.community.is_archived

    @property
    def level(self) -> str:
        return self.place.level if self.place else Place.Level.MENTIONS.value


def reader_of(user: Any, channel: Channel) -> Reader:
    """Two queries."""
    membership = Membership.objects.filter(community=channel.community_id, user=user).first()
    return Reader(user, channel, membership, Place.objects.filter(channel=channel, user=user).first())


def read(reader: Reader, *, before: int | None = None, after: int | None = None, thread: Thread | None = None) -> Stream:
    """The stretch before or after a number; without one the newest, or from where the reader stopped if that is further back."""
    rows = Message.objects.visible_to(reader.user).shown().filter(channel=reader.channel)
    if thread is not None:
        rows = rows.filter(thread=thread)
    if after is not None:
        return _forward(reader, rows, after, thread)
    found = _newest(rows if before is None else rows.filter(seq__lt=before))
    has_older = len(found) > PER_PAGE
    found = found[-PER_PAGE:]
    stopped = reader.read_seq
    if before is None and thread is None and stopped and has_older and found[0].seq is not None and found[0].seq > stopped + 1:
        return _forward(reader, rows, max(0, stopped - CONTEXT), thread)
    newer = before if before is not None and rows.filter(seq__gte=before).exists() else None
    return _made(reader, found, found[0].seq if has_older else None, newer and newer - 1, thread)


def _forward(reader: Reader, rows: MessageQuerySet, after: int, thread: Thread | None) -> Stream:
    found = list(rows.filter(seq__gt=after).whole().order_by("seq")[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    older = shown[0].seq if shown and rows.filter(seq__lte=after).exists() else None
    return _made(reader, shown, older, shown[-1].seq if len(found) > PER_PAGE else None, thread)


def _newest(rows: MessageQuerySet) -> list[Message]:
    return list(rows.whole().order_by("-seq")[: PER_PAGE + 1])[::-1]


def _made(reader: Reader, found: list[Message], older: int | None, newer: int | None, thread: Thread | None) -> Stream:
    seq = reader.channel.last_seq if newer is None else (found[-1].seq or 0 if found else 0)
    begins = found[0].seq or 0 if older is not None and found else 0
    happened = [] if thread is not None else _happened(reader, begins, seq)
    now = timezone.now()
    lines, day, new = [], None, False
    rows: list[Message | Event] = sorted([*found, *happened], key=lambda one: one.seq or 0)
    for row in rows:
        at = timezone.localdate(row.created_at if isinstance(row, Message) else row.at)
        message, event = (row, None) if isinstance(row, Message) else (None, row)
        starts = not new and _is_new(reader, message)
        new = new or starts
        mine = mine_of(reader, message, now) if message else Mine()
        lines.append(Line(message, event, mine, at if at != day else None, starts))
        day = at
    return Stream(lines, older, newer, seq, sum(_is_new(reader, message) for message in found))


def _happened(reader: Reader, begins: int, ends: int) -> list[Event]:
    """Threads that were opened, resolved or taken up again in this stretch."""
    events = Event.objects.visible_to(reader.user).filter(channel=reader.channel, kind=Event.Kind.THREAD)
    return list(events.filter(seq__gte=begins, seq__lte=ends).whole().order_by("seq")[:PER_PAGE])


def _is_new(reader: Reader, message: Message | None) -> bool:
    if message is None or not reader.read_seq or message.seq is None:
        return False
    return message.seq > reader.read_seq and message.author_id != reader.user.pk


def mine_of(reader: Reader, message: Message, now: Any = None) -> Mine:
    """What belongs to this reader at a message fetched by `whole()`. No query."""
    me, is_author = reader.user.pk, message.author_id is not None and message.author_id == reader.user.pk
    now = now or timezone.now()
    by_author = message.deleted_by_id is not None and message.deleted_by_id == message.author_id
    # The same as permissions.can_restore, without its query.
    has_words = bool(message.text or message.files.all())
    within = UNDO_WITHIN if by_author else RESTORE_WITHIN
    in_time = has_words and message.deleted_at is not None and message.deleted_at > now - within
    restored, staff = by_author and is_author, reader.may_look_after and not is_author and not by_author
    return Mine(
        pressed=frozenset(reaction.kind for reaction in message.reactions.all() if reaction.user_id == me),
        is_author=is_author, may_look_after=reader.may_look_after, may_write=reader.may_write,
        may_restore=in_time and (restored or staff),
    )  # fmt: skip
