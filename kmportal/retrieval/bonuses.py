"""Small advantages over what counting words gives: what a passage has that answers are known to have.

Each decides only between passages that hold the same words. The sizes were measured (docs/SEARCH.md).
"""

import re
from itertools import pairwise

from kmportal.retrieval.candidates import Row
from kmportal.retrieval.plan import Plan

QUALITY, SAME_TITLE, TITLE_BEGINS = 0.02, 0.2, 0.1
# The words stand side by side as they were asked, all of them or a part.
SIDE_BY_SIDE = 0.1
# The passage says at its beginning what it is about: it introduces its subject.
INTRODUCES, BEGINNING, LONGEST_SUBJECT = 0.05, 40, 60
# Asked how many or when, a passage with numbers answers rather than one without.
NUMBER, TIME = 0.02, 0.07
_HOW_MANY = re.compile(r"กี่|เท่าไ|เท่าใด|จำนวน|how (?:many|much)", re.IGNORECASE)
_WHEN = re.compile(r"เมื่อใด|เมื่อไ|วันที่|วันใด|วันไหน|ปีใด|ปีไหน|ปีอะไร|ปีที่|พ\.ศ|ค\.ศ|ช่วงใด|ช่วงไหน|\bwhen\b|\byear\b", re.IGNORECASE)
_A_NUMBER = re.compile(r"\d")
_A_YEAR = re.compile(r"\b(?:1[4-9]|2[0-6])\d\d\b")


class Bonuses:
    """Of one query."""

    def __init__(self, plan: Plan) -> None:
        asked = list(plan.words)
        self._query = " ".join(asked)
        self._pairs = [f" {first} {second} " for first, second in pairwise(asked)]
        self._when = _WHEN.search(plan.query) is not None
        self._number = self._when or _HOW_MANY.search(plan.query) is not None

    def of(self, row: Row) -> float:
        """What is added to a score whose ideal is 1."""
        return QUALITY * row.quality + self._title(row) + self._order(row) + self._answers(row) + _introduces(row)

    def _title(self, row: Row) -> float:
        if row.title_words == self._query:
            return SAME_TITLE
        return TITLE_BEGINS if row.title_words.startswith(f"{self._query} ") else 0.0

    def _order(self, row: Row) -> float:
        if not self._pairs:
            return 0.0
        text = f" {row.body_words} "
        return SIDE_BY_SIDE * sum(pair in text for pair in self._pairs) / len(self._pairs)

    def _answers(self, row: Row) -> float:
        number = NUMBER if self._number and _A_NUMBER.search(row.body_words) else 0.0
        return number + (TIME if self._when and _A_YEAR.search(row.body_words) else 0.0)


def _introduces(row: Row) -> float:
    """A title that is a whole sentence introduces nothing: statements are named by their own words."""
    subject = row.title_words
    if not subject or len(subject) > LONGEST_SUBJECT:
        return 0.0
    return INTRODUCES if subject in row.body_words[: len(subject) + BEGINNING] else 0.0
