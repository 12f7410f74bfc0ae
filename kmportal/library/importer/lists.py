"""Which lists are open, at which level the next item stands, and which section headings it stands under."""

from __future__ import annotations

from dataclasses import dataclass, field

from .markers import number_of, style_of
from .model import Block
from .paragraphs import Para
from .words import CODE_LEAD, ORDINAL


@dataclass(slots=True)
class Level:
    """An open list: the style of its markers, its declared level, and where it stands."""

    style: str
    hint: int | None
    level: int


@dataclass(slots=True)
class Lists:
    """The lists open at one place of the document, outermost first."""

    open: list[Level] = field(default_factory=list)

    def close(self, above: int = -1) -> None:
        """Close the lists deeper than `above`; all of them by default."""
        self.open = [o for o in self.open if o.level <= above]

    def announce(self) -> None:
        """A paragraph announced a list: what follows stands below it."""
        self.open = [Level("text", None, 0)]

    def place(self, para: Para, last: Block | None) -> int:
        """The level of an item, opening and closing lists as it requires."""
        style = list_style(para) or "text"
        if style == "text":
            return self.open[-1].level if self.open else 0
        known = next((o for o in self.open if o.style == style and o.hint == para.level_hint), None)
        if known is not None:
            self.close(known.level)
            return known.level
        if self.open and _goes_on_counting(para, last):
            return self.open[-1].level
        if para.level_hint is not None:
            outer = [o for o in self.open if o.hint is None or o.hint <= para.level_hint]
            self.open = outer if len(outer) < len(self.open) else self.open
        level = self.open[-1].level + 1 if self.open else 0
        self.open.append(Level(style, para.level_hint, level))
        return level

    def holds(self, para: Para) -> bool:
        """Whether the paragraph's marker is that of an open list, and does not start it anew."""
        style = list_style(para)
        return (
            bool(style)
            and any(o.style == style for o in self.open)
            and (style in ("code", "ordinal") or number_of(para.marker) != 1)
        )


def list_style(para: Para) -> str:
    """The list style of a paragraph: of its marker, "code" for a PMQA code, "ordinal" for ประการที่ 1, else ''."""
    if para.style:
        return para.style
    return "code" if CODE_LEAD.match(para.text) else "ordinal" if ORDINAL.match(para.text) else ""


def _goes_on_counting(para: Para, last: Block | None) -> bool:
    """ "2." between "1)" and "3)": another style, but the next number."""
    number = number_of(para.marker) if para.level_hint is None else None
    if number is None or number < 2 or last is None or last.type != "item" or number_of(last.marker) != number - 1:
        return False
    return style_of(para.marker)[1] == style_of(last.marker)[1] == 0


@dataclass(slots=True)
class Sections:
    """The section headings in force: (style, level, kind)."""

    open: list[tuple[str, int, str | None]] = field(default_factory=list)

    def place(self, para: Para) -> int:
        """The level of a heading among those in force."""
        style = heading_style(para)
        for known, level, _ in self.open:
            if known == style:
                return level
        if para.heading:
            above = [level for known, level, _ in self.open if known[0] == "h" and known < style]
            return above[-1] + 1 if above else 0
        name, depth = style_of(para.marker)
        if name == "n.n":
            return depth
        numbered = [level for known, level, _ in self.open if known[0] != "p"]
        return numbered[-1] + 1 if numbered and not style.startswith("n") else 0

    def inherited(self, level: int) -> str | None:
        """The kind of the nearest heading above `level`."""
        above = [kind for _, at, kind in self.open if at < level]
        return above[-1] if above else None

    def enter(self, para: Para, level: int, kind: str | None) -> None:
        """Put a heading in force."""
        self.open = [s for s in self.open if s[1] < level] + [(heading_style(para), level, kind)]


def heading_style(para: Para) -> str:
    """What headings of one rank share: h1 for a style, n… for a number, pb or p for a plain line."""
    if para.heading:
        return f"h{para.heading}"
    if not para.marker:
        return "pb" if para.bold else "p"
    name, depth = style_of(para.marker)
    return f"n{name}{depth}"
