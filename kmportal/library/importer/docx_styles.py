"""Paragraph styles of a Word document: headings, bold and numbering, inherited along basedOn."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .container import Node

_HEADING = re.compile(r"(?:heading|หัวเรื่อง|หัวข้อ)\s*([1-9])", re.I)
_TITLE = ("title", "ชื่อเรื่อง")
_CHAIN = 12


@dataclass(slots=True)
class Style:
    """What a style (with all it is based on) says about its paragraphs."""

    heading: int | None = None
    bold: bool = False
    num_id: str | None = None
    level: int = 0
    centred: bool = False


@dataclass(slots=True)
class Styles:
    """The styles of word/styles.xml by id."""

    nodes: dict[str, Node] = field(default_factory=dict)
    default: str = ""
    made: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def from_xml(cls, root: Node | None) -> Styles:
        """Read word/styles.xml; None gives a document without styles."""
        made = cls()
        for node in root.children if root else []:
            if node.tag == "style":
                key = node.attrs.get("styleId", "")
                made.nodes[key] = node
                if node.attrs.get("type") == "paragraph" and node.attrs.get("default") in ("1", "true"):
                    made.default = key
        return made

    def get(self, key: str | None) -> Style:
        """The resolved style; the document's default for None, an empty one for an unknown id."""
        key = key or self.default
        if key not in self.made:
            self.made[key] = self._resolve(key)
        return self.made[key]

    def _resolve(self, key: str) -> Style:
        chain: list[Node] = []
        while key in self.nodes and len(chain) < _CHAIN:
            chain.append(self.nodes[key])
            key = self.nodes[key].get("basedOn") or ""
        style = Style()
        for node in reversed(chain):
            _apply(style, node)
        return style


def _apply(style: Style, node: Node) -> None:
    name = (node.get("name") or "").strip().lower()
    properties = node.child("pPr")
    if name in _TITLE:
        style.heading = 0
    elif found := _HEADING.match(name):
        style.heading = int(found.group(1))
    if properties is not None:
        _apply_paragraph(style, properties)
    run = node.child("rPr")
    if run is not None and (bold := _bold(run)) is not None:
        style.bold = bold


def _bold(run: Node) -> bool | None:
    """Thai text follows w:bCs, Latin w:b: either says bold."""
    plain, complex_script = run.on("b"), run.on("bCs")
    if plain is None and complex_script is None:
        return None
    return bool(plain) or bool(complex_script)


def _apply_paragraph(style: Style, properties: Node) -> None:
    outline = properties.get("outlineLvl")
    if outline is not None and outline.isdigit() and style.heading is None:
        style.heading = int(outline) + 1 if int(outline) < 9 else None
    if (justified := properties.get("jc")) is not None:
        style.centred = justified == "center"
    numbering = properties.child("numPr")
    if numbering is not None:
        style.num_id = numbering.get("numId")
        level = numbering.get("ilvl")
        style.level = int(level) if level and level.isdigit() else 0
