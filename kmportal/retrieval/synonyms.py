"""Other words for what was typed. Groups are rows that coordinators edit; a process keeps them ready and looks whether one changed."""

import math
import re
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from django.db.models import Count, Max, Sum

from kmportal.retrieval.analysis import STOP, words
from kmportal.retrieval.models import SynonymGroup
from kmportal.retrieval.plan import Plan

# What another word counts, against 1 for the word itself; shared among the words of a longer expression.
WEIGHT = 0.6
# More other words than these only dilute a query.
MOST = 24
# Parts of compounds that stand in half of all Thai texts.
EMPTY = STOP | {"ความ", "การ", "ผู้", "นัก"}

Phrase = tuple[str, ...]
Version = tuple[int, int | None, datetime | None]


@dataclass(frozen=True)
class Table:
    """All groups, by the first word of each of their expressions."""

    version: Version | None = None
    starts: dict[str, list[tuple[Phrase, int]]] = field(default_factory=dict)
    groups: list[list[tuple[str, Phrase]]] = field(default_factory=list)

    def expand(self, plan: Plan) -> Plan:
        """The plan with the other words of each group that the query contains; the longest expression at a place wins."""
        asked = list(plan.words)
        if not self.starts or not asked:
            return plan
        others: dict[str, float] = {}
        written: list[str] = []
        for phrase, group in self._standing(tuple(words(plan.query))):
            for text, other in self.groups[group]:
                if other == phrase:
                    continue
                written.append(text)
                for word in other:
                    if word not in EMPTY and len(others) < MOST:
                        others[word] = max(others.get(word, 0.0), WEIGHT / math.sqrt(len(other)))
        return plan.with_others(others, tuple(dict.fromkeys(written)))

    def _standing(self, typed: Phrase) -> list[tuple[Phrase, int]]:
        found = [
            (at, phrase, group)
            for at, word in enumerate(typed)
            for phrase, group in self.starts.get(word, ())
            if typed[at : at + len(phrase)] == phrase
        ]
        return [
            (phrase, group)
            for at, phrase, group in found
            if not any(
                start <= at and start + len(longer) >= at + len(phrase) and len(longer) > len(phrase)
                for start, longer, _ in found
            )
        ]


def lines(text: str) -> list[str]:
    """The expressions of a group, one to a line."""
    return [line for raw in re.split(r"[\r\n]+", text) if (line := " ".join(raw.split()))]


def build(groups: list[list[str]], version: Version | None = None) -> Table:
    """The table of these groups."""
    table = Table(version)
    for group in groups:
        written = [(text, phrase) for text in group if (phrase := tuple(words(text)))]
        for _, phrase in written:
            table.starts.setdefault(phrase[0], []).append((phrase, len(table.groups)))
        table.groups.append(written)
    return table


_kept = Table()
_lock = Lock()


def table() -> Table:
    """The groups in use. One small query tells whether the kept ones still hold."""
    global _kept  # noqa: PLW0603 - what the process remembers
    groups = SynonymGroup.objects.filter(is_active=True)
    now = groups.aggregate(count=Count("pk"), sum=Sum("pk"), last=Max("changed_at"))
    version = (now["count"], now["sum"], now["last"])
    with _lock:
        if _kept.version != version:
            _kept = build([lines(text) for text in groups.order_by("pk").values_list("words", flat=True)], version)
        return _kept
