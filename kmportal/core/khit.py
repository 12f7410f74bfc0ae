"""ลายขิด: woven patterns computed from any id, as covers and faces that weigh nothing.

A pattern is drawn in rows of stroked dashes, so one element serves every row that looks the same and no ids are needed.
Colours come from the classes a, b and c (static/css/charts.css), never from the drawing itself.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

CLOTH = 17
FACE = 9
FACE_COLOURS = 5
_LOZENGE = (0, 1, 0, 1, 1, 2, 0, 3, 1, 0)
_GROUND = (0, 0, 1, 0, 2, 0)
_THREADS = {1: "a", 2: "b", 3: "c"}

Grid = list[list[int]]


@dataclass(frozen=True)
class Stitch:
    """One element of the drawing: a path, the thread that colours it, and the dashes along it."""

    thread: str
    path: str
    dashes: str = ""


def _numbers(seed: str) -> bytes:
    digest = sha256(seed.encode()).digest()
    return digest + sha256(digest).digest()


def motif(seed: str, size: int) -> Grid:
    """A square of threads (0 ground, 1 to 3 colours), symmetric four ways: lozenges around the middle, a ground in the corners."""
    numbers, middle = _numbers(seed), size // 2
    lozenge = [_LOZENGE[number % len(_LOZENGE)] for number in numbers[:size]]
    ground = [_GROUND[number % len(_GROUND)] for number in numbers[size : 2 * size]]
    lozenge[0], lozenge[1] = (2 if numbers[40] % 2 else 3), 1
    stepped, crossed = numbers[41] % 3 == 0, numbers[42] % 2 == 1

    def thread(across: int, down: int) -> int:
        distance = across + down
        if distance > middle:
            if crossed and 0 in (across, down):
                return 1 - distance % 2
            return ground[(distance - middle) % size]
        value = lozenge[distance]
        return 1 if value and stepped and distance > 1 and max(across, down) % 3 == 0 else value

    return [[thread(abs(x - middle), abs(y - middle)) for x in range(size)] for y in range(size)]


def runs(row: list[int], value: int) -> list[tuple[int, int]]:
    """Where a thread shows in a row: (start, length)."""
    runs: list[tuple[int, int]] = []
    for x, thread in enumerate(row):
        if thread != value:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs


def _dashes(row: list[int], value: int) -> str:
    """The row as an even list 'on off on off …' that repeats with the row's length."""
    lengths, at = [], 0
    for start, length in runs(row, value):
        lengths += [start - at, length]
        at = start + length
    lengths = [0, *lengths, len(row) - at]
    return " ".join(map(str, lengths)) if len(lengths) > 2 else ""


@lru_cache(maxsize=512)
def cloth(seed: str, width: int, height: int) -> tuple[Stitch, ...]:
    """A cloth of that many threads, the motif repeated from its middle."""
    square, period = motif(seed, CLOTH), CLOTH - 1
    left, top = (width - period) // 2 % period, (height - period) // 2 % period
    rows: dict[tuple[str, str], list[int]] = {}
    for y in range(height):
        source = square[(y - top) % period]
        row = [source[(x - left) % period] for x in range(period)]
        for value, thread in _THREADS.items():
            if dashes := _dashes(row, value):
                rows.setdefault((thread, dashes), []).append(y)
    return tuple(Stitch(thread, "".join(f"M0 {y}.5h{width}" for y in ys), dashes) for (thread, dashes), ys in rows.items())


@lru_cache(maxsize=2048)
def face(seed: str) -> tuple[Stitch, ...]:
    """A small square for a person without a photo, one thread of margin around it."""
    square = motif(f"f{seed}", FACE)
    stitches = []
    for value, thread in _THREADS.items():
        path = "".join(f"M{x + 1} {y + 1}.5h{length}" for y, row in enumerate(square) for x, length in runs(row, value))
        if path:
            stitches.append(Stitch(thread, path))
    return tuple(stitches)


def colour(seed: str) -> int:
    """Which of the five colourings (classes k0 to k4) a face wears."""
    return _numbers(f"c{seed}")[3] % FACE_COLOURS
