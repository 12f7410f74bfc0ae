"""Near-duplicate statements: a short signature for an index, and an exact measure for the candidates it finds.

Thai has no blanks between words, so texts are compared by runs of letters (character n-grams), blanks, digits' script and
punctuation aside. A signature is a MinHash (Broder 1997); its bands are put in an index column, and two texts that share a
band are looked at exactly with `resemblance`.
"""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import combinations
from zlib import crc32

from .text import clean, digits

GRAM = 4
BANDS = 24
ROWS = 3
ALIKE = 0.6
"""From this resemblance on two statements say nearly the same."""
_WORD = (1 << 64) - 1
_SHORTEST = 8
_FEW = 400  # so many texts are compared each with each; for more the bands choose the pairs
_CROWD = 50  # texts under one key that are compared with each other; more are copies of one another
_random = random.Random(20100701)  # noqa: S311 - a fixed family of hash functions, nothing secret
_FAMILY = tuple((_random.getrandbits(64) | 1, _random.getrandbits(64)) for _ in range(BANDS * ROWS))
Signature = tuple[int, ...]


def plain(text: str) -> str:
    """What is compared: lower-case letters, marks and digits; no blanks, no punctuation, Thai digits as Arabic ones."""
    text = digits(clean(text)).lower()
    return "".join(c for c in text if unicodedata.category(c)[0] in "LMN")


def grams(text: str) -> frozenset[str]:
    """The runs of GRAM letters of a text; a shorter text is its own single gram."""
    letters = plain(text)
    if len(letters) <= GRAM:
        return frozenset((letters,)) if letters else frozenset()
    return frozenset(letters[n : n + GRAM] for n in range(len(letters) - GRAM + 1))


def signature(text: str) -> Signature:
    """The MinHash of a text: BANDS * ROWS numbers below 2**32, equal on every machine. () for a text without letters."""
    hashes = [crc32(gram.encode()) for gram in grams(text)]
    if not hashes:
        return ()
    return tuple(min((a * h + b) & _WORD for h in hashes) >> 32 for a, b in _FAMILY)


def bands(sketch: Signature) -> tuple[str, ...]:
    """The index keys of a signature: texts that share one are candidates. () for an empty signature."""
    if not sketch:
        return ()
    parts = (sketch[n * ROWS : (n + 1) * ROWS] for n in range(BANDS))
    return tuple(f"{n:x}:{blake2b(repr(part).encode(), digest_size=6).hexdigest()}" for n, part in enumerate(parts))


def resemblance(a: str, b: str) -> float:
    """How much two texts say the same, 0 to 1: shared grams over all grams, or, when the shorter one is contained in
    the longer, nine tenths of how much of it is."""
    return _measure(grams(a), grams(b))


def _measure(left: frozenset[str], right: frozenset[str]) -> float:
    if not left or not right:
        return 0.0
    shared = len(left & right)
    smaller, larger = sorted((len(left), len(right)))
    contained = 0.9 * shared / smaller if smaller >= 20 and smaller * 4 >= larger else 0.0
    return max(shared / (smaller + larger - shared), contained)


def near_duplicates(texts: Sequence[str], least: float = ALIKE) -> Iterator[tuple[int, int, float]]:
    """(i, j, resemblance) of every pair of texts that are nearly the same, i < j, in order. Very short texts are left out."""
    kept = [n for n, text in enumerate(texts) if len(plain(text)) >= _SHORTEST]
    seen = {n: grams(texts[n]) for n in kept}
    pairs = combinations(kept, 2) if len(kept) <= _FEW else sorted(_candidates(texts, kept))
    for i, j in pairs:
        score = _measure(seen[i], seen[j])
        if score >= least:
            yield i, j, score


def _candidates(texts: Sequence[str], kept: Sequence[int]) -> set[tuple[int, int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for n in kept:
        for key in bands(signature(texts[n])):
            index[key].append(n)
    return {pair for members in index.values() for pair in combinations(members[:_CROWD], 2)}
