"""Which passages are worth ranking: asked of the database's full-text index, weighed by the reader's own counts.

The full-text indexes of both databases can rank, but with counts over all rows, those of others included: what a reader may not see would
change what they are shown. So the database only says which passages contain a word, and adds up weights that were computed for this
reader. Whether the reader may see a passage is decided before the best are taken.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, Protocol

from django.db import connections
from django.db.models import QuerySet

from kmportal.retrieval import candidates_postgres, candidates_sqlite
from kmportal.retrieval.counts import Counts
from kmportal.retrieval.models import Passage
from kmportal.retrieval.plan import Plan

# Frequent words say little and cost much: left out while rarer ones remain. In few passages none is frequent.
WORDS, OFTEN_WORD = 8, 0.10
GRAMS, OFTEN_GRAM = 16, 0.05
ALWAYS_RARE = 500
# What a word in the title or the names adds, as part of its weight.
TITLE = 0.5
COLUMNS = (
    *("id", "content_type_id", "object_id", "kind", "title", "place", "body", "url", "dated", "quality"),
    *("title_words", "names_words", "body_words", "title_folded", "body_folded"),
)


class Row(NamedTuple):
    """A passage as the ranking reads it."""

    id: int
    content_type_id: int
    object_id: int
    kind: str
    title: str
    place: str
    body: str
    url: str
    dated: date | None
    quality: float
    title_words: str
    names_words: str
    body_words: str
    title_folded: str
    body_folded: str


class Adapter(Protocol):
    """A database's full-text index. Another store joins by offering these two, and the ranking stays the same."""

    # Words between the parts of the join that keep the database to our order of loops.
    JOIN: str

    def matches(self, stream: str, term: str, weight: int, title: int) -> tuple[str, list[str | int]]:
        """SQL for (id, weight) of each passage with the term, and again for those with it in title or names; its parameters."""
        ...


def by_words(plan: Plan, counts: Counts, rows: QuerySet[Passage], limit: int) -> list[Row]:
    """The passages with the weightiest words of the query, at most `limit`."""
    asked = {**{word: weight * 0.99 for word, weight in plan.others.items()}, **plan.content}
    kept = _rarest(asked, counts.words, counts.passages * OFTEN_WORD, WORDS)
    return _choose("words", {word: asked[word] * counts.word(word) for word in kept}, rows, limit)


def by_grams(plan: Plan, counts: Counts, rows: QuerySet[Passage], limit: int) -> list[Row]:
    """The passages that share most with the folded query, at most `limit`."""
    whole = dict.fromkeys((gram for gram in plan.grams if len(gram) == 3), 1.0)
    kept = _rarest(whole, counts.grams, counts.passages * OFTEN_GRAM, GRAMS)
    return _choose("grams", {gram: counts.gram(gram) for gram in kept}, rows, limit)


def named(ids: list[int], rows: QuerySet[Passage]) -> list[Row]:
    """These passages, as far as the reader may see them."""
    return [Row(*row) for row in rows.filter(pk__in=ids).values_list(*COLUMNS)] if ids else []


def _rarest(asked: Mapping[str, float], among: Mapping[str, int], often: float, most: int) -> list[str]:
    known = sorted((term for term in asked if among.get(term)), key=lambda term: (among[term], term))
    return ([term for term in known if among[term] <= max(often, ALWAYS_RARE)] or known[:1])[:most]


def _choose(stream: str, weights: Mapping[str, float], rows: QuerySet[Passage], limit: int) -> list[Row]:
    if not weights:
        return []
    connection = connections[rows.db]
    adapter: Adapter = candidates_postgres if connection.vendor == "postgresql" else candidates_sqlite
    parts, given = [], []
    for term, weight in weights.items():
        # Whole numbers: sums of fractions depend on the order in which a database adds them.
        sql, values = adapter.matches(stream, term, round(weight * 1000), round(weight * 1000 * TITLE))
        parts.append(sql)
        given += values
    seen, conditions = rows.order_by().values("id").query.sql_with_params()
    columns = ", ".join(f"p.{name}" for name in COLUMNS)
    statement = f"""
        WITH found AS (SELECT id, SUM(weight) AS score FROM ({" UNION ALL ".join(parts)}) AS matches GROUP BY id),
        best AS (SELECT found.id, found.score FROM found {adapter.JOIN} ({seen}) AS seen ON seen.id = found.id
                 ORDER BY found.score DESC, found.id LIMIT %s)
        SELECT {columns} FROM best {adapter.JOIN} retrieval_passage AS p ON p.id = best.id"""  # noqa: S608 - only names of ours; values are parameters
    with connection.cursor() as cursor:
        cursor.execute(statement, [*given, *conditions, limit])
        return [_row(found) for found in cursor.fetchall()]


def _row(found: tuple[object, ...]) -> Row:
    row = Row(*found)  # type: ignore[arg-type]  # a cursor knows no types
    # SQLite's driver gives a day as it is stored.
    return row._replace(dated=date.fromisoformat(row.dated)) if isinstance(row.dated, str) else row
