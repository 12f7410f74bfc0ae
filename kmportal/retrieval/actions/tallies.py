"""How often each word occurs for whom: counted along with every passage that comes or goes, recounted where that went wrong."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple

from django.db import connection

from kmportal.retrieval import rows
from kmportal.retrieval.models import Circle, Passage, Term

# (stream, term, audience)
Key = tuple[str, str, str]
CHUNK = 5_000
SUMS = ("passages", "title_words", "names_words", "body_words")
# The database's own list of [stream, term, audience, number] rows out of one parameter.
_ROWS = {
    "sqlite": "SELECT json_extract(value, '$[0]') AS stream, json_extract(value, '$[1]') AS term, json_extract(value, '$[2]') AS audience, "
    "json_extract(value, '$[3]') AS number FROM json_each(%s) WHERE true",
    "postgresql": "SELECT value->>0 AS stream, value->>1 AS term, value->>2 AS audience, (value->>3)::int AS number "
    "FROM jsonb_array_elements(%s::jsonb) WHERE true",
}  # fmt: skip


class Tally:
    """What passages add to the counts, or take from them."""

    def __init__(self) -> None:
        self.terms: Counter[Key] = Counter()
        self.sums: dict[str, Counter[str]] = {}

    def add(self, passages: Iterable[Passage]) -> None:
        self._count(passages, 1)

    def take(self, passages: Iterable[Passage]) -> None:
        self._count(passages, -1)

    def _count(self, passages: Iterable[Passage], sign: int) -> None:
        for passage in passages:
            words, grams = rows.terms(passage)
            for stream, found in (("w", words), ("g", grams)):
                for term in found:
                    self.terms[stream, term, passage.audience] += sign
            sums = self.sums.setdefault(passage.audience, Counter())
            lengths = astuple(rows.lengths(passage))
            for name, number in zip(SUMS, (1, *lengths), strict=True):
                sums[name] += sign * number

    def write(self) -> None:
        """Adds this to what is stored. The caller holds the turn, so nobody else counts at the same time."""
        changed = sorted(self.terms.items())
        less = [(*key, -number) for key, number in changed if number < 0]
        _run(_RAISE, [(*key, number) for key, number in changed if number > 0])
        _run(_LOWER, less)
        _run(_DROP, less)
        _sum_up(self.sums)


_RAISE = """INSERT INTO retrieval_term (stream, term, audience, passages) ROWS
    ON CONFLICT (stream, term, audience) DO UPDATE SET passages = retrieval_term.passages + excluded.passages"""
# Never below nothing: a count that was wrong before must not stop anybody's work. check_search finds and mends it.
_LOWER = """UPDATE retrieval_term
    SET passages = CASE WHEN retrieval_term.passages > less.number THEN retrieval_term.passages - less.number ELSE 0 END
    FROM (ROWS) AS less
    WHERE retrieval_term.stream = less.stream AND retrieval_term.term = less.term AND retrieval_term.audience = less.audience"""
_DROP = """DELETE FROM retrieval_term
    WHERE passages = 0 AND (stream, term, audience) IN (SELECT stream, term, audience FROM (ROWS) AS less)"""


def _run(statement: str, entries: list[tuple[str, str, str, int]]) -> None:
    """Writes many counts in one statement; both databases read the rows out of one parameter."""
    for start in range(0, len(entries), CHUNK):
        with connection.cursor() as cursor:
            part = json.dumps(entries[start : start + CHUNK], ensure_ascii=False)
            cursor.execute(statement.replace("ROWS", _ROWS[connection.vendor]), [part])


def _sum_up(sums: dict[str, Counter[str]]) -> None:
    stored = {circle.audience: circle for circle in Circle.objects.filter(audience__in=sums)}
    circles = [stored.get(audience) or Circle(audience=audience) for audience in sorted(sums)]
    for circle in circles:
        for name in SUMS:
            setattr(circle, name, max(0, getattr(circle, name) + sums[circle.audience][name]))
    _store(circles)


def _store(circles: list[Circle]) -> None:
    Circle.objects.bulk_create(
        [Circle(audience=circle.audience, **{name: getattr(circle, name) for name in SUMS}) for circle in circles],
        update_conflicts=True,
        unique_fields=["audience"],
        update_fields=SUMS,
    )
    Circle.objects.filter(audience__in=[circle.audience for circle in circles], passages=0).delete()


# --- Counting anew ---------------------------------------------------------------------------------------------------------------
def differences() -> Tally:
    """What the stored counts lack (above nothing) or have too much (below). An audience at a time, so that memory stays small."""
    found = Tally()
    audiences = {
        *Passage.objects.values_list("audience", flat=True).distinct(),
        *Circle.objects.values_list("audience", flat=True),
    }
    audiences |= set(Term.objects.values_list("audience", flat=True).distinct())
    for audience in sorted(audiences):
        true = Tally()
        true.add(Passage.objects.filter(audience=audience).defer("vector").iterator(chunk_size=500))
        _subtract(true, audience)
        found.terms.update({key: number for key, number in true.terms.items() if number})
        if any(true.sums[audience].values()):
            found.sums[audience] = true.sums[audience]
    return found


def _subtract(true: Tally, audience: str) -> None:
    stored = Term.objects.filter(audience=audience).values_list("stream", "term", "passages")
    for stream, term, number in stored.iterator(chunk_size=CHUNK):
        true.terms[stream, term, audience] -= number
    sums = true.sums.setdefault(audience, Counter())
    circle = Circle.objects.filter(audience=audience).first()
    for name in SUMS if circle else ():
        sums[name] -= getattr(circle, name)
