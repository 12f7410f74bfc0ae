"""Small advantages over what counting words gives: what a passage has that answers are known to have.

Each decides only between passages that hold the same words. The sizes were measured (docs/SEARCH.md).
"""

import re
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kmportal.retrieval.candidates import Row
from kmportal.retrieval.plan import Plan

QUALITY, SAME_TITLE, TITLE_BEGINS = 0.02, 0.2, 0.1
# The words stand side by side as they were asked, all of them or a part.
SIDE_BY_SIDE = 0.1
# The passage says at its beginning what it is about: it introduces its subject.
INTRODUCES, BEGINNING, LONGEST_SUBJECT = 0.03, 40, 60
# What was asked for stands early in the passage: half of it at the tenth word after the first.
EARLY, HALF = 0.05, 10
# It stands together, within as many words as a sentence has.
TOGETHER, SENTENCE = 0.06, 30
# Asked how many or when, a passage with numbers answers rather than one without.
NUMBER, TIME = 0.02, 0.07
_HOW_MANY = re.compile(r"กี่|เท่าไ|เท่าใด|จำนวน|how (?:many|much)", re.IGNORECASE)
_WHEN = re.compile(r"เมื่อใด|เมื่อไ|วันที่|วันใด|วันไหน|ปีใด|ปีไหน|ปีอะไร|ปีที่|พ\.ศ|ค\.ศ|ช่วงใด|ช่วงไหน|\bwhen\b|\byear\b", re.IGNORECASE)
_A_NUMBER = re.compile(r"\d")
_A_YEAR = re.compile(r"\b(?:1[4-9]|2[0-6])\d\d\b")


class Bonuses:
    """Of one query.

    Args:
        shares: what part of the query's weight each of its words has that the reader's passages know.
    """

    def __init__(self, plan: Plan, shares: Mapping[str, float]) -> None:
        asked = list(plan.words)
        self._query = " ".join(asked)
        self._pairs = [f" {first} {second} " for first, second in pairwise(asked)]
        self._when = _WHEN.search(plan.query) is not None
        self._number = self._when or _HOW_MANY.search(plan.query) is not None
        self._shares = shares

    def of(self, row: Row, body: Sequence[str]) -> float:
        """What is added to a score whose ideal is 1. The body comes as its words too, which the caller has at hand."""
        return (
            QUALITY * row.quality
            + self._title(row)
            + self._order(row)
            + self._answers(row)
            + _introduces(row)
            + self._stands_well([(at, word) for at, word in enumerate(body) if word in self._shares])
        )

    def _title(self, row: Row) -> float:
        if row.title_words == self._query:
            return SAME_TITLE
        return TITLE_BEGINS if row.title_words.startswith(f"{self._query} ") else 0.0

    def _order(self, row: Row) -> float:
        if not self._pairs:
            return 0.0
        text = f" {row.body_words} "
        return SIDE_BY_SIDE * sum(pair in text for pair in self._pairs) / len(self._pairs)

    def _stands_well(self, places: Sequence[tuple[int, str]]) -> float:
        """Of the places of the query's words: how early, and how near each other."""
        first: dict[str, int] = {}
        for at, word in places:
            first.setdefault(word, at)
        early = sum(self._shares[word] / (1 + at / HALF) for word, at in first.items())
        return EARLY * early + TOGETHER * self._together(places)

    def _together(self, places: Sequence[tuple[int, str]]) -> float:
        """The most that the words within one stretch weigh, each counted once."""
        inside: Counter[str] = Counter()
        stretch: deque[tuple[int, str]] = deque()
        best = value = 0.0
        for at, word in places:
            stretch.append((at, word))
            inside[word] += 1
            value += self._shares[word] if inside[word] == 1 else 0.0
            while at - stretch[0][0] >= SENTENCE:
                gone = stretch.popleft()[1]
                inside[gone] -= 1
                value -= 0.0 if inside[gone] else self._shares[gone]
            best = max(best, value)
        return best

    def _answers(self, row: Row) -> float:
        number = NUMBER if self._number and _A_NUMBER.search(row.body_words) else 0.0
        return number + (TIME if self._when and _A_YEAR.search(row.body_words) else 0.0)


def _introduces(row: Row) -> float:
    """A title that is a whole sentence introduces nothing: statements are named by their own words."""
    subject = row.title_words
    if not subject or len(subject) > LONGEST_SUBJECT:
        return 0.0
    return INTRODUCES if subject in row.body_words[: len(subject) + BEGINNING] else 0.0
