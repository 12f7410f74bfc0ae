"""PDF files with a text layer: lines put together to paragraphs, running headers set aside, Thai glyph order repaired."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

from pypdf import PageObject, PdfReader

from .markers import split_marker
from .model import Limits, Place, SourceLine, UnreadableFile, Warn
from .paragraphs import join, opens_piece
from .read_text import unmark_letters
from .text import collapse, digits, repair_pdf

PDF = "application/pdf"
_CONTENT_BYTES = 8 * 1024 * 1024
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:หน้า(?:ที่)?|page)?\s{0,3}\d{1,4}(?:\s{0,3}(?:/|จาก|of)\s{0,3}\d{1,4})?[-–—\s]*", re.I)
_FEWEST = 8
_COLUMN = 6.0
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns about every crooked file; what counts becomes UnreadableFile


@dataclass(slots=True)
class _Line:
    """One line of a page as it is set."""

    x: float
    y: float
    size: float
    page: int
    text: str = ""
    bold: int = 0
    plain: int = 0
    gap: bool = False
    place: Place = "body"

    @property
    def columns(self) -> int:
        return sum(1 for c in self.text if unicodedata.category(c) != "Mn")

    @property
    def reach(self) -> float:
        """About where the line ends: half an em a character."""
        return self.x + self.columns * (self.size or 12) * 0.5


@dataclass(slots=True)
class _Page:
    """Gathers what pypdf shows its visitor."""

    number: int
    lines: list[_Line] = field(default_factory=list)
    open: bool = False

    def see(self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, size: float) -> None:
        parts = text.split("\n")
        for n, part in enumerate(parts):
            if part:
                if not self.open:
                    self.lines.append(
                        _Line(tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5], abs(size * (tm[0] or 1)) or 12.0, self.number)
                    )
                    self.open = True
                line = self.lines[-1]
                line.text += part
                bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
                line.bold += bold and bool(part.strip())
                line.plain += not bold and bool(part.strip())
            if n < len(parts) - 1:
                self.open = False


def read_pdf(data: bytes, limits: Limits) -> tuple[list[SourceLine], list[Warn]]:
    """(lines, warnings) of a PDF. UnreadableFile: encrypted, no_text_layer, too_long or damaged."""
    try:
        lines = _gather(data, limits)
    except UnreadableFile:
        raise
    except Exception as error:  # pypdf raises nearly anything for a broken file
        raise UnreadableFile("damaged", f"PDF: {type(error).__name__}") from error
    letters = [c for line in lines for c in line.text if not c.isspace()]
    if len(letters) < _FEWEST:
        raise UnreadableFile("no_text_layer", "no text on any page")
    odd = sum(
        1 for c in letters if c == "\ufffd" or (unicodedata.category(c) in ("Co", "Cn", "Cc") and not "\uf020" <= c <= "\uf0ff")
    )
    if odd * 2 > len(letters):
        raise UnreadableFile("no_text_layer", "the font does not say which letters it draws")
    furniture = _set_aside(lines)
    kept = [line for line in lines if line.place == "body"]
    _find_gaps(kept)
    return unmark_letters(_source_lines(kept, furniture)), _warnings(furniture, odd)


def _gather(data: bytes, limits: Limits) -> list[_Line]:
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile("encrypted", "a password is needed")
    if len(reader.pages) > limits.pages:
        raise UnreadableFile("too_long", f"{len(reader.pages)} pages")
    lines: list[_Line] = []
    for number, page in enumerate(reader.pages, start=1):
        lines += _page_lines(page, number)
        if len(lines) > limits.lines:
            raise UnreadableFile("too_long", "too many lines")
    return lines


def _page_lines(page: PageObject, number: int) -> list[_Line]:
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _CONTENT_BYTES:
        raise UnreadableFile("too_long", "a page of drawings")
    seen = _Page(number)
    page.extract_text(visitor_text=seen.see)
    for line in seen.lines:
        line.text = collapse(repair_pdf(line.text))
    return [line for line in seen.lines if line.text]


def _find_gaps(lines: Sequence[_Line]) -> None:
    """Mark lines that stand clearly further below the one above than lines of this file do."""
    pairs = [(a, b) for a, b in pairwise(lines) if a.page == b.page and a.y > b.y]
    usual = median([a.y - b.y for a, b in pairs]) if pairs else 0.0
    for above, line in pairs:
        line.gap = above.y - line.y > 1.5 * usual


def _set_aside(lines: Sequence[_Line]) -> list[_Line]:
    """Mark page numbers and what stands at the top or foot of most pages; one of each kind is returned to be kept."""
    pages: dict[int, list[_Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges: list[tuple[_Line, Place]] = []
    for body in pages.values():
        by_height = sorted(body, key=lambda line: -line.y)
        edges += [(line, "header") for line in by_height[:2]] + [(line, "footer") for line in by_height[2:][-2:]]
    often = Counter((place, _shape(line.text)) for line, place in edges)
    kept: dict[str, _Line] = {}
    for line, place in edges:
        if _PAGE_NUMBER.fullmatch(digits(line.text)) and len(pages) > 1:
            line.place = place
        elif len(pages) > 1 and often[place, _shape(line.text)] > max(1, len(pages) * 0.5):
            line.place = place
            kept.setdefault(_shape(line.text), line)
    return list(kept.values())


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", digits(collapse(text)))


def _source_lines(body: Sequence[_Line], furniture: Sequence[_Line]) -> list[SourceLine]:
    ends = sorted(line.reach for line in body)
    edge = ends[int(len(ends) * 0.95)] if ends else 0.0
    made: list[SourceLine] = []
    no = 0
    before: _Line | None = None
    for line in body:
        marker, text = split_marker(line.text)
        if before is not None and made and marker is None and _runs_on(before, line, made[-1], edge):
            last = made[-1]
            made[-1] = SourceLine(last.no, join(last.text, text), last.marker, last.indent, bold=last.bold, page=last.page)
        else:
            no += 2 if line.gap else 1
            made.append(SourceLine(no, text, marker, line.x / _COLUMN, bold=line.bold > 0 and not line.plain, page=line.page))
        before = line
    for line in furniture:
        no += 2
        made.append(SourceLine(no, line.text, place=line.place, page=line.page))
    return made


def _runs_on(before: _Line, line: _Line, open_line: SourceLine, edge: float) -> bool:
    """Whether the line goes on with the paragraph above: that one is full, and this one is not set apart."""
    if before.reach < 0.86 * edge or line.gap or (line.bold > 0 and not line.plain) != open_line.bold:
        return False
    if abs(before.size - line.size) > 0.15 * before.size or opens_piece(line.text):
        return False
    if open_line.marker is not None:
        return line.x > open_line.indent * _COLUMN - 2
    return line.x <= before.x + 1.2 * line.size


def _warnings(furniture: Sequence[_Line], odd: int) -> list[Warn]:
    warnings = [Warn("running_headers_set_aside", len(furniture))] if furniture else []
    return [*warnings, Warn("unknown_glyphs", odd)] if odd else warnings
