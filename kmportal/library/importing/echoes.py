"""Published items that nearly say what a draft says, found through the index that library.echoes keeps (ItemBand).

Two texts that share a band of their signatures are candidates; candidates are compared letter by letter (importer.similar).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kmportal.library.importer.similar import ALIKE, bands, plain, resemblance, signature
from kmportal.library.models import Item, ItemBand

SHORTEST = 8
SHOWN = 3
BATCH = 2_000
Band = tuple[int, int]


def bands_of(text: str) -> set[Band]:
    """(band, value) of a text; none for one that is too short to be told from others."""
    if len(plain(text)) < SHORTEST:
        return set()
    keys = (key.partition(":") for key in bands(signature(text)))
    return {(int(number, 16), int(value, 16)) for number, _colon, value in keys}


def alike(texts: Mapping[str, str], *, least: float = ALIKE) -> dict[str, list[int]]:
    """For each text, by its key, the ids of items that say nearly the same, best first. Retired items are left out.

    Whether a reader may see these items is asked when they are shown.
    """
    asked: dict[Band, list[str]] = defaultdict(list)
    for key, text in texts.items():
        for band in bands_of(text):
            asked[band].append(key)
    candidates: dict[str, set[int]] = defaultdict(set)
    for pk, band in _holders(asked):
        for key in asked[band]:
            candidates[key].add(pk)
    said = dict(Item.objects.filter(pk__in=set().union(*candidates.values()), retired=False).values_list("pk", "text"))
    found = {key: _best(texts[key], said, pks, least) for key, pks in candidates.items()}
    return {key: pks for key, pks in found.items() if pks}


def _holders(asked: Mapping[Band, list[str]]) -> Iterable[tuple[int, Band]]:
    """(item, band) for every band that was asked for."""
    values = sorted({value for _band, value in asked})
    for start in range(0, len(values), BATCH):
        rows = ItemBand.objects.filter(value__in=values[start : start + BATCH]).values_list("item_id", "band", "value")
        yield from ((pk, (band, value)) for pk, band, value in rows if (band, value) in asked)


def _best(text: str, said: Mapping[int, str], pks: Iterable[int], least: float) -> list[int]:
    scores = {pk: resemblance(text, said[pk]) for pk in pks if pk in said}
    good = [pk for pk, score in scores.items() if score >= least]
    return sorted(good, key=lambda pk: (-scores[pk], pk))[:SHOWN]
