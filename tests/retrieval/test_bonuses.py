"""What decides between passages that hold the same words."""

import pytest

from kmportal.retrieval import plan
from kmportal.retrieval.bonuses import Bonuses
from kmportal.retrieval.segment import SEGMENTER
from tests.retrieval.test_ranking import row


def bonus(typed: str, title: str, body: str = "") -> float:
    return round(Bonuses(plan.make(typed)).of(row(title, body)), 4)


@pytest.mark.parametrize(("typed", "body", "expected"), [
    ("flood warning", "the flood warning came", 0.1),
    ("flood warning", "a warning of flood", 0.0),
    ("flood warning siren", "flood warning by siren", 0.05),
    ("flood", "flood", 0.0),
])  # fmt: skip
def test_words_in_their_order(typed: str, body: str, expected: float) -> None:
    assert bonus(typed, title="other", body=body) == expected


def test_the_title_itself_and_its_beginning() -> None:
    assert bonus("flood", title="flood") == 0.2
    assert bonus("flood", title="flood plan") == 0.1
    assert bonus("plan", title="flood plan") == 0.0


def test_a_passage_that_introduces_its_subject() -> None:
    assert bonus("siren", title="flood plan", body="the flood plan is") == 0.05
    assert bonus("siren", title="flood plan", body=f"{'word ' * 20} flood plan") == 0.0
    sentence = "one two three four five six seven eight nine ten eleven twelve thirteen"
    assert bonus("siren", title=sentence, body=sentence) == 0.0


@pytest.mark.skipif(SEGMENTER.pairs, reason="needs the words of the dictionary")
@pytest.mark.parametrize(("typed", "body", "expected"), [
    ("ถนนเสร็จเมื่อไร", "ถนน 2554", 0.09),
    ("ถนนเสร็จเมื่อไร", "ถนน 12", 0.02),
    ("ถนนเสร็จเมื่อไร", "ถนน", 0.0),
    ("มีบ้านกี่หลัง", "ถนน 12", 0.02),
    ("มีบ้านกี่หลัง", "ถนน", 0.0),
    ("how many houses", "12 flats", 0.02),
    ("ถนน", "ถนน 2554", 0.0),
])  # fmt: skip
def test_numbers_for_those_who_ask_for_one(typed: str, body: str, expected: float) -> None:
    assert bonus(typed, title="other", body=body) == expected
