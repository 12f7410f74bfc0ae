"""What a question looks like in a text as it was written: with Thai digits, dots in abbreviations, marks in another order.

Marks are set in the original text, never in its analysed form, so the way back from a word to every spelling of it is a pattern: one
for each piece of the question, since pieces come again in other questions while whole questions rarely do.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kmportal.retrieval.analysis import STOP, is_thai, normalise, runs, singular
from kmportal.retrieval.segment import CONSONANTS, LONGEST_ABBREVIATION, SEGMENTER, Segmenter, has_letter
from kmportal.retrieval.spelling import THAI_DIGITS

LONGEST_QUERY = 200
# What is longer is met again from its next piece on.
LONGEST_CHAIN = 6
UNSEEN = "\u200b\u00ad\u2060\ufeff"
_HAS_UNSEEN = re.compile("|".join(UNSEEN))
_LEADING = "เแโใไ"
_UNIT = re.compile("([ัิ-ู็]?)([่-๋])(ำ?)|.", re.DOTALL)
_OTHER_SHAPES = {"ำ": "(?:ำ|ํา)", "แ": "(?:แ|เเ)", "ฎ": "ฏ"}
_ALIKE = THAI_DIGITS | {ord("ฎ"): "ฏ", 0xA0: " "}
# They make words but say little themselves: ผู้เชี่ยวชาญ is not found by the ผู้ of ผู้บริหาร.
_FORMING = STOP | {"ผู้", "นัก", "น่า"}


def readable(text: str) -> tuple[str, Sequence[int]]:
    """The text as patterns read it, and the place in the text of each of its letters.

    Sets of Thai letters in a pattern take a millisecond each to compile, so what can be told apart here is not left to patterns.
    """
    flat = text.translate(_ALIKE)
    if not _HAS_UNSEEN.search(flat):
        return flat, range(len(flat))
    places = [at for at, sign in enumerate(flat) if sign not in UNSEEN]
    return "".join(flat[at] for at in places), places


def _unit(found: re.Match[str]) -> str:
    vowel, tone, am = found.groups()
    if not tone:
        return _OTHER_SHAPES.get(found[0], re.escape(found[0]))
    if am:
        return f"(?:{tone}ำ|ำ{tone}|ํ{tone}า|{tone}ํา)"
    return f"(?:{vowel}{tone}|{tone}{vowel})" if vowel else tone


def _spellings(word: str, between: str = "") -> str:
    return between.join(_unit(found) for found in _UNIT.finditer(word))


def _may_be_abbreviation(piece: str) -> bool:
    return CONSONANTS.fullmatch(piece) is not None and 2 <= len(piece) <= LONGEST_ABBREVIATION


def _thai(piece: str) -> str:
    if not _may_be_abbreviation(piece):
        return _spellings(piece)
    # With dots anywhere, with blanks where it stands alone.
    dotted, spaced = _spellings(piece, r"\. ?"), _spellings(piece, " ")
    return rf"{_spellings(piece)}|{dotted}\.?|(?<!\S){spaced}(?!\S)"


def _latin(word: str) -> str:
    # A short word is whole, a longer one may be the beginning of another: cop is not in copy, but report is in reporting.
    pattern = "(?<![a-z])" + re.escape(singular(word))
    return f"{pattern}s?(?![a-z])" if len(word) <= 3 else pattern


@lru_cache(4096)
def pattern_of(piece: str) -> re.Pattern[str]:
    """Every way in which a piece of a normalised question may stand in a text."""
    if is_thai(piece):
        return re.compile(_thai(piece))
    if piece[0].isdigit():
        return re.compile(rf"(?<!\d){',?'.join(map(re.escape, piece))}(?!\d)")
    return re.compile(_latin(piece), re.IGNORECASE)


def _stands(piece: str, text: str) -> dict[int, int]:
    """Where a piece begins in a readable text, and where it ends there; not in the midst of other syllables."""
    bare = is_thai(piece) and _may_be_abbreviation(piece)
    found: dict[int, int] = {}
    for match in pattern_of(piece).finditer(text):
        start, end = match.span()
        if is_thai(piece) and (text[start - 1 : start] or " ") in _LEADING:
            continue
        if not (bare and end < len(text) and ("ะ" <= text[end] <= "ฺ" or "ๅ" <= text[end] <= "๎")):
            found[start] = end
    return found


Chain = tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Phrase:
    """Pieces that stand side by side in the question.

    Args:
        least: how many of them in a row are worth a mark.
        whole: marked only from its first piece on.
        gap: signs of which one may stand between two pieces.
    """

    pieces: tuple[str, ...]
    telling: tuple[bool, ...]
    least: int = 1
    whole: bool = False
    gap: str = ""

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a part of the phrase stands in a readable text, as long as it goes on, from each of its pieces."""
        stands = {piece: _stands(piece, text) for piece in set(self.pieces)}
        pairs = list(zip(self.pieces, self.telling, strict=True))
        # Each different beginning once: a query of one letter again and again must not be slow.
        for chain in dict.fromkeys(tuple(pairs[at : at + LONGEST_CHAIN]) for at in range(1 if self.whole else len(pairs))):
            for start in stands[chain[0][0]]:
                end = self._end(text, stands, chain, start)
                if end is not None:
                    yield start, end

    def _end(self, text: str, stands: dict[str, dict[int, int]], chain: Chain, start: int) -> int | None:
        """Where the chain that begins here ends with a piece that says something; nothing if it says nothing."""
        end, told = start, None
        for count, (piece, tells) in enumerate(chain, 1):
            skips = count > 1 and end < len(text) and text[end] in self.gap
            following = stands[piece].get(end + skips)
            if following is None:
                break
            end = following
            if tells and count >= self.least and (end - start > 1 or len(self.pieces) == 1):
                told = end
        return told


def _thai_phrase(run: str, segmenter: Segmenter) -> Phrase:
    abbreviated = CONSONANTS.fullmatch(run) is not None and len(run) <= LONGEST_ABBREVIATION
    pieces = (run,) if abbreviated and segmenter.pairs else tuple(filter(has_letter, segmenter.cut(run)))
    if segmenter.pairs:
        return Phrase(pieces, (True,) * len(pieces), least=min(2, len(pieces)))
    # The last piece may be half a word that is being typed: ความร.
    telling = (piece not in _FORMING and (len(piece) > 1 or at == len(pieces)) for at, piece in enumerate(pieces, 1))
    return Phrase(pieces, tuple(telling))


def _phrases(asked: list[str], segmenter: Segmenter) -> Iterator[Phrase]:
    for at, run in enumerate(asked):
        if is_thai(run):
            yield _thai_phrase(run, segmenter)
        elif not run[0].isdigit():
            yield Phrase((run,), (run not in STOP,))
        elif len(run) > 1 or not at:
            yield Phrase((run,), (True,))
        elif not asked[at - 1][0].isdigit():
            # One digit alone stands everywhere; with the word before it it is a code: LD 1, หมวด 4.
            yield Phrase((asked[at - 1], run), (False, True), whole=True, gap=" -")


@dataclass(frozen=True)
class Sought:
    """What to look for in a text.

    Args:
        telling: the words whose number and weight make one stretch of text better than another.
    """

    phrases: tuple[Phrase, ...]
    telling: tuple[str, ...]


@lru_cache(512)
def sought(query: str, segmenter: Segmenter = SEGMENTER) -> Sought:
    """What a text is searched for to show where it answers."""
    asked = runs(normalise(query[:LONGEST_QUERY]))
    phrases = [phrase for phrase in _phrases(asked, segmenter) if any(phrase.telling)]
    if not phrases:
        # Nothing but การ or ของ: then that is what was meant.
        phrases = [Phrase((run,), (True,)) for run in asked if has_letter(run) or not is_thai(run)]
    words = [
        piece
        for phrase in phrases
        for piece, tells in zip(phrase.pieces, phrase.telling, strict=True)
        if tells and len(piece) > 1
    ]
    return Sought(tuple(dict.fromkeys(phrases)), tuple(dict.fromkeys(words)))
