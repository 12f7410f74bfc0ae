"""The parts of a seminar's outline: plain values, each with the id of its block and an anchor on the page."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID


@dataclass(slots=True)
class Node:
    """What every block has: its id, its place in the stream (from 0), and an anchor on the page."""

    block_id: UUID
    position: int

    prefix = "b"

    @property
    def anchor(self) -> str:
        return f"{self.prefix}{self.block_id.hex[:8]}"


@dataclass(slots=True)
class ItemNode(Node):
    kind: str
    text: str
    level: int
    categories: tuple[str, ...] = ()
    codes: str = ""
    children: list["ItemNode"] = field(default_factory=list)

    prefix = "i"

    def with_children(self) -> Iterator["ItemNode"]:
        yield self
        for child in self.children:
            yield from child.with_children()


@dataclass(slots=True)
class ParagraphNode(Node):
    text: str
    flagged: bool = False

    prefix = "p"


@dataclass(slots=True)
class Line(Node):
    """One line of a table cell; it can be an item of its own."""

    text: str
    heading: str = ""

    prefix = "i"


@dataclass(slots=True)
class TableNode(Node):
    caption: str
    header: list[str]
    rows: list[list[list[Line]]]

    prefix = "x"

    @property
    def lines(self) -> Iterator[Line]:
        for row in self.rows:
            for cell in row:
                yield from cell


Content: TypeAlias = ItemNode | ParagraphNode | TableNode


@dataclass(slots=True)
class SectionNode(Node):
    """A heading and what stands under it; without a title: what stands under no heading."""

    title: str = ""
    content: list[Content] = field(default_factory=list)
    implied: bool = False

    prefix = "h"

    @property
    def items(self) -> list[ItemNode]:
        return [node for block in self.content if isinstance(block, ItemNode) for node in block.with_children()]


@dataclass(slots=True)
class Speaker:
    person_id: int
    position: str = ""


@dataclass(slots=True)
class TalkNode(Node):
    title: str = ""
    is_group: bool = False
    agency_id: int | None = None
    speakers: list[Speaker] = field(default_factory=list)
    categories: tuple[str, ...] = ()
    codes: str = ""
    sections: list[SectionNode] = field(default_factory=list)
    implied: bool = False

    prefix = "t"


@dataclass(slots=True)
class SessionNode(Node):
    title: str = ""
    talks: list[TalkNode] = field(default_factory=list)
    implied: bool = False

    prefix = "s"


@dataclass(slots=True)
class Outline:
    sessions: list[SessionNode] = field(default_factory=list)

    @property
    def talks(self) -> list[TalkNode]:
        """Talks that the stream names; what stands before the first one has no talk."""
        return [talk for session in self.sessions for talk in session.talks if not talk.implied]

    @property
    def person_ids(self) -> set[int]:
        return {speaker.person_id for talk in self.talks for speaker in talk.speakers}

    @property
    def agency_ids(self) -> set[int]:
        return {talk.agency_id for talk in self.talks if talk.agency_id is not None}

    def in_order(self) -> Iterator[Node]:
        """Every block of the stream once, in the order of the stream."""
        for session in self.sessions:
            yield from () if session.implied else (session,)
            for talk in session.talks:
                yield from () if talk.implied else (talk,)
                for section in talk.sections:
                    yield from () if section.implied else (section,)
                    for block in section.content:
                        yield from block.with_children() if isinstance(block, ItemNode) else (block,)
