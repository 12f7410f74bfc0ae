"""What is asked of the index for what somebody typed."""

import pytest

from kmportal.retrieval import plan


def test_words_weigh_by_what_they_say() -> None:
    made = plan.make("การจัดการความรู้ของ OPDC")

    assert made.words["opdc"] == 1.0
    assert made.words["ของ"] == plan.STOP_WEIGHT
    assert "ของ" not in made.content
    assert "opd" in made.grams and "pdc" in made.grams


@pytest.mark.parametrize(("typed", "twin"), [("2553", "2010"), ("๒๕๕๓", "2010"), ("2010", "2553"), ("1899", ""), ("3000", "")])
def test_a_year_is_asked_in_both_eras(typed: str, twin: str) -> None:
    assert plan.make(typed).others == ({twin: plan.YEAR_WEIGHT} if twin else {})


def test_both_eras_typed_need_no_twin() -> None:
    assert plan.make("2553 2010").others == {}


@pytest.mark.parametrize(("said", "kept"), [(2553, 2010), (2010, 2010), (2643, 2100), (0, 0)])
def test_common_era(said: int, kept: int) -> None:
    assert plan.common_era(said) == kept


def test_what_is_too_long_is_cut() -> None:
    made = plan.make(" ".join(f"w{number}x" for number in range(500)))

    assert len(made.query) <= plan.CHARACTERS
    assert len(made.words) <= plan.TOKENS
    assert len(made.grams) <= plan.GRAMS


@pytest.mark.parametrize("typed", ["", "   ", "\0", "?!", "\ud800", "\u200b"])
def test_nothing_to_ask(typed: str) -> None:
    assert not plan.make(typed)


def test_only_common_words_are_words_too() -> None:
    made = plan.make("ของ และ")

    assert made.content == made.words != {}


def test_synonyms_never_replace_what_was_typed() -> None:
    made = plan.make("ถนน 2553").with_others({"ถนน": 0.6, "ทางหลวง": 0.6, "2010": 0.1}, ("ทางหลวง",))

    assert made.words["ถนน"] == 1.0
    assert made.others == {"ทางหลวง": 0.6, "2010": plan.YEAR_WEIGHT}
