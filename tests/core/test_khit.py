"""Woven patterns."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmportal.core import khit


@given(st.text(max_size=40), st.sampled_from([9, 17]))
def test_a_motif_is_the_same_from_four_sides(seed: str, size: int) -> None:
    square = khit.motif(seed, size)
    assert square == [row[::-1] for row in square] == square[::-1]
    assert square == [list(column) for column in zip(*square, strict=True)]
    assert {thread for row in square for thread in row} <= {0, 1, 2, 3}


def test_patterns_do_not_change_between_releases() -> None:
    """People know their face: a change of the drawing is a decision, and this test the place to write it down."""
    drawn = "|".join(f"{s.thread}{s.path}{s.dashes}" for s in (*khit.cloth("ผลงาน 1", 68, 34), *khit.face("ผู้รู้ 1")))
    assert sha256(drawn.encode()).hexdigest()[:16] == "db042c43eb7348d2"


def test_different_ids_give_different_patterns() -> None:
    assert len({khit.cloth(str(number), 68, 34) for number in range(100)}) == 100
    assert len({khit.face(str(number)) for number in range(100)}) > 90


@given(st.text(max_size=20))
def test_dashes_repeat_with_the_cloth(seed: str) -> None:
    for stitch in khit.cloth(seed, 68, 34):
        lengths = [int(length) for length in stitch.dashes.split()]
        assert sum(lengths) == 16
        assert len(lengths) % 2 == 0


@pytest.mark.parametrize(("row", "value", "runs"), [([0, 1, 1, 0, 1], 1, [(1, 2), (4, 1)]), ([], 1, []), ([2, 2], 1, [])])
def test_runs(row: list[int], value: int, runs: list[tuple[int, int]]) -> None:
    assert khit.runs(row, value) == runs


def test_a_cover_is_light() -> None:
    sizes = [sum(len(s.path) + len(s.dashes) + 45 for s in khit.cloth(str(number), 68, 34)) for number in range(50)]
    assert max(sizes) < 3500
