"""The moves of the preview: each gives a new list, keeps ids and lines, and can be combined at will."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmportal.library.importer import BLOCK_TYPES, KINDS, Block, parse, read_source
from kmportal.library.importer.edit import EditError, change_kind, change_type, edit_text, merge, set_level, split, split_inline
from kmportal.library.importer.text import bare

TEXT = """สรุปการประชุม
เรื่อง การทดสอบ
ปัญหาและอุปสรรค
- ขาดคน
- ขาดเงิน
แนวทางได้แก่ 1) ทำสิ่งแรกให้เสร็จก่อน 2) ทำสิ่งที่สอง และ 3) ทำสิ่งที่สาม
ก\tข\tค
1\t2\t3
"""


def blocks() -> tuple[Block, ...]:
    return parse(read_source(TEXT.encode(), "a.txt")).blocks


def test_kind_of_a_section_is_handed_on() -> None:
    made = change_kind(blocks(), "L3", "lesson")
    assert [(b.id, b.kind, b.rule) for b in made[:3]] == [
        ("L3", "lesson", "edited"),
        ("L4", "lesson", "marker"),
        ("L5", "lesson", "marker"),
    ]
    alone = change_kind(blocks(), "L3", "lesson", cascade=False)
    assert [b.kind for b in alone[:3]] == ["lesson", "obstacle", "obstacle"]


def test_split_and_merge_are_opposites() -> None:
    before = blocks()
    parted = split(before, "L4", 3)
    assert [(b.id, b.text, b.first, b.last) for b in parted[1:3]] == [("L4", "ขาด", 4, 4), ("L4.1", "คน", 4, 4)]
    whole = merge(parted, "L4.1")
    assert [(b.id, b.text) for b in whole] == [(b.id, b.text) for b in before]


def test_merge_keeps_the_lines() -> None:
    made = merge(blocks(), "L5")
    assert (made[1].text, made[1].first, made[1].last, len(made)) == ("ขาดคนขาดเงิน", 4, 5, len(blocks()) - 1)


def test_inline_list() -> None:
    made = split_inline(blocks(), "L6")
    parts = [b for b in made if b.first == 6]
    assert [(b.id, b.type, b.marker, b.text) for b in parts] == [
        ("L6", "paragraph", None, "แนวทางได้แก่"), ("L6.1", "item", "1)", "ทำสิ่งแรกให้เสร็จก่อน"), ("L6.2", "item", "2)", "ทำสิ่งที่สอง"), ("L6.3", "item", "3)", "ทำสิ่งที่สาม"),
    ]  # fmt: skip


def test_a_table_becomes_items() -> None:
    made = change_type(blocks(), "L7", "item")
    cells = [b for b in made if b.first >= 7]
    assert [(b.id, b.type, b.text, b.first) for b in cells] == [
        ("L7", "item", "ก", 7), ("L7.1", "item", "ข", 7), ("L7.2", "item", "ค", 7), ("L7.3", "item", "1", 8), ("L7.4", "item", "2", 8), ("L7.5", "item", "3", 8),
    ]  # fmt: skip


def test_a_line_becomes_a_talk() -> None:
    made = edit_text(blocks(), "L4", "บัญชีหน้าเดียว โดย นายก้อง ใจดี กรมที่ดิน")
    unit = change_type(made, "L4", "unit")[1]
    assert (unit.type, unit.title, unit.agency, [s.given for s in unit.speakers]) == ("unit", "บัญชีหน้าเดียว", "กรมที่ดิน", ["ก้อง"])
    assert (unit.confidence, unit.flagged, unit.rule) == (1.0, False, "edited")


@pytest.mark.parametrize(
    ("code", "move"),
    [
        ("no_block", lambda b: set_level(b, "L99", 1)), ("bad_level", lambda b: set_level(b, "L4", 99)), ("bad_kind", lambda b: change_kind(b, "L4", "poem")),
        ("bad_type", lambda b: change_type(b, "L4", "poem")), ("table", lambda b: change_type(b, "L4", "table")), ("table", lambda b: merge(b, "L7")), ("table", lambda b: split(b, "L7", 1)),
        ("no_previous", lambda b: merge(b, b[0].id)), ("bad_offset", lambda b: split(b, "L4", 0)), ("bad_offset", lambda b: split(b, "L4", 999)), ("bad_offset", lambda b: split_inline(b, "L4")),
        ("empty", lambda b: edit_text(b, "L4", " \n ")),
    ],
)  # fmt: skip
def test_refusals(code: str, move: Callable[[tuple[Block, ...]], object]) -> None:
    before = blocks()
    with pytest.raises(EditError) as refused:
        move(before)
    assert refused.value.code == code
    assert before == blocks()


def moved(made: tuple[Block, ...], move: int, where: int, number: int) -> tuple[Block, ...]:
    target = made[where % len(made)].id
    moves: tuple[Callable[[], tuple[Block, ...]], ...] = (
        lambda: change_type(made, target, BLOCK_TYPES[number % 6]),
        lambda: change_kind(made, target, KINDS[number % 10]),
        lambda: split(made, target, number),
        lambda: merge(made, target),
        lambda: set_level(made, target, number % 10),
        lambda: split_inline(made, target),
    )
    try:
        return moves[move]()
    except EditError:
        return made


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40), st.integers(0, 30)), max_size=12))
def test_any_moves(moves: list[tuple[int, int, int]]) -> None:
    made = blocks()
    before = words(made)
    for move in moves:
        made = moved(made, *move)
    assert len({b.id for b in made}) == len(made)
    assert words(made) == before
    assert {n for b in made for n in range(b.first, b.last + 1)} == {3, 4, 5, 6, 7, 8}


def words(made: tuple[Block, ...]) -> str:
    """All letters in order; the numbers of an inline list and its last "and" are marks, and go when it is parted."""
    texts = [b.text if b.type != "table" else "".join(e.text for row in b.rows for c in row for e in c.entries) for b in made]
    return re.sub(r"\d\)|และ", "", bare("".join(texts)))
