"""Making the index anew while the site runs: batch by batch, each in its own transaction; what is not yet reached stays readable."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from kmportal.retrieval import sources
from kmportal.retrieval.actions import tallies
from kmportal.retrieval.actions.upkeep import add_meanings, batches, bring, content_type_of, remove, take_turn
from kmportal.retrieval.analysis import ANALYSIS
from kmportal.retrieval.models import IndexState, Passage
from kmportal.retrieval.sources import Source

# Called with how many rows are done, and of how many.
Progress = Callable[[int, int], None]


def is_current() -> bool:
    """Whether the index was made by the analysis that is running."""
    return IndexState.objects.filter(analysis=ANALYSIS).exists()


def rebuild_if_needed(progress: Progress | None = None) -> bool:
    """Rebuilds after an upgrade that takes words apart differently; says whether it did."""
    if is_current():
        return False
    rebuild(progress=progress)
    return True


def rebuild(*, kind: str = "", progress: Progress | None = None) -> int:
    """Looks at every row that can be found; gives their number. A passage that is as it should be is not written again.

    May be broken off at any moment and begun anew: the digest of a passage says whether it is done.

    Args:
        kind: of one source only; then the mark of the whole index stays as it is.
    """
    chosen = [source for source in sources.every() if kind in ("", source.kind)]
    total, done = sum(source.rows().count() for source in chosen), 0
    for source in chosen:
        for keys in keys_of(source):
            bring(source, keys)
            done += len(keys)
            if progress:
                progress(done, total)
        _drop_surplus(source)
    if not kind:
        _drop_undeclared()
        settle_counts()
        add_meanings()
        IndexState.objects.update_or_create(pk=1, defaults={"analysis": ANALYSIS, "rebuilt_at": timezone.now()})
    return done


def keys_of(source: Source) -> Iterator[list[int]]:
    """The keys of all rows that belong in the index, a batch at a time; rows that come meanwhile are met if they stand further on."""
    last = 0
    while keys := list(source.rows().order_by("pk").filter(pk__gt=last).values_list("pk", flat=True)[: source.batch]):
        yield keys
        last = keys[-1]


def surplus_of(source: Source) -> Iterator[list[int]]:
    """Keys that have passages and no row that belongs in the index."""
    indexed = Passage.objects.filter(content_type=content_type_of(source)).order_by("object_id")
    for part in batches(list(indexed.values_list("object_id", flat=True).distinct()), 500):
        kept = set(source.rows().order_by().filter(pk__in=part).values_list("pk", flat=True))
        if gone := [key for key in part if key not in kept]:
            yield gone


def undeclared() -> Any:
    """Passages of models that no app declares any longer."""
    return Passage.objects.exclude(content_type__in=[content_type_of(source) for source in sources.every()])


def _drop_surplus(source: Source) -> None:
    for keys in surplus_of(source):
        for part in batches(keys, source.batch):
            bring(source, part)


def _drop_undeclared() -> None:
    while keys := list(undeclared().values_list("pk", flat=True)[:200]):
        remove(Passage.objects.filter(pk__in=keys))


def settle_counts() -> bool:
    """Recounts words and lengths, and puts right what differs; says whether anything did.

    Counted first without holding anybody up; only where that shows a difference it is counted again with the turn taken.
    """
    found = tallies.differences()
    if not found.terms and not found.sums:
        return False
    with transaction.atomic():
        take_turn()
        tallies.differences().write()
    return True
