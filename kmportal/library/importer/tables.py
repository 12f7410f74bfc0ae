"""Tables: which cells are headers, and what the entries of a column or row mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from .kinds import cue_of, role_of
from .model import Block, Cell, Entry, SourceLine
from .paragraphs import Para
from .text import collapse

_SORTING = re.compile(r"กลุ่ม|จำแนก|แบ่ง(?:เป็น|ออก)|ประเภท|ได้แก่|classif|group|categor|types?", re.I)
_HEAD = re.compile(
    r"(?:ลำดับ|ที่$|หัวข้อ|ประเด็น|รายการ|รายละเอียด|หมายเหตุ|ผู้รับผิดชอบ|ระยะเวลา|กิจกรรม|หน่วยงาน|no\.?$|#|topic|detail|item|remark|responsible|when|who|what)",
    re.I,
)
_ABOUT = re.compile(
    r"(?:ชื่อ|เรื่อง|หัวข้อ|วัน|เวลา|สถานที่|หน่วยงาน|สังกัด|ตำแหน่ง|ผู้(?:เล่า|บันทึก|เข้าร่วม|ดำเนิน|จัดทำ|ถอด|ให้|สรุป|รับผิดชอบ)|วิทยากร|คุณ(?:อำนวย|ลิขิต|กิจ|เอื้อ)|ประธาน|กลุ่มเป้าหมาย|โทร|อีเมล"
    r"|title|topic|date|time|venue|place|speaker|agency|participants|recorded)",
    re.I,
)
_SHORT = 45


_NO_STATEMENT = re.compile(
    r"(?:ลำดับ|ที่$|ผู้รับผิดชอบ|ระยะเวลา|กำหนดเสร็จ|วันที่|หน่วยงาน|งบประมาณ|no\.?$|#$|responsible|who$|when$|due|deadline|date|budget)",
    re.I,
)


@dataclass(slots=True)
class _Grid:
    """A table as rows of texts; columns that hold nothing are left out."""

    lines: dict[tuple[int, int], list[SourceLine]]
    rows: list[int]
    columns: list[int]
    texts: list[list[str]] = field(default_factory=list)
    header: bool = False
    is_form: bool = False

    @classmethod
    def of(cls, cells: Sequence[SourceLine]) -> _Grid:
        lines: dict[tuple[int, int], list[SourceLine]] = defaultdict(list)
        for line in cells:
            if line.table:
                lines[line.table[1], line.table[2]].append(line)
        grid = cls(dict(lines), sorted({r for r, _ in lines}), sorted({c for _, c in lines}))
        grid.texts = [[" ".join(x.text for x in grid.at(r, c)) for c in grid.columns] for r in grid.rows]
        grid.header = grid._has_header()
        grid.is_form = not grid.header and grid._first_column_labels()
        return grid

    def at(self, row: int, column: int) -> list[SourceLine]:
        """The paragraphs of a cell."""
        return self.lines.get((row, column), [])

    def _has_header(self) -> bool:
        """The first row is short, unmarked, and either bold, made of column words, or above longer rows."""
        texts = self.texts
        first = [line for column in self.columns for line in self.at(self.rows[0], column)]
        if len(texts) < 2 or any(line.marker for line in first) or any(len(t) > _SHORT for t in texts[0]):
            return False
        if all(line.bold for line in first) or any(_HEAD.match(t) or role_of(t) for t in texts[0] if t):
            return not (len(self.columns) == 2 and len(texts) > 2 and _labels(texts[0][0]) and _labels(texts[1][0]))
        body = [len(t) for row in texts[1:] for t in row if t]
        return len([t for t in texts[0] if t]) >= 2 and sum(body) > 1.5 * len(body) * max(len(t) for t in texts[0])

    def _first_column_labels(self) -> bool:
        first = [row[0] for row in self.texts]
        if len(self.columns) < 2 or any(len(t) > _SHORT for t in first):
            return False
        return sum(map(_labels, first)) * 2 > len(first)

    def heading(self, column: int) -> str:
        """The header above a column; a header cell over several columns counts for all of them."""
        above = [t for t in self.texts[0][: column + 1] if t] if self.header else []
        return above[-1] if above else ""

    def label(self, row: int) -> str:
        """The first cell of a row; an empty one is merged with the cell above."""
        above = [r[0] for r in self.texts[max(0, row - 20) : row + 1] if r[0]]
        return above[-1] if above and (row or not self.header) else ""


def _labels(text: str) -> bool:
    role = role_of(text) if len(text) <= _SHORT else None
    return bool(_ABOUT.match(text)) or (role is not None and role.rest <= 6)


def table_block(para: Para, kind: str | None, before: str) -> Block:
    """The table of a paragraph group. `kind`: of the section it stands in; `before`: the text above it."""
    grid = _Grid.of(para.cells)
    fallback = kind or ("definition" if _SORTING.search(before[-160:]) else None)
    made = []
    for n, row in enumerate(grid.rows):
        header = grid.header and n == 0
        cells = [_cell(grid.at(row, column), header, _kind(grid, n, c, fallback)) for c, column in enumerate(grid.columns)]
        made.append(tuple(cells))
    title = " | ".join(t for t in grid.texts[0] if t) if grid.header else ""
    return Block(
        f"L{para.first}", "table", collapse(title), para.first, para.last, kind=fallback, confidence=0.8, rule="table", rows=tuple(made)
    )  # fmt: skip


def _cell(lines: Sequence[SourceLine], header: bool, kind: str | None) -> Cell:
    return Cell(tuple(Entry(collapse(x.text) or x.raw, x.no, x.marker, None if header else kind) for x in lines), header)


def _kind(grid: _Grid, row: int, column: int, fallback: str | None) -> str | None:
    """What an entry means: by its column's heading, else by the label at the start of its row, else by its own words."""
    heading, label = grid.heading(column), grid.label(row)
    if _NO_STATEMENT.match(heading) or not any(c.isalpha() for c in grid.texts[row][column]):
        return None
    if column == 0 and (grid.is_form or (_role(label) and not _role(heading))):
        return None
    for text in (heading, label if column else ""):
        if role := _role(text):
            return role
    if grid.is_form and _ABOUT.match(label):
        return None
    return fallback or cue_of(grid.texts[row][column]) or "practice"


def _role(text: str) -> str | None:
    role = role_of(text) if 0 < len(text) <= 80 else None
    return role.kind if role and role.rest <= 14 else None
