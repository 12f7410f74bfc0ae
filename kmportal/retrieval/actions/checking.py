"""Comparing the index with what it describes, and mending it."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kmportal.retrieval import rows, sources
from kmportal.retrieval.actions import rebuilding, tallies
from kmportal.retrieval.actions.upkeep import Place, batches, bring, content_type_of, described, remove, take_turn
from kmportal.retrieval.analysis import ANALYSIS
from kmportal.retrieval.models import IndexState, Passage, PassageTag, Stale
from kmportal.retrieval.sources import Source

# What SQLite's full-text indexes are asked, and how they are made anew.
FULLTEXT = {
    "retrieval_words": (
        "INSERT INTO retrieval_words (retrieval_words, rank) VALUES ('integrity-check', 1)",
        "INSERT INTO retrieval_words (retrieval_words) VALUES ('rebuild')",
    ),
    "retrieval_grams": (
        "INSERT INTO retrieval_grams (retrieval_grams, rank) VALUES ('integrity-check', 1)",
        "INSERT INTO retrieval_grams (retrieval_grams) VALUES ('rebuild')",
    ),
}


@dataclass
class Drift:
    """Where the index differs: keys of rows by kind; how many counts are wrong; and the rest that can be wrong at all.

    Args:
        waiting: rows that are noted to be looked at anyway; they are no fault.
    """

    missing: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    surplus: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    outdated: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    undeclared: int = 0
    words: int = 0
    lengths: int = 0
    broken: list[str] = field(default_factory=list)
    analysis: bool = False
    waiting: int = 0
    looked_at: int = 0

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        rows_differ = any(found for part in (self.missing, self.surplus, self.outdated) for found in part.values())
        return rows_differ or bool(self.undeclared or self.words or self.lengths or self.broken or self.analysis)

    def to_json(self) -> dict[str, Any]:
        """Plain values, for machines."""
        by_kind = {
            name: {kind: sorted(keys) for kind, keys in sorted(getattr(self, name).items()) if keys}
            for name in ("missing", "surplus", "outdated")
        }
        plain = ("undeclared", "words", "lengths", "broken", "analysis", "waiting", "looked_at")
        return by_kind | {name: getattr(self, name) for name in plain}


def check(progress: rebuilding.Progress | None = None) -> Drift:
    """Looks at everything and changes nothing."""
    drift = Drift(waiting=Stale.objects.count(), undeclared=rebuilding.undeclared().count())
    drift.analysis = not rebuilding.is_current()
    total = sum(source.rows().count() for source in sources.every())
    for source in sources.every():
        for keys in rebuilding.keys_of(source):
            _compare(source, keys, drift)
            if progress:
                progress(drift.looked_at, total)
        for keys in rebuilding.surplus_of(source):
            drift.surplus[source.kind] |= set(keys)
        _leave_to_notes(source, drift)
    found = tallies.differences()
    drift.words, drift.lengths = len(found.terms), len(found.sums)
    drift.broken = [table for table in FULLTEXT if not _is_whole(table)]
    return drift


def mend(drift: Drift) -> None:
    """Puts right what `check` found."""
    for source in sources.every():
        keys = sorted(drift.missing[source.kind] | drift.surplus[source.kind] | drift.outdated[source.kind])
        for part in batches(keys, source.batch):
            with transaction.atomic():
                # All of them anew: a tag that was lost does not show in the digest.
                remove(_passages(source, part))
                bring(source, part)
    while found := list(rebuilding.undeclared().values_list("pk", flat=True)[:200]):
        remove(Passage.objects.filter(pk__in=found))
    rebuilding.settle_counts()
    for table in drift.broken:
        _restore(table)
    IndexState.objects.update_or_create(pk=1, defaults={"analysis": ANALYSIS, "rebuilt_at": timezone.now()})


def _passages(source: Source, keys: list[int]) -> Any:
    return Passage.objects.filter(content_type=content_type_of(source), object_id__in=keys)


def _compare(source: Source, keys: list[int], drift: Drift) -> None:
    wanted = described(source, keys)
    present: dict[Place, tuple[str, int]] = {
        (key, chunk): (digest, pk)
        for pk, key, chunk, digest in _passages(source, keys).values_list("pk", "object_id", "chunk", "digest")
    }
    drift.looked_at += len(keys)
    drift.missing[source.kind] |= {key for key, _chunk in wanted.keys() - present.keys()}
    drift.outdated[source.kind] |= {key for key, _chunk in present.keys() - wanted.keys()}
    tags: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for pk, name, value in PassageTag.objects.filter(passage__in=_passages(source, keys).values("pk")).values_list(
        "passage", "name", "value"
    ):
        tags[pk].add((name, value))
    for place in wanted.keys() & present.keys():
        digest, pk = present[place]
        if digest != rows.digest(wanted[place]) or tags[pk] != set(wanted[place].tags):
            drift.outdated[source.kind].add(place[0])


def _leave_to_notes(source: Source, drift: Drift) -> None:
    noted = set(Stale.objects.filter(content_type=content_type_of(source)).values_list("object_id", flat=True))
    for part in (drift.missing, drift.surplus, drift.outdated):
        part[source.kind] -= noted


def _is_whole(table: str) -> bool:
    """Whether SQLite's full-text index says what its table says; PostgreSQL's is a generated column, which cannot differ."""
    if connection.vendor != "sqlite":
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(FULLTEXT[table][0])
    except DatabaseError:
        return False
    return True


def _restore(table: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        take_turn()
        cursor.execute(FULLTEXT[table][1])
