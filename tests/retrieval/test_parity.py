"""Both databases answer alike: the same hits in the same order with the same scores, which stand here. The suite runs on each."""

import pytest

from kmportal.retrieval.engine import find, similar
from kmportal.retrieval.results import Hit
from kmportal.retrieval.segment import SEGMENTER
from tests.retrieval.corpus import ANYBODY, day, empty, fill, text

pytestmark = pytest.mark.django_db

SUBJECTS = ["น้ำท่วม", "ถนน", "ยุทธศาสตร์", "ตัวชี้วัด", "อาสาสมัคร", "งบประมาณ", "เว็บไซต์", "ประชาชน", "บุคลากร", "เครือข่าย"]


@pytest.fixture(autouse=True)
def _corpus(db: None) -> None:
    empty()
    fill(
        text(f"{first} {number}", f"{second} {first} ปี {2540 + number} {third}", dated=day(2000 + number % 7))
        for number, (first, second, third) in enumerate(
            (SUBJECTS[a % 10], SUBJECTS[(a * 3 + 1) % 10], SUBJECTS[(a * 7 + 2) % 10]) for a in range(60)
        )
    )


EXPECTED = {
    "น้ำท่วม": [(21, 1.1449), (41, 1.1449), (11, 1.1449), (31, 1.1449)],
    "ยุทธศาตร์": [(13, 0.8532), (33, 0.8532), (53, 0.8532), (3, 0.8532)],
    "ถนน เครือข่าย": [(42, 0.7739), (12, 0.7739), (32, 0.7739), (52, 0.7739)],
    "ปี 2012": [(16, 0.236)],
    "งบประมาณของอาสาสมัคร": [(35, 0.3456), (55, 0.3456), (5, 0.3456), (25, 0.3456)],
    "บุคลาก": [(49, 0.8731), (19, 0.8731), (39, 0.8731), (59, 0.8731)],
}


def scores(hits: list[Hit]) -> list[tuple[int, float]]:
    return [(hit.object_id, round(hit.score, 4)) for hit in hits]


@pytest.mark.skipif(SEGMENTER.pairs, reason="the scores are those of the dictionary's words")
@pytest.mark.parametrize("typed", EXPECTED)
def test_hits_and_scores(typed: str) -> None:
    assert scores(find(typed, ANYBODY, limit=4).hits) == EXPECTED[typed]


@pytest.mark.skipif(SEGMENTER.pairs, reason="the scores are those of the dictionary's words")
def test_similar() -> None:
    expected = [(28, 0.3756), (48, 0.3756), (18, 0.3756), (38, 0.3756), (58, 0.3756)]

    assert scores(similar("ถนนของประชาชน", ANYBODY)) == expected


def test_pages_are_stable() -> None:
    whole = scores(find("ถนน เครือข่าย", ANYBODY, limit=40).hits)

    assert [one for at in range(0, 40, 8) for one in scores(find("ถนน เครือข่าย", ANYBODY, limit=8, offset=at).hits)] == whole
