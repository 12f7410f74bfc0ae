"""From what somebody typed to what is asked: words with weights, other words for them, grams."""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from kmportal.retrieval.analysis import STOP, folded, grams, words

# More than this nobody means as a search; the rest is not looked at, so that no query costs more than another.
CHARACTERS, TOKENS, GRAMS = 200, 40, 120
STOP_WEIGHT, YEAR_WEIGHT = 0.15, 0.8
BUDDHIST = 543
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Plan:
    """What is asked of the index.

    Args:
        query: as typed, cut, without what no screen shows.
        words: the words of the query with their weight; stop words weigh little.
        others: words that stand for them (the year of the other era, synonyms), with less weight; a passage without them loses nothing.
        grams: three characters each, of the folded query.
        phrases: what the other words were written like, for marking them in what is found.
    """

    query: str
    words: dict[str, float] = field(default_factory=dict)
    others: dict[str, float] = field(default_factory=dict)
    grams: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.grams)

    @property
    def content(self) -> dict[str, float]:
        """The words that carry the meaning; all of them if there is no other."""
        return {word: weight for word, weight in self.words.items() if weight > STOP_WEIGHT} or self.words

    def with_others(self, others: dict[str, float], phrases: tuple[str, ...]) -> "Plan":
        """The plan with synonyms. A word that was typed, or stands already, keeps its weight."""
        more = {word: weight for word, weight in others.items() if word not in self.words}
        return replace(self, others={**more, **self.others}, phrases=phrases)


def clean(typed: str, longest: int = CHARACTERS) -> str:
    """What was typed, cut, blanks made one, without halves of characters and control characters."""
    text = _BLANKS.sub(" ", typed[: longest * 4])
    return "".join(sign for sign in text if unicodedata.category(sign) not in {"Cc", "Cs"}).strip()[:longest]


def make(typed: str, longest: int = CHARACTERS) -> Plan:
    """The plan of a query; an empty one if nothing in it can be looked for."""
    query = clean(typed, longest)
    tokens = words(query)[:TOKENS]
    asked = {word: STOP_WEIGHT if word in STOP else 1.0 for word in tokens}
    others = {twin: YEAR_WEIGHT for word in asked if (twin := year_twin(word)) and twin not in asked}
    return Plan(query, asked, others, tuple(dict.fromkeys(grams(folded(query))))[:GRAMS])


def year_twin(word: str) -> str:
    """The same year in the other era (2553 for 2010), or nothing if the word is no year of our time."""
    if re.fullmatch(r"[0-9]{4}", word):
        year = int(word)
        if 1900 <= year <= 2100:
            return str(year + BUDDHIST)
        if 1900 + BUDDHIST <= year <= 2100 + BUDDHIST:
            return str(year - BUDDHIST)
    return ""


def common_era(year: int) -> int:
    """The year of the calendar that dates are kept in, whichever era it was said in."""
    return year - BUDDHIST if year >= 1900 + BUDDHIST else year
