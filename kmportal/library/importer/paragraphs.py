"""Source lines gathered into the units the outline works on: paragraphs (hard wraps joined) and whole tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from .kinds import role_of
from .markers import glyph, number_of, style_of
from .model import Source, SourceLine
from .people import LABEL
from .text import collapse, is_thai
from .words import CATEGORY_HEADER, CODE_LEAD, ORDINAL, SESSION

_PAGE = re.compile(
    r"[-–—]\s?[\d๐-๙]{1,3}\s?[-–—]|(?:หน้า|page)\s?(?:ที่\s?)?[\d๐-๙]{1,3}(?:\s?(?:/|จาก|of)\s?[\d๐-๙]{1,3})?"
    r"|\S.{0,120}\s{4,}(?:หน้า|page)\s?(?:ที่\s?)?[\d๐-๙]{1,3}",
    re.I,
)
_TITLE_INDENT = 8
_LONGEST = 6_000  # no paragraph of a wrapped file is longer


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: one source line, or several that a hard wrap had parted; or a table (`cells` not empty)."""

    text: str
    first: int
    last: int
    marker: str | None = None
    indent: float = 0.0
    level_hint: int | None = None
    bold: bool = False
    heading: int | None = None
    centred: bool = False
    gap: bool = False
    furniture: bool = False
    cells: tuple[SourceLine, ...] = ()

    @property
    def style(self) -> str:
        """The list style of the marker, '' without one."""
        return glyph(self.marker) if self.marker else ""

    @property
    def raw(self) -> str:
        """The text with its marker."""
        return f"{self.marker} {self.text}".strip() if self.marker else self.text


def is_ornament(text: str) -> bool:
    """A line of dashes, stars or the like: no letter, no digit."""
    return not any(c.isalnum() or is_thai(c) for c in text)


def paragraphs(source: Source) -> list[Para]:
    """Body paragraphs and tables in order. Ornament lines are left out; headers, footers and notes too."""
    made: list[Para] = []
    last_no = 0
    kept = [x for x in source.lines if x.place == "table" or (x.place == "body" and not is_ornament(x.raw))]
    for number, group in groupby(enumerate(kept), key=_group):
        lines = [line for _, line in group]
        gap = lines[0].no > last_no + 1
        if number >= 0:
            made.append(Para("", lines[0].no, lines[-1].no, gap=gap, cells=tuple(lines)))
        else:
            made.append(_para(lines[0], gap))
        last_no = lines[-1].no
    made = _number_alone(made)
    width = wrap_width(source) if source.media_type == "text/plain" else 0
    return _unwrap(made, width) if width else made


def _group(numbered: tuple[int, SourceLine]) -> int:
    """One number for all lines of a table, a number of its own (below zero) for any other line."""
    at, line = numbered
    return line.table[0] if line.place == "table" and line.table else -1 - at


def _para(line: SourceLine, gap: bool) -> Para:
    return Para(
        collapse(line.text), line.no, line.no, line.marker, line.indent, line.level_hint, line.bold, line.heading, line.centred, gap,
        bool(_PAGE.fullmatch(line.raw)),
    )  # fmt: skip


def _number_alone(paras: Sequence[Para]) -> list[Para]:
    """A marker alone on its line takes the next line as its text."""
    made: list[Para] = []
    for para in paras:
        before = made[-1] if made else None
        if before and before.marker and not before.text and not before.cells and not para.cells and not para.marker:
            made[-1] = replace(para, first=before.first, marker=before.marker, level_hint=before.level_hint, gap=before.gap)
        else:
            made.append(para)
    return made


def _length(text: str) -> int:
    """Columns on paper: marks above and below a Thai letter take none."""
    return sum(1 for c in text if unicodedata.category(c) != "Mn")


def wrap_width(source: Source) -> int:
    """The width at which a text file was hard-wrapped, 0 when its paragraphs run on."""
    body = [line for line in source.lines if line.place == "body"]
    lengths = sorted(int(line.indent) + _length(line.raw) for line in body)
    if len(lengths) < 8:
        return 0
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.95))]
    if not 45 <= width <= 130 or lengths[-1] > width * 1.35:
        return 0
    full = [n for n, line in enumerate(body[:-1]) if _reaches(line, width)]
    run_on = [n for n in full if body[n + 1].no == body[n].no + 1 and _may_continue(body[n + 1])]
    return width if len(full) >= 3 and len(run_on) * 2 > len(full) and len(full) * 5 > len(body) else 0


def _reaches(line: SourceLine, width: int) -> bool:
    return int(line.indent) + _length(line.raw) >= 0.8 * width


def _may_continue(line: SourceLine) -> bool:
    return line.marker is None and line.heading is None and not line.bold and not line.centred


def _unwrap(paras: Sequence[Para], width: int) -> list[Para]:
    made: list[Para] = []
    reach = 0
    for para in paras:
        before = made[-1] if made else None
        if before and reach >= 0.75 * width and len(before.text) < _LONGEST and _joins(before, para):
            made[-1] = replace(before, text=join(before.text, para.text), last=para.last)
        else:
            made.append(para)
        reach = int(para.indent) + _length(para.raw)
    return made


def _joins(before: Para, para: Para) -> bool:
    """Surely one paragraph: no blank line, no marker, no deeper first line, nothing that opens a piece of its own."""
    if (
        para.gap
        or para.cells
        or before.cells
        or para.furniture
        or before.furniture
        or para.marker
        or para.heading is not None
        or para.bold != before.bold
        or para.centred
    ):
        return False
    if not before.marker and (para.indent > before.indent + 2 or min(before.indent, para.indent) >= _TITLE_INDENT):
        return False
    return not opens_piece(para.text)


_ABOUT = re.compile(
    r"(?:(?:ระหว่าง|เมื่อ|ใน)?วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)?ที่\s?[\d๐-๙]|ณ\s|สถานที่\s?[:：]|วันที่\s?[:：]|เวลา\s?[\d๐-๙])"
)


def opens_piece(text: str) -> bool:
    """Whether a line begins something of its own whatever stands above: a session, a code, a label, a date, a role."""
    if any(p.match(text) for p in (SESSION, CATEGORY_HEADER, CODE_LEAD, ORDINAL, LABEL, _ABOUT)):
        return True
    role = role_of(text) if len(text) <= 50 else None
    return role is not None and role.at <= 4 and role.rest <= 3


def join(left: str, right: str) -> str:
    """Two halves of a wrapped paragraph: Thai runs on without a blank, anything else gets one."""
    if left and right and is_thai(left[-1]) and is_thai(right[0]):
        return left + right
    return f"{left} {right}".strip()


def is_list(para: Para | None) -> bool:
    """Whether the paragraph carries a list marker."""
    return para is not None and bool(para.marker)


def same_list(a: Para, b: Para) -> bool:
    """Whether the second paragraph carries a marker of the first one's style and does not start a list anew."""
    if not (a.marker and b.marker) or style_of(a.marker) != style_of(b.marker) or a.level_hint != b.level_hint:
        return False
    return number_of(b.marker) != 1 or number_of(a.marker) is None


def following(paras: Sequence[Para], at: int) -> Para | None:
    """The paragraph after the one at `at`, None at the end."""
    return paras[at + 1] if at + 1 < len(paras) else None


def asides(source: Source) -> Iterable[SourceLine]:
    """Header, footer and note lines, in order."""
    return (line for line in source.lines if line.place in ("header", "footer", "note"))
