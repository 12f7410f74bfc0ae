"""Tables: which cells are headers, and what the entries of a column or row mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

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


def table_block(para: Para, kind: str | None, before: str) -> Block:
    """The table of a paragraph group. `kind`: of the section it stands in; `before`: the text above it."""
    grid: dict[tuple[int, int], list[SourceLine]] = defaultdict(list)
    for line in para.cells:
        if line.table:
            grid[line.table[1], line.table[2]].append(line)
    rows = sorted({r for r, _ in grid})
    width = max(c for _, c in grid) + 1
    texts = [[" ".join(x.text for x in grid.get((r, c), [])) for c in range(width)] for r in rows]
    header = _has_header(texts, grid, rows)
    fallback = kind or _fallback(texts[1:] if header else texts, before)
    made = []
    for n, row in enumerate(rows):
        cells = [_cell(grid.get((row, c), []), header and n == 0, _kind(texts, header, n, c, fallback)) for c in range(width)]
        made.append(tuple(cells))
    title = " | ".join(t for t in texts[0] if t) if header else ""
    return Block(
        f"L{para.first}",
        "table",
        collapse(title),
        para.first,
        para.last,
        kind=fallback,
        confidence=0.8,
        rule="table",
        rows=tuple(made),
    )


def _cell(lines: Sequence[SourceLine], header: bool, kind: str | None) -> Cell:
    return Cell(tuple(Entry(collapse(x.text) or x.raw, x.no, x.marker, None if header else kind) for x in lines), header)


def _has_header(texts: Sequence[Sequence[str]], grid: dict[tuple[int, int], list[SourceLine]], rows: Sequence[int]) -> bool:
    """The first row is short, unmarked, and either bold, made of column words, or above longer rows."""
    first = [line for (r, _), lines in grid.items() if r == rows[0] for line in lines]
    if len(rows) < 2 or any(line.marker for line in first) or any(len(t) > _SHORT for t in texts[0]):
        return False
    if all(line.bold for line in first) or any(_HEAD.match(t) or role_of(t) for t in texts[0] if t):
        return True
    body = [len(t) for row in texts[1:] for t in row if t]
    return len([t for t in texts[0] if t]) >= 2 and sum(body) > 1.5 * len(body) * max(len(t) for t in texts[0])


def _kind(texts: Sequence[Sequence[str]], header: bool, row: int, col: int, fallback: str | None) -> str | None:
    """What an entry means: by its column's heading, else by the label at the start of its row, else by its own words."""
    for label in ([texts[0][col]] if header else []) + ([texts[row][0]] if col else []):
        role = role_of(label) if len(label) <= 80 else None
        if role and role.rest <= 14:
            return role.kind
    if col == 0 and _labels_rows(texts, header, row):
        return None
    if not header and _ABOUT.match(texts[row][0]):
        return None
    return fallback or cue_of(texts[row][col]) or "practice"


def _labels_rows(texts: Sequence[Sequence[str]], header: bool, row: int) -> bool:
    """Whether the first column only labels what stands beside it: in forms, and where it names a role."""
    if len(texts[0]) < 2 or len(texts[row][0]) > _SHORT:
        return False
    if (role := role_of(texts[row][0])) and role.rest <= 6:
        return not header or role_of(texts[0][0]) is None
    first = [t[0] for t in texts]
    return (
        not header
        and all(len(t) <= _SHORT for t in first)
        and sum(bool(_ABOUT.match(t) or role_of(t)) for t in first) * 2 > len(first)
    )


def _fallback(body: Sequence[Sequence[str]], before: str) -> str | None:
    return "definition" if _SORTING.search(before[-160:]) and body else None
