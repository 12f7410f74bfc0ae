"""Tables in plain text: cells begun by a tab (as word processors export them), columns parted by tabs, or by bars."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .markers import split_marker
from .model import SourceLine

_RULE = re.compile(r"[\s|+:=–—-]*")
_SHORT = 60
_WIDEST = 12
Cells = dict[int, list[SourceLine]]


def cells_of(lines: Sequence[str]) -> Cells:
    """Line number (1-based) to the cell paragraphs on that line, for the lines that are part of a table."""
    found: Cells = {}
    number = 0
    at = 0
    while at < len(lines):
        for find in (_tab_cells, _tab_columns, _bars):
            end, cells = find(lines, at, number)
            if cells:
                found.update(cells)
                number += 1
                at = end
                break
        else:
            at += 1
    return found


def _cell(text: str, table: int, row: int, col: int) -> SourceLine:
    marker, rest = split_marker(text.strip())
    return SourceLine(0, rest, marker, place="table", table=(table, row, col))


def _tab_cells(lines: Sequence[str], at: int, table: int) -> tuple[int, Cells]:
    """A header of k lines that each begin with a tab, a blank line, then rows of k cells begun by a tab each."""
    rows = [_header(lines, at)]
    width = len(rows[0])
    if width < 2:
        return at, {}
    end = at + width
    while ((start := _skip_blank(lines, end)) > end and start < len(lines)) or len(rows) > 1:
        row = _row(lines, start, width)
        if sum(lines[i].startswith("\t") for i in row) != width:
            break
        rows.append(row)
        end = row[-1] + 1
    if not _is_filled([lines[i] for row in rows[1:] for i in row]):
        return at, {}
    cells: Cells = {}
    for number, row in enumerate(rows):
        col = -1
        for index in row:
            col += lines[index].startswith("\t")
            cells[index + 1] = [_cell(lines[index], table, number, col)]
    return end, cells


def _header(lines: Sequence[str], at: int) -> range:
    """The run of short unmarked lines from `at` that each begin with a tab."""
    end = at
    while end < min(at + _WIDEST, len(lines)) and _names_column(lines[end]):
        end += 1
    return range(at, end)


def _names_column(line: str) -> bool:
    text = line.strip()
    return line.startswith("\t") and 0 < len(text) <= 40 and split_marker(text)[0] is None


def _skip_blank(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def _row(lines: Sequence[str], at: int, width: int) -> range:
    """The lines from `at` to a blank line or to the tab that would begin one cell too many."""
    end = at
    cells = 0
    while end < len(lines) and lines[end].strip():
        cells += lines[end].startswith("\t")
        if cells > width or not cells:
            break
        end += 1
    return range(at, end)


def _is_filled(body: Sequence[str]) -> bool:
    """Cells of several paragraphs, or short ones: not just paragraphs with an indented first line."""
    return bool(body) and (any(not x.startswith("\t") for x in body) or all(len(x.strip()) <= _SHORT for x in body))


def _tab_columns(lines: Sequence[str], at: int, table: int) -> tuple[int, Cells]:
    """Two or more lines one after the other with the same number of columns parted by tabs."""
    width = len(_columns(lines[at]))
    end = at
    while width >= 2 and end < len(lines) and len(_columns(lines[end])) == width:
        end += 1
    if end - at < (2 if width > 2 else 3):
        return at, {}
    rows = enumerate(range(at, end))
    return end, {i + 1: [_cell(c, table, row, n) for n, c in enumerate(_columns(lines[i])) if c] for row, i in rows}


def _columns(line: str) -> list[str]:
    if line.startswith("\t") or not line.strip():
        return []
    first, *others = [c.strip() for c in line.rstrip().split("\t")]
    others = [c for n, c in enumerate(others) if c or n]
    if others and _is_marker(first) and (len(others) == 1 or not first.isdigit()):
        first, others = f"{first} {others[0]}", others[1:]
    return [first, *others] if others else []


def _is_marker(text: str) -> bool:
    """Whether a column holds nothing but a list marker ("1." and a tab before the text)."""
    marker, rest = split_marker(f"{text}\t")
    return marker is not None and not rest


def _bars(lines: Sequence[str], at: int, table: int) -> tuple[int, Cells]:
    """Rows whose cells are parted by |."""
    end = at
    cells: Cells = {}
    row = 0
    while end < len(lines) and lines[end].count("|") >= 2:
        ruled = bool(_RULE.fullmatch(lines[end]))
        if ruled and row == 0 and end > at:
            break
        parts = [] if ruled else [c.strip() for c in lines[end].strip().strip("|").split("|")]
        cells[end + 1] = [_cell(c, table, row, n) for n, c in enumerate(parts) if c]
        row += not ruled
        end += 1
    return (end, cells) if row >= 2 else (at, {})
