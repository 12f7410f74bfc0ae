"""Cutting a run of Thai letters into words. Thai is written without blanks, so somebody has to know where words end.

Two segmenters answer alike: thaibreak, which knows a dictionary, and a plain one, which knows only how Thai is spelled. The plain one
finds nearly as much (its terms overlap, as 3-grams do) and keeps the site up where thaibreak's wheel does not run.
"""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kmportal import env

# Lead vowel, consonant and whatever is written above, below and behind it: the smallest thing that may not be cut.
CLUSTER = re.compile(r"[เ-ไ]?[ก-ฮ][ะ-ฺๅ็-๎]*|.", re.DOTALL)
CONSONANTS = re.compile(r"[ก-ฮ]+")
# Long enough for every phrase that is typed again and again; longer runs are cut each time, so the cache stays small.
CACHED_RUN = 48
CACHED_RUNS = 20_000
# The longest abbreviation that is written without dots.
LONGEST_ABBREVIATION = 5


@dataclass(frozen=True)
class Segmenter:
    """A way to cut Thai.

    Args:
        name: with its version; part of the name of the analysis, so that another segmenter means another index.
        cut: the pieces of a run; together they are the run.
        pairs: whether pieces are too small to be words, so that terms are made of two neighbours.
    """

    name: str
    cut: Callable[[str], tuple[str, ...]]
    pairs: bool

    def terms(self, run: str) -> list[str]:
        """What a run is found by."""
        pieces = [piece for piece in self.cut(run) if has_letter(piece)]
        if not self.pairs or len(pieces) < 2:
            return pieces
        return [first + second for first, second in pairwise(pieces)]


def has_letter(piece: str) -> bool:
    """Not so a piece of vowel and tone marks alone: a slip of the fingers."""
    return any("ก" <= sign <= "ฮ" for sign in piece)


def by_clusters(run: str) -> tuple[str, ...]:
    return tuple(CLUSTER.findall(run))


def _remembering(cut: Callable[[str], tuple[str, ...]]) -> Callable[[str], tuple[str, ...]]:
    remembered = lru_cache(CACHED_RUNS)(cut)
    return lambda run: remembered(run) if len(run) <= CACHED_RUN else cut(run)


def _mend_abbreviations(pieces: list[str]) -> tuple[str, ...]:
    """Puts abbreviations together again that the dictionary took apart: ก|พร is กพร. One consonant alone is no word, except ณ."""
    mended: list[str] = []
    opened = False
    for piece in pieces:
        bare = CONSONANTS.fullmatch(piece) is not None
        if opened and bare and len(mended[-1]) + len(piece) <= LONGEST_ABBREVIATION:
            mended[-1] += piece
            continue
        mended.append(piece)
        opened = bare and len(piece) == 1 and piece != "ณ"
    return tuple(mended)


PLAIN = Segmenter("plain-1", by_clusters, pairs=True)


def dictionary() -> Segmenter | None:
    """The segmenter of thaibreak, or nothing where its wheel is missing or its library cannot be loaded."""
    try:
        thaibreak = importlib.import_module("thaibreak")
        if not thaibreak.boundaries("ทดสอบ"):
            return None
    except (ImportError, OSError):
        return None

    def cut(run: str) -> tuple[str, ...]:
        ends = thaibreak.boundaries(run)
        return _mend_abbreviations([run[start:end] for start, end in pairwise(ends)])

    return Segmenter(f"thaibreak-{thaibreak.__version__}", _remembering(cut), pairs=False)


def choose(wish: str = "") -> Segmenter:
    """The dictionary where there is one; with the wish "plain" never."""
    return PLAIN if wish == "plain" else dictionary() or PLAIN


SEGMENTER = choose(env.text("KM_SEGMENTER"))
