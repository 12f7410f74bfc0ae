"""Whatever is done in a review, in whatever order: no line is lost, and every step can be taken back."""

from typing import Any
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from kmportal.library.importer import coverage, parse, read_source
from kmportal.library.importer.model import KINDS, Vocabulary
from kmportal.library.importing import moves, work
from kmportal.library.importing.marks import in_full
from kmportal.library.importing.work import Choices, Work
from tests.make.imports import SUMMARY

SOURCE = read_source(SUMMARY.encode(), "a.txt")
FIRST = Work(parse(SOURCE), Choices())
VERBS = st.one_of(
    st.sampled_from(["confirm", "leave_out", "put_back", "spans", "merge", "split"]).map(lambda verb: (verb, "")),
    st.sampled_from(["session", "talk", "group", "section", "item", "paragraph"]).map(lambda value: ("type", value)),
    st.sampled_from(KINDS).map(lambda value: ("kind", value)),
    st.sampled_from(["1", "-1"]).map(lambda value: ("level", value)),
)


def letters(state: Work) -> str:
    """All letters of the draft, in order, with markers that are words."""
    return "".join("".join(in_full(block).split()) for block in state.draft.blocks)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VERBS, st.integers(0, 60), st.integers(1, 200)), max_size=12))
def test_no_move_loses_a_line_and_all_can_be_undone(steps: list[Any]) -> None:
    state, states, patches = FIRST, [FIRST.to_state()], []
    for (verb, value), number, cut in steps:
        block = state.draft.blocks[number % len(state.draft.blocks)]
        text = f"{block.text[:cut]}\n{block.text[cut:]}"
        with mock.patch.object(moves, "vocabulary", Vocabulary):
            try:
                after = moves.moved(verb, state, block.id, {"value": value, "text": text})
            except moves.CannotMove:
                continue
        patches.append(work.difference(state.to_state(), after.to_state()))
        assert work.apply(state.to_state(), patches[-1]) == after.to_state()
        state = after
        states.append(state.to_state())
        assert coverage(SOURCE, state.draft) == []
        assert letters(state) == letters(FIRST)
        assert len({one.id for one in state.draft.blocks}) == len(state.draft.blocks)
        assert Work.from_state(state.to_state()) == state
    now = states.pop()
    for patch in reversed(patches):
        now = work.apply(now, patch, backwards=True)
        assert now == states.pop()
