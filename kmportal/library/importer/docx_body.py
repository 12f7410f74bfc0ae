"""The body of a Word document, walked in reading order: paragraphs, tables, text boxes, tracked changes."""

from __future__ import annotations

from dataclasses import dataclass, field

from .container import Node
from .docx_numbering import Numbering, twips
from .docx_styles import Style, Styles

_THROUGH = frozenset(
    {
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "fldSimple",
        "customXml",
        "dir",
        "bdo",
        "ruby",
        "rubyBase",
        "oMath",
        "oMathPara",
    }
)
_DROPPED = frozenset({"del", "moveFrom"})
_BOXES = frozenset({"drawing", "pict", "object"})
_BREAKS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_NESTING = 40


@dataclass(slots=True)
class Piece:
    """A paragraph as read: its text (line breaks inside), marker and everything the file says about it."""

    text: str
    marker: str | None = None
    level: int | None = None
    indent: float = 0.0
    bold: bool = False
    heading: int | None = None
    centred: bool = False
    table: tuple[int, int, int] | None = None
    inserted: bool = False


@dataclass(slots=True)
class _Runs:
    """The runs of one paragraph while they are gathered."""

    text: list[str] = field(default_factory=list)
    bold: int = 0
    plain: int = 0
    inserted: int = 0
    boxes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Body:
    """Reads block content into pieces; counts what tracked changes hid or showed."""

    styles: Styles
    numbering: Numbering
    deleted: int = 0
    inserted: int = 0
    tables: int = 0
    pieces: list[Piece] = field(default_factory=list)
    _carried: str = ""

    def read(self, root: Node) -> list[Piece]:
        """All pieces below `root`, in reading order."""
        self.pieces = []
        self._blocks(root, None, 0)
        if self._carried.strip():
            self.pieces.append(Piece(self._carried))
        self._carried = ""
        return self.pieces

    def _blocks(self, root: Node, cell: tuple[int, int, int] | None, depth: int) -> None:
        if depth > _NESTING:
            raise RecursionError
        for node in root.children:
            if node.tag == "p":
                self._paragraph(node, cell, depth)
            elif node.tag == "tbl":
                self._table(node, cell, depth)
            elif node.tag in _DROPPED:
                self.deleted += 1
            elif node.tag == "AlternateContent":
                self._blocks(_alternative(node), cell, depth + 1)
            elif node.tag in _THROUGH or node.tag in ("body", "txbxContent", "Choice", "Fallback"):
                self._blocks(node, cell, depth + 1)

    def _table(self, table: Node, cell: tuple[int, int, int] | None, depth: int) -> None:
        rows = [r for r in _flat(table) if r.tag == "tr" and not _removed(r)]
        self.deleted += sum(1 for r in _flat(table) if r.tag == "tr" and _removed(r))
        columns = [[c for c in _flat(r) if c.tag == "tc"] for r in rows]
        frame = (len(rows) == 1 and len(columns[0]) == 1) or max(map(len, columns), default=0) == 1
        number = self.tables
        if cell is None and not frame:
            self.tables += 1
        for row, cells in enumerate(columns):
            at = 0
            for node in cells:
                properties = node.child("tcPr")
                place = cell if cell or frame else (number, row, at)
                self._blocks(node, place, depth + 1)
                span = properties.get("gridSpan") if properties else None
                at += int(span) if span and span.isdigit() and len(span) < 4 else 1

    def _paragraph(self, node: Node, cell: tuple[int, int, int] | None, depth: int) -> None:
        properties = node.child("pPr") or Node("pPr", {})
        style = self.styles.get(properties.get("pStyle"))
        runs = _Runs()
        self._runs(node, runs, style, False, 0)
        text = self._carried + "".join(runs.text)
        mark = properties.child("rPr")
        if mark is not None and (mark.child("del") or mark.child("moveFrom")):
            # The paragraph mark was deleted: what is left of the text runs on into the next paragraph.
            self._carried = text
            return
        self._carried = ""
        if text.strip() or not runs.boxes:
            self.pieces.append(self._piece(text, properties, style, runs, cell))
        for box in runs.boxes:
            self._blocks(box, cell, depth + 1)

    def _piece(self, text: str, properties: Node, style: Style, runs: _Runs, cell: tuple[int, int, int] | None) -> Piece:
        marker, level, indent = self._numbered(properties, style) if text.strip() else (None, None, 0.0)
        own = properties.child("ind")
        outline = properties.get("outlineLvl")
        heading = int(outline) + 1 if outline and outline in "012345678" else style.heading
        justified = properties.get("jc")
        self.inserted += bool(runs.inserted)
        return Piece(
            text=text,
            marker=marker,
            level=level,
            indent=twips(own) if own else indent,
            bold=runs.bold > 0 and not runs.plain,
            heading=heading if not cell else None,
            centred=style.centred if justified is None else justified == "center",
            table=cell,
            inserted=runs.inserted > 0,
        )

    def _numbered(self, properties: Node, style: Style) -> tuple[str | None, int | None, float]:
        own = properties.child("numPr")
        num_id = (own.get("numId") if own else None) or style.num_id
        at = own.get("ilvl") if own else None
        level = int(at) if at and at.isdigit() and len(at) < 3 else style.level
        if num_id is None or (defined := self.numbering.level(num_id, level)) is None:
            return None, None, 0.0
        marker = self.numbering.next(num_id, level)
        return marker, level if marker else None, defined.indent

    def _runs(self, node: Node, runs: _Runs, style: Style, inserted: bool, depth: int) -> None:
        if depth > _NESTING:
            raise RecursionError
        for child in node.children:
            if child.tag == "r":
                self._run(child, runs, style, inserted)
            elif child.tag in _DROPPED:
                self.deleted += 1
            elif child.tag == "AlternateContent":
                self._runs(_alternative(child), runs, style, inserted, depth + 1)
            elif child.tag in _THROUGH or child.tag == "Choice":
                self._runs(child, runs, style, inserted or child.tag in ("ins", "moveTo"), depth + 1)
            elif child.tag == "t":  # mathematics keeps its text in runs of its own
                runs.text.append("".join(child.text))

    def _run(self, run: Node, runs: _Runs, style: Style, inserted: bool) -> None:
        text = _text(run, runs)
        runs.text.append(text)
        if not text.strip():
            return
        properties = run.child("rPr")
        bold = None
        if properties is not None:
            flags = [f for f in (properties.on("b"), properties.on("bCs")) if f is not None]
            bold = any(flags) if flags else None
        if style.bold if bold is None else bold:
            runs.bold += 1
        else:
            runs.plain += 1
        runs.inserted += inserted


def _text(run: Node, runs: _Runs) -> str:
    parts: list[str] = []
    for node in run.children:
        if node.tag == "t":
            parts.append("".join(node.text))
        elif node.tag in _BREAKS:
            parts.append(_BREAKS[node.tag])
        elif node.tag == "br":
            parts.append("\n")
        elif node.tag == "sym":
            parts.append(_symbol(node.attrs.get("char", "")))
        elif node.tag in _BOXES:
            runs.boxes.extend(_boxes(node))
        elif node.tag == "AlternateContent":
            runs.boxes.extend(_boxes(_alternative(node)))
    return "".join(parts)


def _symbol(code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE else ""


def _boxes(node: Node) -> list[Node]:
    """Text boxes inside a drawing; of an alternative only the one that is shown."""
    found: list[Node] = []
    todo = [node]
    while todo:
        at = todo.pop()
        if at.tag == "txbxContent":
            found.append(at)
        else:
            todo.extend(reversed([_alternative(c) if c.tag == "AlternateContent" else c for c in at.children]))
    return found


def _alternative(node: Node) -> Node:
    return node.child("Choice") or node.child("Fallback") or Node("Choice", {})


def _flat(node: Node) -> list[Node]:
    """Children, with content controls and inserted wrappers opened."""
    found: list[Node] = []
    todo = list(reversed(node.children))
    while todo:
        at = todo.pop()
        if at.tag in _THROUGH:
            todo.extend(reversed(at.children))
        else:
            found.append(at)
    return found


def _removed(row: Node) -> bool:
    properties = row.child("trPr")
    return properties is not None and properties.child("del") is not None
