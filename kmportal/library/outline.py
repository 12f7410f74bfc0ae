"""The shape of a seminar: a typed tree read from the flat stream of blocks.

session > talk > section > items (nested by level), paragraphs, tables. Order alone decides, so nothing can be lost: every block of
the stream stands in the tree exactly once, and `Outline.in_order` gives them back as they came. Reading makes no queries: people
and agencies are numbers here, and whoever needs them fetches them all at once.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from kmportal.library.outline_nodes import (
    Content,
    ItemNode,
    Line,
    Node,
    Outline,
    ParagraphNode,
    SectionNode,
    SessionNode,
    Speaker,
    TableNode,
    TalkNode,
)
from kmportal.taxonomy.kinds import ItemKind

# For blocks whose own id is missing or malformed (raw data written by hand).
_NAMESPACE = UUID("6f0e4c1e-2f0c-4b7e-9a55-3b1f6f2d9c11")


def read(stream: Iterable[Mapping[str, Any]]) -> Outline:
    """The tree of a stream in its raw form (`page.body.raw_data`, or the JSON of an import's draft).

    Args:
        stream: blocks as {"type", "value", "id"}; a block without a usable id gets one from its place and type.
    """
    reader = _Reader()
    for position, raw in enumerate(stream):
        reader.take(position, raw)
    return reader.outline


def line_id(table: UUID, text: str, nth: int) -> UUID:
    """The id of a line in a table: it stays when rows are moved, and two equal lines get two ids."""
    return uuid5(table, f"{text}\x1f{nth}")


class _Reader:
    """Keeps the open session, talk and section; opens unnamed ones where the stream starts without."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.session: SessionNode | None = None
        self.talk: TalkNode | None = None
        self.section: SectionNode | None = None
        self.open_items: list[ItemNode] = []

    def take(self, position: int, raw: Mapping[str, Any]) -> None:
        kind, value = str(raw.get("type", "")), raw.get("value")
        value = value if isinstance(value, Mapping) else {"text": str(value or "")}
        node_id = _block_id(raw.get("id"), position, kind)
        match kind:
            case "session":
                self._open_session(SessionNode(node_id, position, str(value.get("title", ""))))
            case "talk":
                self._open_talk(_talk(node_id, position, value))
            case "section":
                self._open_section(SectionNode(node_id, position, str(value.get("title", ""))))
            case "item":
                self._add_item(_item(node_id, position, value))
            case "table":
                self._add(_table(node_id, position, value))
            case _:
                self._add(ParagraphNode(node_id, position, str(value.get("text", "")), bool(value.get("flagged"))))

    def _open_session(self, session: SessionNode) -> SessionNode:
        self.session, self.talk, self.section, self.open_items = session, None, None, []
        self.outline.sessions.append(session)
        return session

    def _open_talk(self, talk: TalkNode) -> TalkNode:
        unnamed = SessionNode(_implied(talk, "session"), talk.position, implied=True)
        session = self.session or self._open_session(unnamed)
        self.talk, self.section, self.open_items = talk, None, []
        session.talks.append(talk)
        return talk

    def _open_section(self, section: SectionNode) -> SectionNode:
        unnamed = TalkNode(_implied(section, "talk"), section.position, implied=True)
        talk = self.talk or self._open_talk(unnamed)
        self.section, self.open_items = section, []
        talk.sections.append(section)
        return section

    def _add(self, block: Content) -> None:
        unnamed = SectionNode(_implied(block, "section"), block.position, implied=True)
        section = self.section or self._open_section(unnamed)
        self.open_items = []
        section.content.append(block)

    def _add_item(self, item: ItemNode) -> None:
        """Under the nearest item before it that has a lower level; a paragraph or table between them starts afresh."""
        above = [parent for parent in self.open_items if parent.level < item.level]
        if above:
            above[-1].children.append(item)
        else:
            self._add(item)
        self.open_items = [*above, item]


def _block_id(value: object, position: int, kind: str) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        return uuid5(_NAMESPACE, f"{position}:{kind}")


def _implied(first: Node, level: str) -> UUID:
    return uuid5(first.block_id, level)


def _talk(node_id: UUID, position: int, value: Mapping[str, Any]) -> TalkNode:
    speakers = [speaker for entry in _list(value.get("speakers")) if (speaker := _speaker(entry)) is not None]
    return TalkNode(
        node_id,
        position,
        title=str(value.get("title", "")),
        is_group=value.get("kind") == "group",
        agency_id=_number(value.get("agency")),
        speakers=speakers,
        categories=_numbers(value.get("categories")),
        codes=str(value.get("codes") or ""),
    )


def _speaker(entry: object) -> Speaker | None:
    if not isinstance(entry, Mapping) or (person := _number(entry.get("person"))) is None:
        return None
    return Speaker(person, str(entry.get("position") or ""))


def _item(node_id: UUID, position: int, value: Mapping[str, Any]) -> ItemNode:
    kind = str(value.get("kind", ""))
    return ItemNode(
        node_id,
        position,
        kind=kind if kind in ItemKind.values else ItemKind.OBSERVATION,
        text=str(value.get("text", "")),
        level=_number(value.get("level")) or 0,
        categories=_numbers(value.get("categories")),
        codes=str(value.get("codes") or ""),
    )


def _table(node_id: UUID, position: int, value: Mapping[str, Any]) -> TableNode:
    rows = [[str(cell or "") for cell in _list(row)] for row in _list(value.get("rows"))]
    header = [" ".join(cell.split()) for cell in rows[0]] if rows else []
    seen: dict[str, int] = {}

    def line(text: str, heading: str) -> Line:
        seen[text] = seen.get(text, -1) + 1
        return Line(line_id(node_id, text, seen[text]), position, text, heading)

    def cell_lines(cell: str, column: int) -> list[Line]:
        heading = header[column] if column < len(header) else ""
        return [line(stripped, heading) for text in cell.splitlines() if (stripped := text.strip())]

    body = [[cell_lines(cell, column) for column, cell in enumerate(row)] for row in rows[1:]]
    return TableNode(node_id, position, str(value.get("caption") or ""), header, body)


def _list(value: object) -> list[Any]:
    """The values of a list block, in its present form {"type", "value", "id"} or the older plain one."""
    entries = value if isinstance(value, (list, tuple)) else ()
    return [entry["value"] if isinstance(entry, Mapping) and {"type", "value"} <= entry.keys() else entry for entry in entries]


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _numbers(value: object) -> tuple[str, ...]:
    return tuple(str(number) for number in value) if isinstance(value, (list, tuple)) else ()
