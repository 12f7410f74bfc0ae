"""The order of passages, from rows alone."""

from kmportal.retrieval import plan
from kmportal.retrieval.analysis import folded, words
from kmportal.retrieval.candidates import Row
from kmportal.retrieval.counts import Counts
from kmportal.retrieval.ranking import Ranking

TYPED = plan.make("flood plan")
KNOWN = Counts(100, 4.0, 1.0, 40.0, {"flood": 5, "plan": 40}, dict.fromkeys(TYPED.grams, 10))


def row(title: str = "x", body: str = "", names: str = "", quality: float = 0.0) -> Row:
    by_title, by_names, by_body = (" ".join(words(part)) for part in (title, names, body))
    letters = folded(title), folded(f"{names} {body}")
    return Row(1, 1, 1, "lesson", title, "", body, "/", None, quality, by_title, by_names, by_body, *letters)


def score(one: Row, typed: plan.Plan = TYPED) -> float:
    return Ranking(typed, KNOWN).score([one])[0].score


def test_title_before_body_before_names() -> None:
    """Names are mostly those of the agency or the topic that all of a page's passages share: they say least about one of them."""
    assert score(row(title="flood")) > score(row(body="flood")) > score(row(names="flood")) > score(row(body="other")) == 0.0


def test_rare_words_before_frequent_ones() -> None:
    assert score(row(body="flood")) > score(row(body="plan"))


def test_short_texts_before_long_ones() -> None:
    assert score(row(body="flood plan")) > score(row(body="flood plan" + " word" * 200))


def test_parts_of_words_count_a_little() -> None:
    assert 0.0 < score(row(body="floo")) < score(row(body="flood"))


def test_reviewed_before_its_equal() -> None:
    assert score(row(body="flood", quality=1.0)) > score(row(body="flood"))
    assert score(row(body="flood", quality=1.0)) < score(row(body="flood plan"))


def test_other_words_are_a_gain_and_no_duty() -> None:
    with_others = TYPED.with_others({"plan2": 0.6}, ())

    assert score(row(body="flood"), with_others) == score(row(body="flood"))


def test_coverage_is_what_the_best_passage_holds() -> None:
    ranking = Ranking(TYPED, KNOWN)

    assert ranking.coverage([]) == ranking.coverage([row(body="other")]) == 0.0
    assert ranking.coverage([row(body="flood plan")]) == 1.0
    assert 0.5 < ranking.coverage([row(body="flood"), row(body="plan")]) < 1.0


def test_an_empty_index_ranks_nothing_and_breaks_nothing() -> None:
    empty = Counts(0, 1.0, 1.0, 1.0, {}, {})

    assert Ranking(TYPED, empty).score([]) == []
    assert Ranking(TYPED, empty).score([row(body="flood")])[0].score == 0.0
