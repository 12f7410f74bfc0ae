"""Brings passages in line with the rows they describe: compares digests, writes what changed, takes away what is gone."""

from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone, translation
from django_tasks import task

from kmportal.retrieval import rows, semantic
from kmportal.retrieval.actions.tallies import Tally
from kmportal.retrieval.models import Passage, PassageTag
from kmportal.retrieval.sources import Source, Text

# Any number that nothing else in the database locks by.
TURN = 7_265_173
BATCH = 200
MEANINGS = 50
Place = tuple[int, int]
Ready = dict[tuple[str, int, int, str], Passage]
"""Unsaved rows by kind, object, chunk and the digest of the text."""


def take_turn() -> None:
    """One writer of the index at a time, until the transaction ends.

    The counts of common words are touched by nearly every write, so writers would wait for each other anyway; in one queue they cannot
    deadlock over them, and what they have read of the index stays true. On SQLite a transaction has the only turn already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def content_type_of(source: Source) -> ContentType:
    return ContentType.objects.get_for_model(source.model)


def described(source: Source, keys: Collection[int]) -> dict[Place, Text]:
    """The texts of these rows as they should stand in the index, by key and chunk; nothing for rows that do not belong there."""
    # Addresses and the words of labels are kept in the language of the content, whoever happens to save.
    with translation.override(settings.LANGUAGE_CODE):
        found = list(source.rows().filter(pk__in=keys))
        texts = list(source.describe(found)) if found else []
    return {(key, chunk): text for key, passages in texts for chunk, text in enumerate(passages)}


def ready_made(source: Source, keys: Collection[int]) -> Ready:
    """The rows of those texts that are not in the index yet, made ahead of the turn; nothing is written."""
    kind = content_type_of(source)
    present = set(Passage.objects.filter(content_type=kind, object_id__in=keys).values_list("object_id", "chunk", "digest"))
    made: Ready = {}
    for place, text in described(source, keys).items():
        name = (source.kind, *place, rows.digest(text))
        if name[1:] not in present:
            made[name] = rows.prepare(source.kind, kind.pk, *place, text)
    return made


def bring(source: Source, keys: Collection[int], ready: Ready | None = None) -> set[int]:
    """Brings the passages of these rows up to date; gives the keys of rows where anything changed. At most source.batch keys.

    Runs in one transaction. The number of queries does not depend on the number of keys.

    Args:
        ready: rows that were made ahead; one is taken where the text is still the one that it was made of.
    """
    with transaction.atomic():
        take_turn()
        kind = content_type_of(source)
        wanted = described(source, keys)
        digests = {place: rows.digest(text) for place, text in wanted.items()}
        present = Passage.objects.filter(content_type=kind, object_id__in=keys).values_list("pk", "object_id", "chunk", "digest")
        kept, gone = set(), {}
        for pk, key, chunk, digest in present:
            if digests.get((key, chunk)) == digest:
                kept.add((key, chunk))
            else:
                gone[pk] = key
        fresh = {place: text for place, text in wanted.items() if place not in kept}
        tally = Tally()
        _remove(list(gone), tally)
        _add(
            source.kind,
            kind.pk,
            fresh,
            tally,
            {place: (ready or {}).get((source.kind, *place, digests[place])) for place in fresh},
        )
        tally.write()
        return {*gone.values(), *(key for key, _chunk in fresh)}


def remove(passages: Any) -> int:
    """Takes these passages (a query) out of the index and the counts; gives their number."""
    with transaction.atomic():
        take_turn()
        found = list(passages.values_list("pk", flat=True))
        tally = Tally()
        _remove(found, tally)
        tally.write()
        return len(found)


def _remove(keys: list[int], tally: Tally) -> None:
    for part in batches(keys):
        tally.take(Passage.objects.filter(pk__in=part).defer("vector"))
        Passage.objects.filter(pk__in=part).delete()


def _add(
    kind: str, content_type_id: int, texts: dict[Place, Text], tally: Tally, ready: dict[Place, Passage | None]
) -> None:  # fmt: skip
    made = {place: ready[place] or rows.prepare(kind, content_type_id, *place, texts[place]) for place in sorted(texts)}
    passages = Passage.objects.bulk_create(made.values())
    if passages and semantic.is_on():
        # What they mean takes longer to work out than a save may take (retrieval.actions.following).
        transaction.on_commit(lambda: meanings_soon.enqueue() and None, robust=True)
    PassageTag.objects.bulk_create(tag for place, passage in made.items() for tag in rows.tags(passage, texts[place]))
    tally.add(passages)


@task()
def meanings_soon() -> None:
    """The task behind new passages, where meaning is compared."""
    add_meanings()


def add_meanings() -> None:
    """Works out the vectors of passages that have none; a few at a time, so that nobody waits. Nothing without the extra."""
    while semantic.is_on() and (found := list(Passage.objects.filter(vector=None).order_by("pk")[:MEANINGS])):
        for passage, vector in zip(found, semantic.vectors(found), strict=True):
            # A text that changes gets a new row, so the vector of this row is this text's. The time tells processes to read anew.
            passage.vector, passage.changed = vector, timezone.now()
        with transaction.atomic():
            take_turn()
            Passage.objects.bulk_update(found, ["vector", "changed"])


def batches(keys: list[int], size: int = BATCH) -> Iterator[list[int]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
