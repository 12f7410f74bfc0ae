"""Things to open, offered while a title is being typed: parts of names and titles count, and a slip of the finger does little harm."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from kmportal.retrieval import candidates, counts, narrowing, plan, sources
from kmportal.retrieval.analysis import folded
from kmportal.retrieval.candidates import Row
from kmportal.retrieval.counts import Counts
from kmportal.retrieval.highlight import mark
from kmportal.retrieval.models import Passage
from kmportal.retrieval.plan import Plan
from kmportal.retrieval.readers import Readers
from kmportal.retrieval.results import Suggestion

CANDIDATES = 60
LONGEST = 60
# What it is worth that the title, or a word of it, begins with what was typed; and that it stands anywhere in it.
BEGINS, WORD_BEGINS, CONTAINS = 1.0, 0.8, 0.6
# An abbreviation or a name that the thing is also known by.
ALSO_KNOWN = 0.7
# With less in common than this the likeness is chance.
LEAST = 0.45
# Of one kind at most this many, while there are others to show.
OF_A_KIND = 5


@dataclass(frozen=True)
class _Fit:
    score: float
    row: Row


def suggest(prefix: str, readers: Readers, *, kinds: Iterable[str] = (), limit: int = 8) -> list[Suggestion]:
    """Up to `limit` things whose title or name goes on from what was typed; kinds are mixed, the best first."""
    asked = plan.make(prefix, LONGEST)
    letters = folded(asked.query)
    if not letters:
        return []
    rows = narrowing.passages(readers, kinds=kinds or _offered())
    known = counts.of(readers, asked.words, asked.grams)
    fits: dict[tuple[int, int], _Fit] = {}
    for row in _candidates(asked, letters, known, rows):
        score = _fit(asked, letters, known, row)
        thing = (row.content_type_id, row.object_id)
        if score >= LEAST and (thing not in fits or score > fits[thing].score):
            fits[thing] = _Fit(score, row)
    best = sorted(fits.values(), key=lambda fit: (-round(fit.score, 6), len(fit.row.title), -fit.row.id))
    return [_suggestion(fit.row, asked) for fit in _mixed(best, limit)]


def _offered() -> list[str]:
    return [source.kind for source in sources.every() if source.suggested]


def _candidates(asked: Plan, letters: str, known: Counts, rows: QuerySet[Passage]) -> list[Row]:
    """Few letters have no grams yet: then the beginnings of titles."""
    if not any(len(part) >= 3 for part in letters.split()):
        begin = Q(title_folded__startswith=letters) | Q(title_folded__contains=f" {letters}")
        found = rows.filter(begin, chunk=0).order_by("-dated", "-pk").values_list(*candidates.COLUMNS)[:CANDIDATES]
        near = [Row(*row) for row in found]
    else:
        near = candidates.by_grams(asked, known, rows, CANDIDATES)
    seen = {row.id for row in near}
    return near + [row for row in candidates.by_words(asked, known, rows, CANDIDATES // 2) if row.id not in seen]


def _fit(asked: Plan, letters: str, known: Counts, row: Row) -> float:
    """How well a title goes on from the letters: 0 to 2."""
    title, wanted = row.title_folded, letters.replace(" ", "")
    grams = [gram for gram in asked.grams if len(gram) == 3]
    whole = sum(map(known.gram, grams)) or 1.0
    likeness = sum(known.gram(gram) for gram in grams if gram in title) / whole
    also = ALSO_KNOWN if asked.words and set(asked.words) <= {*row.names_words.split(), *row.title_words.split()} else 0.0
    return likeness * 0.9 + max(_place(wanted, letters, title), also)


def _place(wanted: str, letters: str, title: str) -> float:
    if title.startswith(letters) or title.replace(" ", "").startswith(wanted):
        return BEGINS
    if re.search(rf"(?:^|\s){re.escape(letters)}", title):
        return WORD_BEGINS
    return CONTAINS if letters in title else 0.0


def _mixed(best: list[_Fit], limit: int) -> list[_Fit]:
    """The best ones; those of a kind that already has its share wait until the others had a place."""
    of_kind: dict[str, int] = {}
    first: list[_Fit] = []
    waiting: list[_Fit] = []
    for fit in best:
        of_kind[fit.row.kind] = of_kind.get(fit.row.kind, 0) + 1
        (first if of_kind[fit.row.kind] <= OF_A_KIND else waiting).append(fit)
    return (first[:limit] + waiting)[:limit]


def _suggestion(row: Row, asked: Plan) -> Suggestion:
    return Suggestion(row.kind, row.object_id, row.title, mark(row.title, asked.query), row.place, row.url)
