"""How often words occur, and how long texts are, in what one reader may read: the only figures that the ranking knows."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from kmportal.retrieval.models import Circle, Term
from kmportal.retrieval.readers import Readers

WORD, GRAM = "w", "g"


@dataclass(frozen=True)
class Counts:
    """Of one reader.

    Args:
        passages: how many passages the reader may see.
        title, names, body: how many words these have on average.
        words, grams: in how many passages each occurs; those that occur nowhere are missing.
    """

    passages: int
    title: float
    names: float
    body: float
    words: dict[str, int]
    grams: dict[str, int]

    def word(self, word: str) -> float:
        return self._rarity(self.words.get(word, 0))

    def gram(self, gram: str) -> float:
        return self._rarity(self.grams.get(gram, 0))

    def _rarity(self, among: int) -> float:
        # Circles and Terms may be out of step for a moment during a rebuild: never a logarithm of less than one.
        return math.log(1 + max(self.passages - among + 0.5, 0.5) / (among + 0.5))


def of(readers: Readers, words: Iterable[str], grams: Iterable[str]) -> Counts:
    """Two queries, summed over the reader's audiences alone."""
    sums = Circle.objects.filter(readers.condition()).aggregate(
        *(Sum(name, default=0) for name in ("passages", "title_words", "names_words", "body_words"))
    )
    passages = int(sums["passages__sum"])
    found: dict[str, dict[str, int]] = {WORD: {}, GRAM: {}}
    wanted, pieces = set(words), set(grams)
    rows = Term.objects.filter(readers.condition(), stream__in=[WORD, GRAM], term__in=wanted | pieces)
    for stream, term, among in rows.values_list("stream", "term").annotate(Sum("passages")).order_by():
        if among and term in (wanted if stream == WORD else pieces):
            found[stream][term] = among
    title, names, body = (
        float(sums[f"{name}_words__sum"] / passages if passages else 0) or 1.0 for name in ("title", "names", "body")
    )
    return Counts(passages, title, names, body, found[WORD], found[GRAM])
