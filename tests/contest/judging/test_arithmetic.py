"""The arithmetic of judging: what no way of scoring may change. Without a database."""

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kmportal.contest import drawing, scoring
from kmportal.contest.scoring import Criterion, Sheet

CRITERIA = [Criterion("clear", 30, 5), Criterion("used", 40, 5), Criterion("shared", 30, 5)]
points = st.fixed_dictionaries({one.key: st.integers(0, 5) for one in CRITERIA})


@st.composite
def panels(draw: Any) -> list[Sheet]:
    """Two to five judges, two to six entries; the first judge saw all, so everybody can be compared."""
    judges, entries = draw(st.integers(2, 5)), draw(st.integers(2, 6))
    rest = [(entry, judge) for entry in range(entries) for judge in range(1, judges)]
    chosen = [(entry, 0) for entry in range(entries)] + draw(st.lists(st.sampled_from(rest), unique=True))
    return [Sheet(entry, judge, draw(points)) for entry, judge in chosen]


def _order(found: dict[Any, scoring.Total]) -> list[tuple[Any, int]]:
    return [(one.entry, one.place) for one in scoring.placed(found.values(), CRITERIA)]


@settings(max_examples=60, deadline=None)
@given(panels(), st.integers(1, 40), st.data())
def test_a_stricter_judge_changes_no_order(sheets: list[Sheet], more: int, data: Any) -> None:
    """Also not beyond the scale, where no real judge gets: the criteria get room for it."""
    judge = data.draw(st.sampled_from(sorted({one.judge for one in sheets}, key=str)))
    moved = [
        Sheet(one.entry, one.judge, {key: value + more * (one.judge == judge) for key, value in one.points.items()})
        for one in sheets
    ]
    assert _order(scoring.totals(moved, CRITERIA)) == _order(scoring.totals(sheets, CRITERIA))


@settings(max_examples=40, deadline=None)
@given(panels(), st.randoms(use_true_random=False))
def test_the_order_of_sheets_says_nothing_and_the_mean_stays(sheets: list[Sheet], dice: random.Random) -> None:
    mixed = dice.sample(sheets, len(sheets))
    found = scoring.totals(sheets, CRITERIA)
    assert scoring.totals(mixed, CRITERIA) == found
    assert _order(scoring.totals(mixed, CRITERIA)) == _order(found)
    for of in ("raw", "normalised"):
        # Weighted by sheets: taking out strictness moves points between entries and makes none.
        assert sum(one.sheets * getattr(one, of) for one in found.values()) == sum(one.sheets * one.raw for one in found.values())


@settings(max_examples=30, deadline=None)
@given(st.lists(points, min_size=1, max_size=5), st.integers(1, 4))
def test_judges_who_agree_leave_all_as_given(of_entries: list[dict[str, int]], judges: int) -> None:
    sheets = [Sheet(entry, judge, one) for entry, one in enumerate(of_entries) for judge in range(judges)]
    for total in scoring.totals(sheets, CRITERIA).values():
        assert (total.normalised, total.by) == (total.raw, total.raw_by)
    assert set(scoring.strictness(sheets, CRITERIA).values()) == {Fraction(0)}


def test_a_strict_judge_is_found_and_taken_out() -> None:
    """J2 gives one level less on everything: her entry alone would lose by it."""
    same = {"clear": 4, "used": 4, "shared": 4}
    less = dict.fromkeys(same, 3)
    sheets = [Sheet("A", "J1", same), Sheet("A", "J2", less), Sheet("B", "J1", same), Sheet("C", "J2", less)]
    found = scoring.totals(sheets, CRITERIA)
    assert {key: scoring.shown(one.raw) for key, one in found.items()} == {
        "A": Decimal("70.0000"), "B": Decimal("80.0000"), "C": Decimal("60.0000"),
    }  # fmt: skip
    assert {scoring.shown(one.normalised) for one in found.values()} == {Decimal("70.0000")}
    assert scoring.strictness(sheets, CRITERIA) == {"J1": 10, "J2": -10}
    assert {one.normalised for one in scoring.totals(sheets, CRITERIA, normalise=False).values()} == {80, 70, 60}


def test_ties_go_to_the_heaviest_criterion_and_are_shared_at_the_end() -> None:
    sheets = [
        Sheet("heavy", "J1", {"clear": 1, "used": 5, "shared": 3}),
        Sheet("light", "J1", {"clear": 5, "used": 2, "shared": 3}),
        Sheet("twin", "J1", {"clear": 5, "used": 2, "shared": 3}),
        Sheet("low", "J1", {"clear": 0, "used": 0, "shared": 0}),
    ]
    found = scoring.placed(scoring.totals(sheets, CRITERIA, normalise=False).values(), CRITERIA)
    assert [(one.entry, one.place, one.tie) for one in found] == [
        ("heavy", 1, "used"), ("light", 2, scoring.SHARED), ("twin", 2, scoring.SHARED), ("low", 4, ""),
    ]  # fmt: skip
    turned = scoring.placed(
        scoring.totals(sheets, CRITERIA).values(),
        CRITERIA,
        by={"heavy": Fraction(1), "light": Fraction(2), "twin": Fraction(1), "low": Fraction(9)},
    )
    assert [one.entry for one in turned] == ["low", "light", "heavy", "twin"]


def test_rounding_is_half_away_from_zero() -> None:
    wanted = {
        Fraction(1, 20_000): "0.0001",
        Fraction(-1, 20_000): "-0.0001",
        Fraction(2, 3): "0.6667",
        Fraction(49, 1_000_000): "0.0000",
    }
    assert {value: str(scoring.shown(value)) for value in wanted} == wanted


def _given(seed: str, entries: int, judges: int, each: int, dice: random.Random | None = None) -> drawing.Given:
    names, codes = [f"J{n}" for n in range(1, judges + 1)], [f"{n:04}" for n in range(entries)]
    if dice:
        dice.shuffle(names)
        dice.shuffle(codes)
    return drawing.Given(seed, each, {code: list(names) for code in codes}, names)


@settings(max_examples=25, deadline=None)
@given(
    st.text("0123456789abcdef", min_size=1),
    st.integers(1, 14),
    st.integers(2, 6),
    st.integers(1, 3),
    st.randoms(use_true_random=False),
)
def test_the_draw_is_balanced_and_anybody_can_repeat_it(
    seed: str, entries: int, judges: int, each: int, dice: random.Random
) -> None:
    found = drawing.draw(_given(seed, entries, judges, each))
    assert drawing.draw(_given(seed, entries, judges, each, dice)) == found
    loads = [sum(1 for _entry, judge in found.pairs if judge == f"J{n}") for n in range(1, judges + 1)]
    assert max(loads) - min(loads) <= 1
    assert len(found.pairs) == entries * min(each, judges)
    assert (found.short != []) == (each > judges)


def test_a_draw_written_down() -> None:
    """As docs/CONTEST.md gives it, so that a change of the steps does not pass unseen."""
    given = drawing.Given(
        "2569", 2, {"0111": ["J1", "J2", "J3"], "0222": ["J2", "J3"], "0333": ["J1", "J2", "J3"]}, ["J1", "J2", "J3"]
    )
    found = drawing.draw(given)
    assert found.pairs == [("0111", "J1"), ("0111", "J2"), ("0222", "J2"), ("0222", "J3"), ("0333", "J1"), ("0333", "J3")]
    assert (found.attempt, found.short) == (0, [])
