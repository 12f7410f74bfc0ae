"""The moves of the preview editor, as pure functions on the flat list of blocks.

Each returns a new tuple; the blocks given stay as they are. Ids do not change; a split gives the new piece an id of its own
("L8.1"). Lines stay covered: whatever is split or merged keeps the source lines it came from. What a person has decided is
sure: confidence 1, rule "edited", no flag.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, get_args

from .headers import session_title
from .inline import entries
from .kinds import cue_of, role_of
from .model import BLOCK_TYPES, KINDS, Block, BlockType, UnitType, Vocabulary
from .outline import DEFAULT_KIND
from .paragraphs import join
from .people import find_people
from .text import collapse
from .words import GROUP, categories, codes, find_agency

Blocks = tuple[Block, ...]
DEEPEST = 8
_KINDLESS = ("session", "unit", "table")


class EditError(Exception):
    """An edit that makes no sense. code: no_block, bad_type, bad_kind, bad_offset, bad_level, empty, no_previous, table."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def change_type(blocks: Sequence[Block], block_id: str, type_: str, vocabulary: Vocabulary | None = None) -> Blocks:
    """Make a block something else. A table becomes one block for each of its entries.

    Raises EditError: no_block, bad_type (unknown), table (nothing can be made a table).
    """
    if type_ not in BLOCK_TYPES:
        raise EditError("bad_type")
    at = _find(blocks, block_id)
    block = blocks[at]
    if block.type == type_:
        return tuple(blocks)
    if type_ == "table":
        raise EditError("table")
    if block.type == "table":
        return (*blocks[:at], *_entries(block, type_, _taken(blocks)), *blocks[at + 1 :])
    return _put(blocks, at, _as(block, type_, vocabulary or Vocabulary()))


def change_kind(blocks: Sequence[Block], block_id: str, kind: str | None, *, cascade: bool = True) -> Blocks:
    """Give a block another kind (None: no kind). A section hands it on to what stands below it and had its kind.

    Raises EditError: no_block, bad_kind.
    """
    if kind is not None and kind not in KINDS:
        raise EditError("bad_kind")
    at = _find(blocks, block_id)
    block = blocks[at]
    if block.type in ("session", "unit"):
        raise EditError("bad_kind")
    changed = list(_put(blocks, at, replace(block, kind=kind)))
    if block.type == "section" and cascade:
        for n in range(at + 1, len(changed)):
            below = changed[n]
            if below.type in ("session", "unit") or (below.type == "section" and below.level <= block.level):
                break
            if below.kind == block.kind and below.rule != "edited" and below.type in ("item", "paragraph"):
                changed[n] = replace(below, kind=kind or DEFAULT_KIND)
    return tuple(changed)


def split(blocks: Sequence[Block], block_id: str, at: int) -> Blocks:
    """Cut a block's text at a character offset; the second part follows as a block of the same type, kind and level.

    Raises EditError: no_block, table, bad_offset (nothing would stand on one side).
    """
    index = _find(blocks, block_id)
    block = blocks[index]
    if block.type == "table":
        raise EditError("table")
    left, right = block.text[: max(at, 0)].rstrip(), block.text[max(at, 0) :].lstrip()
    if not left or not right:
        raise EditError("bad_offset")
    type_: BlockType = "item" if block.type in ("session", "unit") else block.type
    second = _settled(replace(
        block, id=_fresh(block.id, _taken(blocks)), type=type_, text=right, marker=None, title="", speakers=(), agency=None,
        unit_type=None, kind=block.kind or (None if type_ == "paragraph" else DEFAULT_KIND),
    ))  # fmt: skip
    first = _settled(replace(block, text=left, title="" if block.type in ("session", "unit") else block.title))
    return (
        *blocks[:index],
        _as(first, block.type, Vocabulary()) if block.type == "unit" else first,
        second,
        *blocks[index + 1 :],
    )


def split_inline(blocks: Sequence[Block], block_id: str) -> Blocks:
    """Make an item of each entry of a block's inline list; the words before the list stay as the block.

    Raises EditError: no_block, bad_offset (the block holds no inline list).
    """
    index = _find(blocks, block_id)
    block = blocks[index]
    if not block.spans:
        raise EditError("bad_offset")
    lead = block.text[: block.spans[0][0]].strip()
    taken = _taken(blocks)
    made: list[Block] = []
    announced = role_of(lead[-60:]) if lead else None
    for marker, text in entries(block.text, block.spans):
        kind = announced.kind if announced else cue_of(text) or block.kind or DEFAULT_KIND
        new = block.id if not lead and not made else _fresh(block.id, taken)
        taken.add(new)
        made.append(
            _settled(
                replace(
                    block, id=new, type="item", text=text, marker=marker, kind=kind, level=min(block.level + bool(lead), DEEPEST)
                )
            )
        )
    first = (_settled(replace(block, text=lead)),) if lead else ()
    return (*blocks[:index], *first, *made, *blocks[index + 1 :])


def merge(blocks: Sequence[Block], block_id: str, vocabulary: Vocabulary | None = None) -> Blocks:
    """Append a block's text to the block before it, which keeps its type, kind and id.

    Raises EditError: no_block, no_previous, table (tables are not merged).
    """
    at = _find(blocks, block_id)
    if at == 0:
        raise EditError("no_previous")
    above, block = blocks[at - 1], blocks[at]
    if "table" in (above.type, block.type):
        raise EditError("table")
    text = f"{above.text}\n{block.text}" if above.type == "unit" else join(above.text, block.text)
    whole = replace(above, text=text, first=min(above.first, block.first), last=max(above.last, block.last))
    made = _as(whole, "unit", vocabulary or Vocabulary()) if above.type == "unit" else _settled(whole)
    return (*blocks[: at - 1], made, *blocks[at + 1 :])


def set_level(blocks: Sequence[Block], block_id: str, level: int) -> Blocks:
    """Move a section, item or paragraph in or out. Raises EditError: no_block, bad_level (below 0 or beyond DEEPEST)."""
    if not 0 <= level <= DEEPEST:
        raise EditError("bad_level")
    at = _find(blocks, block_id)
    return _put(blocks, at, replace(blocks[at], level=level))


def edit_text(blocks: Sequence[Block], block_id: str, text: str, vocabulary: Vocabulary | None = None) -> Blocks:
    """Replace a block's words. Raises EditError: no_block, empty, table (edit a table's entries after parting it)."""
    at = _find(blocks, block_id)
    block = blocks[at]
    if block.type == "table":
        raise EditError("table")
    lines = [collapse(line) for line in text.split("\n")]
    words = "\n".join(line for line in lines if line) if block.type == "unit" else collapse(text)
    if not words:
        raise EditError("empty")
    changed = replace(block, text=words)
    return _put(
        blocks, at, _as(changed, block.type, vocabulary or Vocabulary()) if block.type in ("session", "unit") else changed
    )


def _find(blocks: Sequence[Block], block_id: str) -> int:
    for n, block in enumerate(blocks):
        if block.id == block_id:
            return n
    raise EditError("no_block")


def _put(blocks: Sequence[Block], at: int, block: Block) -> Blocks:
    return (*blocks[:at], _settled(block), *blocks[at + 1 :])


def _settled(block: Block) -> Block:
    marks: dict[str, Any] = {} if block.type == "table" else {"categories": categories(block.text), "codes": codes(block.text)}
    return replace(block, confidence=1.0, rule="edited", flagged=False, spans=(), **marks)


def _taken(blocks: Sequence[Block]) -> set[str]:
    return {block.id for block in blocks}


def _fresh(base: str, taken: set[str]) -> str:
    stem = base.split(".", maxsplit=1)[0]
    n = 1
    while f"{stem}.{n}" in taken:
        n += 1
    return f"{stem}.{n}"


def _as(block: Block, type_: str, vocabulary: Vocabulary) -> Block:
    """The block as another type, with what that type needs."""
    plain = replace(block, type=_typed(type_), title="", unit_type=None, agency=None, speakers=())
    makers: dict[str, Callable[[Block], Block]] = {
        "session": lambda b: replace(b, title=session_title(b.text), kind=None, level=0, marker=None),
        "unit": lambda b: _unit(b, vocabulary),
        "section": lambda b: replace(b, kind=role.kind if (role := role_of(b.text)) else b.kind, level=min(b.level, 3)),
        "item": lambda b: replace(b, kind=b.kind or cue_of(b.text) or DEFAULT_KIND),
    }
    maker = makers.get(type_)
    return _settled(maker(plain) if maker else plain)


def _typed(type_: str) -> BlockType:
    known: dict[str, BlockType] = {name: name for name in get_args(BlockType)}
    return known[type_]


def _unit(block: Block, vocabulary: Vocabulary) -> Block:
    people = find_people(block.text, vocabulary)
    title = block.text.split("\n")[0]
    named = next((p.agency for p in people if p.agency), None) or find_agency(block.text, vocabulary)
    kind: UnitType = "group" if not people and GROUP.search(title) else "talk"
    if people and title.find(people[0].given) > 0:
        before = title[: title.find(people[0].prefix or people[0].given)].strip(" :：–-,(")
        title = before.removesuffix("โดย").strip() or title
    return replace(block, title=title, unit_type=kind, agency=named, speakers=tuple(people), kind=None, level=0)


def _entries(block: Block, type_: str, taken: set[str]) -> list[Block]:
    made: list[Block] = []
    for entry in (e for row in block.rows for cell in row for e in cell.entries):
        new = block.id if not made else _fresh(block.id, taken)
        taken.add(new)
        piece = replace(
            block,
            id=new,
            type="item",
            text=entry.text,
            marker=entry.marker,
            first=entry.line,
            last=entry.line,
            kind=entry.kind or block.kind,
            rows=(),
        )
        made.append(_as(piece, type_, Vocabulary()))
    return made
