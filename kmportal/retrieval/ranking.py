"""The one ranking, for both databases: BM25 over fields for words, the same for grams, divided by what a perfect passage would score.

Parameters were measured (docs/SEARCH.md): k1 and b of BM25, a title three times a body or names, grams a third of a word.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kmportal.retrieval.bonuses import Bonuses
from kmportal.retrieval.candidates import Row
from kmportal.retrieval.counts import Counts
from kmportal.retrieval.plan import Plan

K1, B = 0.7, 0.45
TITLE, NAMES, BODY = 3.0, 1.0, 1.0
GRAM = 0.3


@dataclass(frozen=True)
class Scored:
    score: float
    row: Row


class Ranking:
    """Scores passages for one query of one reader."""

    def __init__(self, plan: Plan, counts: Counts) -> None:
        self._plan, self._counts = plan, counts
        self._words = [(word, weight * counts.word(word) * (K1 + 1)) for word, weight in {**plan.others, **plan.words}.items()]
        self._words = [(word, worth) for word, worth in self._words if word in counts.words]
        self._grams = [(gram, GRAM * counts.gram(gram) * (K1 + 1)) for gram in plan.grams if gram in counts.grams]
        self._ideal = self._perfect(plan) or 1.0
        self._content = {word: weight * counts.word(word) for word, weight in plan.content.items()}
        self._whole = sum(self._content.values()) or 1.0
        shares = {word: worth / self._whole for word, worth in self._content.items() if word in counts.words}
        self._bonuses = Bonuses(plan, shares)

    def score(self, rows: Iterable[Row]) -> list[Scored]:
        return [Scored(self._score(row), row) for row in rows]

    def coverage(self, rows: Iterable[Row]) -> float:
        """How much of the query's weight the words of the best of these passages hold, 0 to 1. Passages without a word hold none."""
        return (
            max((sum(self._content[word] for word in self._content.keys() & _words(row)) for row in rows), default=0.0)
            / self._whole
        )

    def likeness(self, rows: Iterable[Row]) -> float:
        """How much of the folded query stands in the best of these passages, 0 to 1: what is left of a word that is misspelt."""
        asked = [gram for gram in self._plan.grams if len(gram) > 2]
        return max(
            (sum(gram in row.title_folded or gram in row.body_folded for gram in asked) / len(asked) for row in rows if asked),
            default=0.0,
        )

    def _perfect(self, plan: Plan) -> float:
        """What a passage that contains everything typed would score. Other words than those typed are no duty."""
        typed = sum(weight * self._counts.word(word) for word, weight in plan.words.items())
        return (K1 + 1) * (typed + GRAM * sum(self._counts.gram(gram) for gram in plan.grams))

    def _score(self, row: Row) -> float:
        title, names, body = _fields(row)
        by_title = TITLE / (1 - B + B * len(title) / self._counts.title)
        by_names = NAMES / (1 - B + B * len(names) / self._counts.names)
        by_body = BODY / (1 - B + B * len(body) / self._counts.body)
        total = 0.0
        # Most words of a query stand in few of its passages: to look is cheaper than to count.
        present = {*title, *names, *body}
        for word, worth in self._words:
            if word in present:
                often = by_title * title.count(word) + by_names * names.count(word) + by_body * body.count(word)
                total += worth * often / (often + K1)
        in_title, in_body = row.title_folded.count, row.body_folded.count
        for gram, worth in self._grams:
            if often := by_title * in_title(gram) + by_body * in_body(gram):
                total += worth * often / (often + K1)
        return total / self._ideal + self._bonuses.of(row, body)


def _fields(row: Row) -> tuple[list[str], list[str], list[str]]:
    return row.title_words.split(), row.names_words.split(), row.body_words.split()


def _words(row: Row) -> set[str]:
    return set().union(*_fields(row))
