"""What can be done with one block of a draft under review: a state in, a new state out. No line is ever lost."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kmportal.library.importer import edit
from kmportal.library.importer.model import Block, Speaker
from kmportal.library.importing.marks import in_full
from kmportal.library.importing.vocabulary import vocabulary
from kmportal.library.importing.work import Work
from kmportal.people.names import split_prefix
from kmportal.taxonomy.models import PmqaCategory

BY_HAND = "edited"
DEEPEST = 3
UNITS = ("talk", "group")
REASONS: dict[str, str | Promise] = {
    "no_block": _("This part is not there any more. Load the page again."),
    "bad_type": _("It cannot be made into this."),
    "bad_kind": _("Only section headings, items and paragraphs have a kind. Change the type first."),
    "bad_offset": _("Press Enter in the text where the new part begins, then split."),
    "bad_level": _("It cannot go further in this direction."),
    "empty": _("The text cannot be empty. To keep it off the page, choose “Leave it off the page”."),
    "no_previous": _("There is nothing before this part to join it with."),
    "table": _("A table stays as it is. Make items of it first, or change its cells in the CMS after the page is made."),
    "no_levels": _("Only items and section headings have levels."),
    "no_speakers": _("Only talks and group discussions have speakers. Change the type first."),
    "reworded": _("The words have changed too. Save the text first, then split it."),
    "gone": _("This agency or person is not there any more. Choose again."),
}
Values = Mapping[str, Any]
Move = Callable[[Work, str, Values], Work]


class CannotMove(Exception):
    """The move is not possible on this block; `words` say why and what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.words = REASONS[code]


def moved(verb: str, state: Work, block: str, values: Values) -> Work:
    """The state after a move. verb: a key of MOVES.

    Raises:
        CannotMove: nothing changes.
    """
    try:
        return MOVES[verb](state, block, values)
    except edit.EditError as error:
        raise CannotMove(error.code) from error


# --- Judging ---------------------------------------------------------------------------------------------------------------------
def _confirm(state: Work, block: str, _values: Values) -> Work:
    """It is right as it is."""
    return _put(state, dataclasses.replace(_block(state, block), confidence=1.0, flagged=False, rule=BY_HAND))


def _leave_out(state: Work, block: str, _values: Values) -> Work:
    """It stays in the import, struck through, and in the original file, but does not come onto the page."""
    _block(state, block)
    return _choose(state, tuple(dict.fromkeys((*state.choices.left_out, block))))


def _put_back(state: Work, block: str, _values: Values) -> Work:
    """Onto the page again."""
    _block(state, block)
    return _choose(state, tuple(one for one in state.choices.left_out if one != block))


# --- Meaning ---------------------------------------------------------------------------------------------------------------------
def _retype(state: Work, block: str, values: Values) -> Work:
    """Session, talk, group, section, item or paragraph; a table becomes one of these for each of its entries."""
    wanted, old = str(values["value"]), _block(state, block)
    if wanted not in UNITS:
        done = _blocks(state, edit.change_type(state.draft.blocks, block, wanted))
        return _put(done, dataclasses.replace(_block(done, block), marker=old.marker)) if old.type != "table" else done
    done = _blocks(state, edit.change_type(state.draft.blocks, block, "unit", vocabulary()))
    return _put(done, dataclasses.replace(_block(done, block), unit_type="group" if wanted == "group" else "talk"))


def _rekind(state: Work, block: str, values: Values) -> Work:
    """What an item or a section tells. A paragraph becomes an item by it."""
    blocks = state.draft.blocks
    if _block(state, block).type == "paragraph":
        blocks = edit.change_type(blocks, block, "item")
    return _blocks(state, edit.change_kind(blocks, block, str(values["value"])))


def _relevel(state: Work, block: str, values: Values) -> Work:
    """One level deeper (1) or less deep (-1)."""
    old = _block(state, block)
    step = {"1": 1, "-1": -1}.get(str(values["value"]))
    if step is None or old.type not in ("item", "section"):
        raise CannotMove("no_levels")
    if old.level + step > DEEPEST:
        raise CannotMove("bad_level")
    return _blocks(state, edit.set_level(state.draft.blocks, block, old.level + step))


# --- Text ------------------------------------------------------------------------------------------------------------------------
def _reword(state: Work, block: str, values: Values) -> Work:
    """Another text; what the file says stays beside it."""
    known = vocabulary() if _block(state, block).type == "unit" else None
    return _blocks(state, edit.edit_text(state.draft.blocks, block, str(values["text"]).replace("\r", ""), known))


def _split(state: Work, block: str, values: Values) -> Work:
    """In parts where the text has line breaks; the words must be those of the block."""
    old = _block(state, block)
    parts = [part for part in str(values["text"]).replace("\r", "").split("\n") if part.strip()]
    if "".join("".join(parts).split()) != "".join(old.text.split()):
        raise CannotMove("reworded")
    if len(parts) < 2:
        raise edit.EditError("bad_offset")
    blocks, cut = state.draft.blocks, block
    for part in parts[:-1]:
        at = next(n for n, one in enumerate(blocks) if one.id == cut)
        blocks = edit.split(blocks, cut, _letters(blocks[at].text, len("".join(part.split()))))
        cut = blocks[at + 1].id
    return _same_fate(_blocks(state, blocks), old, state)


def _split_list(state: Work, block: str, _values: Values) -> Work:
    """The items of a list that was written inline, each by itself, and what stands before them."""
    old = _block(state, block)
    return _same_fate(_blocks(state, edit.split_inline(state.draft.blocks, block)), old, state)


def _merge(state: Work, block: str, _values: Values) -> Work:
    """Joined to the end of the part before it, whose type it takes."""
    second = _block(state, block)
    told = _put(state, dataclasses.replace(second, text=in_full(second)))
    done = _blocks(state, edit.merge(told.draft.blocks, block, vocabulary()))
    return _choose(done, tuple(one for one in state.choices.left_out if one != block))


def _talk(state: Work, block: str, values: Values) -> Work:
    """Title, agency, speakers and categories of a talk, as the editor writes them."""
    old = _block(state, block)
    if old.type != "unit":
        raise CannotMove("no_speakers")
    changed = dataclasses.replace(
        old,
        title=" ".join(str(values["title"]).split()),
        agency=" ".join(str(values["agency"]).split()) or None,
        speakers=tuple(_speaker(line) for line in str(values["people"]).splitlines() if line.strip()),
        categories=tuple(number for number in PmqaCategory.NUMBERS if number in str(values["categories"]).upper()),
        confidence=1.0,
        flagged=False,
        rule=BY_HAND,
    )
    return _put(state, changed)


def _speaker(line: str) -> Speaker:
    """'นายสมชาย ใจดี | ผู้อำนวยการ | กรมทางหลวง'."""
    name, position, agency, *_rest = [" ".join(part.split()) for part in f"{line}|||".split("|")]
    prefix, rest = split_prefix(name)
    given, _gap, family = rest.partition(" ")
    return Speaker(prefix, given, family, position, agency)


# --- Hands -----------------------------------------------------------------------------------------------------------------------
def _block(state: Work, block: str) -> Block:
    found = next((one for one in state.draft.blocks if one.id == block), None)
    if found is None:
        raise CannotMove("no_block")
    return found


def _blocks(state: Work, blocks: tuple[Block, ...]) -> Work:
    return dataclasses.replace(state, draft=dataclasses.replace(state.draft, blocks=blocks))


def _put(state: Work, block: Block) -> Work:
    return _blocks(state, tuple(block if one.id == block.id else one for one in state.draft.blocks))


def _choose(state: Work, left_out: tuple[str, ...]) -> Work:
    return dataclasses.replace(state, choices=dataclasses.replace(state.choices, left_out=left_out))


def _same_fate(done: Work, old: Block, before: Work) -> Work:
    """The new parts of a block that was left out are left out too."""
    if old.id not in before.choices.left_out:
        return done
    known = {one.id for one in before.draft.blocks}
    return _choose(done, (*before.choices.left_out, *(one.id for one in done.draft.blocks if one.id not in known)))


def _letters(text: str, count: int) -> int:
    """The offset behind so many letters, blanks not counted."""
    for at, sign in enumerate(text):
        count -= not sign.isspace()
        if count == 0:
            return at + 1
    return len(text)


MOVES: Mapping[str, Move] = {
    "confirm": _confirm,
    "leave_out": _leave_out,
    "put_back": _put_back,
    "type": _retype,
    "kind": _rekind,
    "level": _relevel,
    "text": _reword,
    "split": _split,
    "spans": _split_list,
    "merge": _merge,
    "talk": _talk,
}
