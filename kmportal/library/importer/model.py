"""What the importer reads and what it makes of it: the contract between the core and its callers.

`read_source` gives a `Source` (the lines as typed), `parse` gives a `Draft` (metadata and a FLAT, ordered list of
`Block`s). Hierarchy is implied by order: session > unit > section (by level) > item (by level) > paragraph/table.
Sessions and units may be absent. Every non-blank source line belongs to exactly one block or to the metadata.
All values are frozen; `to_json`/`from_json` use plain dicts and lists, fit for a JSONField.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from .limits import Limits, UnreadableFile

__all__ = [
    "BLOCK_TYPES",
    "KINDS",
    "METADATA",
    "UNSURE",
    "Agency",
    "Block",
    "BlockType",
    "Cell",
    "Draft",
    "Entry",
    "Found",
    "Kind",
    "Limits",
    "Place",
    "Source",
    "SourceLine",
    "Speaker",
    "UnitType",
    "UnreadableFile",
    "Vocabulary",
    "Warn",
    "block_from_json",
]

Place = Literal["body", "table", "header", "footer", "note"]
BlockType = Literal["session", "unit", "section", "item", "paragraph", "table"]
UnitType = Literal["talk", "group"]
Kind = Literal[
    "practice", "success_factor", "obstacle", "observation", "lesson",
    "recommendation", "question", "answer", "definition", "metric",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
BLOCK_TYPES: tuple[str, ...] = get_args(BlockType)
UNSURE = 0.5
"""Blocks with a confidence below this deserve a look; the preview shows them first."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One non-blank line (docx: a paragraph or a part of it between line breaks) as it stands in the file.

    no: 1-based position; blank lines count but are not kept, so a gap in the numbers is a blank line.
    text: the line without its list marker; marker: "1.", "๑.๑", "•", "ก)" … typed or automatic, or None.
    level_hint: list level (0-based) from the file's own structure, None when the file says nothing.
    heading: 0 for a title style, 1-9 for a heading style, None otherwise.
    soft: the line continues the paragraph of the line before it (a line break, not a new paragraph).
    table: (table number, row, column), all 0-based, for place == "table".
    """

    no: int
    text: str
    marker: str | None = None
    indent: float = 0.0
    level_hint: int | None = None
    bold: bool = False
    place: Place = "body"
    table: tuple[int, int, int] | None = None
    page: int | None = None
    revision: Literal["inserted"] | None = None
    heading: int | None = None
    centred: bool = False
    soft: bool = False

    @property
    def raw(self) -> str:
        """The line as a reader sees it, marker included."""
        return f"{self.marker} {self.text}".strip() if self.marker else self.text


@dataclass(frozen=True, slots=True)
class Warn:
    """A remark for the editor: a short id (`code`), figures for its message, and the source line if there is one."""

    code: str
    count: int = 1
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The file as read. media_type: text/plain, application/pdf or the docx type; encoding: of plain text, else ''."""

    filename: str
    sha256: str
    media_type: str
    encoding: str
    lines: tuple[SourceLine, ...]
    warnings: tuple[Warn, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """A dict of plain values."""
        return _plain(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Source:
        """The inverse of `to_json`."""
        return cls(
            **{k: v for k, v in data.items() if k not in ("lines", "warnings")},
            lines=tuple(SourceLine(**{**x, "table": _three(x.get("table"))}) for x in data["lines"]),
            warnings=tuple(Warn(**x) for x in data["warnings"]),
        )


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person of a unit, as typed. role: speaker, moderator, chair, opening or ''."""

    prefix: str = ""
    given: str = ""
    family: str = ""
    position: str = ""
    agency: str = ""
    role: str = "speaker"

    @property
    def name(self) -> str:
        """Prefix, given and family name; a prefix is glued to the name as Thai does, titles with a full stop too."""
        return f"{self.prefix}{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class Entry:
    """One paragraph of a table cell; `kind` is what it means if it is an item."""

    text: str
    line: int
    marker: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: `header` cells name columns, the others hold entries."""

    entries: tuple[Entry, ...] = ()
    header: bool = False

    @property
    def text(self) -> str:
        """All entries, one a line."""
        return "\n".join(e.text for e in self.entries)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the draft.

    id: stable over edits ("L8"; a second block of the same line "L8.1"). text: without marker, blanks collapsed.
    kind: one of KINDS for sections and items, a suggestion for paragraphs, else None.
    level: nesting depth within its type (section 0.., item 0..; a paragraph carries the level of its item).
    first, last: source line numbers, inclusive. rule: short id of the rule that decided. flagged: look here.
    A paragraph with `rule == "continuation"` belongs to the item before it; other paragraphs stand for themselves.
    title: of a unit, the text without the speaker or of a section without number; '' when equal to text.
    spans: for an item or paragraph holding an inline list, the (start, end) offsets where it may be split.
    """

    id: str
    type: BlockType
    text: str
    first: int
    last: int
    kind: str | None = None
    level: int = 0
    confidence: float = 1.0
    rule: str = ""
    flagged: bool = False
    marker: str | None = None
    title: str = ""
    unit_type: UnitType | None = None
    agency: str | None = None
    speakers: tuple[Speaker, ...] = ()
    categories: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of metadata: its value, where it was read, how sure, by which rule; value '' when not found."""

    value: str = ""
    lines: tuple[int, ...] = ()
    confidence: float = 0.0
    rule: str = ""

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the importer understood. start and end are ISO dates of the Common Era; edition_year is B.E. or None.

    front: numbers of the source lines used up by the metadata, so that they are in no block.
    language: th, en or mixed.
    """

    title: Found = Found()
    genre: Found = Found()
    start: Found = Found()
    end: Found = Found()
    venue: Found = Found()
    province: Found = Found()
    organiser: Found = Found()
    language: str = "th"
    edition_year: int | None = None
    front: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()
    warnings: tuple[Warn, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """A dict of plain values."""
        return _plain(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Draft:
        """The inverse of `to_json`."""
        found = {k: Found(**{**data[k], "lines": tuple(data[k]["lines"])}) for k in METADATA}
        return cls(
            **found,
            language=data["language"],
            edition_year=data["edition_year"],
            front=tuple(data["front"]),
            blocks=tuple(block_from_json(b) for b in data["blocks"]),
            warnings=tuple(Warn(**w) for w in data["warnings"]),
        )


METADATA = ("title", "genre", "start", "end", "venue", "province", "organiser")


def block_from_json(data: Mapping[str, Any]) -> Block:
    """A block from the dict `Draft.to_json` makes of it."""
    return Block(
        **{
            **data,
            "speakers": tuple(Speaker(**s) for s in data["speakers"]),
            "categories": tuple(data["categories"]),
            "codes": tuple(data["codes"]),
            "rows": tuple(tuple(Cell(tuple(Entry(**e) for e in c["entries"]), c["header"]) for c in row) for row in data["rows"]),
            "spans": tuple((int(a), int(b)) for a, b in data["spans"]),
        }
    )


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency the caller knows: its full name and every other name and abbreviation."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the caller knows beyond the built-in patterns. PMQA categories are keyed by their number or P."""

    agencies: tuple[Agency, ...] = ()
    provinces: tuple[str, ...] = ()
    categories: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> Iterator[tuple[str, str]]:
        """(name or alias, full name) of every agency."""
        for agency in self.agencies:
            for name in (agency.name, *agency.aliases):
                yield name, agency.name


def _three(value: Any) -> tuple[int, int, int] | None:
    return None if value is None else (int(value[0]), int(value[1]), int(value[2]))


def _plain(value: Any) -> Any:
    """Dataclasses to dicts and tuples to lists, all the way down."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value
