"""What the databases' full-text indexes answer, and that they follow the table by themselves."""

import pytest

from kmportal.retrieval import candidates, counts, narrowing, plan
from kmportal.retrieval.models import Passage
from tests.retrieval.corpus import ANYBODY, empty, fill, text

pytestmark = pytest.mark.django_db


def by_words(typed: str, limit: int = 10) -> list[int]:
    asked = plan.make(typed)
    known = counts.of(ANYBODY, asked.words, asked.grams)
    return [row.object_id for row in candidates.by_words(asked, known, narrowing.passages(ANYBODY), limit)]


def by_grams(typed: str, limit: int = 10) -> list[int]:
    asked = plan.make(typed)
    known = counts.of(ANYBODY, asked.words, asked.grams)
    return [row.object_id for row in candidates.by_grams(asked, known, narrowing.passages(ANYBODY), limit)]


@pytest.fixture(autouse=True)
def _corpus(db: None) -> None:
    empty()
    fill(
        [
            text("flood", "water"),
            text("water", "flood in 2.5 days"),
            text("road", 'bridge\'s \\ "quoted"'),
            text("people", names="flood"),
        ]
    )


def test_the_weightiest_are_taken_and_titles_weigh_more() -> None:
    assert set(by_words("flood")) == {1, 2, 4}
    assert set(by_words("flood", limit=2)) == {1, 4}
    assert by_words("flood water", limit=1) == [2]
    assert by_words("unknown") == []


def test_equal_ones_are_taken_by_number() -> None:
    fill([text("same", "same") for _ in range(5)], first=10)

    assert sorted(by_words("same", limit=3)) == [10, 11, 12]


def test_numbers_with_a_point_are_one_word() -> None:
    assert by_words("2.5") == [2]


def test_grams() -> None:
    assert set(by_grams("floo")) == {1, 2, 4}
    assert by_grams("fl") == []
    assert by_grams("oadx") == [3]


def test_the_index_follows_changes_of_rows() -> None:
    Passage.objects.filter(object_id=1).update(title_words="fire", title_folded="fire", body_words="", body_folded="")
    Passage.objects.filter(object_id=2).delete()
    fire = plan.make("fire")
    known = counts.Counts(3, 1.0, 1.0, 1.0, {"fire": 1}, {"fir": 1})

    assert set(by_words("flood")) == {4}
    assert [row.object_id for row in candidates.by_words(fire, known, narrowing.passages(ANYBODY), 9)] == [1]
    assert [row.object_id for row in candidates.by_grams(fire, known, narrowing.passages(ANYBODY), 9)] == [1]


def test_frequent_words_are_left_out_while_there_are_rarer_ones() -> None:
    kept = candidates._rarest({"a": 1.0, "b": 1.0, "c": 1.0}, {"a": 5000, "b": 300, "c": 600}, often=50, most=8)

    assert kept == ["b"]
    assert candidates._rarest({"a": 1.0}, {"a": 500}, often=50, most=8) == ["a"]
    assert candidates._rarest({"x": 1.0}, {}, often=50, most=8) == []
