"""Following what happens to rows: at once where it decides who may read and where it opens, a moment later where words are repeated."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from kmportal.retrieval import sources
from kmportal.retrieval.actions.upkeep import Ready, add_meanings, batches, bring, content_type_of, ready_made, remove, take_turn
from kmportal.retrieval.models import Passage, Stale
from kmportal.retrieval.sources import Source

# How many rows a round of catching up takes in one transaction: others wait for no longer than that.
ROUND = 20
GATHERED = timedelta(seconds=4)


def index(objects: Iterable[Model]) -> None:
    """Brings the passages of these objects up to date, and of what stands on those that changed.

    Part of the caller's transaction, so nobody finds what is no longer theirs to read. Objects of models that nobody declared are
    passed over; an object given as its parent type (a `Page`) is found by its key.
    """
    by_model: defaultdict[type[Model], set[int]] = defaultdict(set)
    for one in objects:
        by_model[one._meta.concrete_model or type(one)].add(one.pk)
    for model, keys in by_model.items():
        index_keys(model, keys)


@transaction.atomic
def index_keys(model: type[Model], keys: Collection[int], ready: Ready | None = None) -> None:
    """The same by keys.

    Args:
        ready: rows that were made ahead (`upkeep.ready_made`).
    """
    for source in sources.under(model):
        changed: set[int] = set()
        for part in batches(sorted(keys), source.batch):
            changed |= bring(source, part, ready)
        if changed:
            for dependent, others in _standing_on(source, changed):
                for part in batches(others, dependent.batch):
                    bring(dependent, part)


def _standing_on(source: Source, keys: Collection[int]) -> list[tuple[Source, list[int]]]:
    found = []
    for other in sources.every():
        if source.model in other.stands_on:
            rows = other.stands_on[source.model](keys)
            found.append((other, sorted(rows.order_by().values_list("pk", flat=True).distinct())))
    return found


def forget(model: type[Model], keys: Collection[int]) -> None:
    """Takes the passages of these rows, and of what stands on them, out of the index: they are about to be deleted."""
    for source in sources.under(model):
        passages = _passages(source, keys)
        if not passages.exists():
            continue
        with transaction.atomic():
            for other, others in _standing_on(source, keys):
                for part in batches(others):
                    remove(_passages(other, part))
            remove(passages)


def _passages(source: Source, keys: Collection[int]) -> Any:
    return Passage.objects.filter(content_type=content_type_of(source), object_id__in=keys)


def renamed(model: type[Model], keys: Collection[int]) -> None:
    """Something that texts elsewhere repeat has other words now (the name of an agency): those follow in the background."""
    for source in sources.every():
        if model in source.repeats:
            rows = source.repeats[model](keys)
            mark_stale(source.model, list(rows.order_by().values_list("pk", flat=True).distinct()))


def mark_stale(model: type[Model], keys: Collection[int], *, fresh: bool = False) -> None:
    """Has the passages of these rows looked at soon, by the background worker. The note is part of the caller's transaction and outlives
    a crash.

    Args:
        fresh: the caller's transaction has made these rows, so nobody else can hold a note of them, and nobody is waited for.
    """
    kinds = [content_type_of(source) for source in sources.under(model)]
    if not keys or not kinds:
        return
    # Without a savepoint: nobody goes on after a note failed.
    with transaction.atomic(savepoint=False):
        if not fresh:
            # Also for the notes: two writers that each hold a note the other wants would wait for ever.
            take_turn()
        notes = [Stale(content_type=kind, object_id=key) for kind in kinds for key in sorted(keys)]
        Stale.objects.bulk_create(notes, batch_size=500, ignore_conflicts=True)


def catch_up_gathered() -> None:
    """What the worker asks every second: where the oldest note has waited long enough, all are worked off together.

    A lively talk so takes the index's turn every few seconds instead of with every message.
    """
    oldest = Stale.objects.order_by("pk").values_list("since", flat=True).first()
    if oldest is not None and timezone.now() - oldest >= GATHERED:
        catch_up()


def catch_up() -> None:
    """Works off the notes, round by round, each in its own transaction. Several processes may do it at the same time."""
    while notes := list(Stale.objects.order_by("pk")[:ROUND]):
        _catch_up_round(notes)
    add_meanings()


def _catch_up_round(notes: list[Stale]) -> None:
    by_model: defaultdict[type[Model], list[int]] = defaultdict(list)
    for note in notes:
        model = ContentType.objects.get_for_id(note.content_type_id).model_class()
        if model is not None:
            by_model[model].append(note.object_id)
    # Cutting words takes longest, so it is done before anybody has to wait for us. Under the turn each text is read again, and what
    # changed in between is cut again.
    ready = {model: ready_made(source, keys) for model, keys in by_model.items() for source in sources.under(model)}
    with transaction.atomic():
        take_turn()
        Stale.objects.filter(pk__in=[note.pk for note in notes]).delete()
        for model, keys in by_model.items():
            index_keys(model, keys, ready[model])
