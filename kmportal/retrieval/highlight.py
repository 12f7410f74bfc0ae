"""Where a text answers a question: marks in the text as it was written, and the stretch of it that answers best."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from kmportal.retrieval.analysis import normalise
from kmportal.retrieval.patterns import LONGEST_QUERY, UNSEEN, Sought, readable, sought
from kmportal.retrieval.segment import SEGMENTER, Segmenter

ELLIPSIS = "…"
# How far the cut of a snippet may move to fall between two words.
REACH = 24
# A blank so near is taken at once; letters beyond the reach that words need around them to be cut rightly.
NEARBY, CONTEXT = 8, 12
_BETWEEN = UNSEEN + " \u00a0"
_BLANK = re.compile(r"\s")
_THAI_RUN = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎]+")
_LEADING, _TRAILING = "เแโใไ", "ะาำๅ"


@dataclass
class Span:
    start: int
    end: int


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M"


def joins(text: str, at: int) -> bool:
    """Whether a text may not be cut at this place: before a mark that belongs to the letter before, behind a vowel that leads."""
    if not 0 < at < len(text):
        return False
    sign = text[at]
    return _is_mark(sign) or sign in _TRAILING or sign == "\u200d" or text[at - 1] in _LEADING


def spans(text: str, wanted: Sought) -> list[Span]:
    """The stretches to mark, in their order; what overlaps or stands side by side is one."""
    found: list[Span] = []
    read, at_home = readable(text)
    for begin, behind in sorted(place for phrase in wanted.phrases for place in phrase.places(read)):
        start, stop = at_home[begin], at_home[behind - 1] + 1
        if _is_mark(text[start]):
            continue
        end = next((at for at in range(stop, len(text)) if not _is_mark(text[at])), len(text))
        if found and (start <= found[-1].end or not text[found[-1].end : start].strip(_BETWEEN)):
            found[-1].end = max(found[-1].end, end)
        else:
            found.append(Span(start, end))
    return found


def _marked(text: str, marks: Sequence[Span], start: int, end: int) -> SafeString:
    """The text from start to end, escaped, with marks."""
    pieces: list[tuple[str, str]] = []
    at = start
    for span in marks:
        begin, stop = max(span.start, start), min(span.end, end)
        if begin < stop:
            pieces.append((text[at:begin], text[begin:stop]))
            at = stop
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[at:end])


def mark(text: str, query: str, *, segmenter: Segmenter = SEGMENTER) -> SafeString:
    """The whole text with <mark> around what was asked for, safe to print."""
    return _marked(text, spans(text, sought(query, segmenter)), 0, len(text))


def _weight(word: str, rarity: Mapping[str, float] | None) -> float:
    """Without knowing the texts: what is longer is rarer, and a number is chosen with care."""
    if rarity is not None and word in rarity:
        return rarity[word]
    return 2.0 if word.isdigit() and len(word) > 2 else 0.5 + min(len(word), 10) / 5


@lru_cache(8192)
def _held(marked: str, telling: tuple[str, ...]) -> tuple[str, ...]:
    """Which words a marked stretch holds. The same few stretches come in every hit of a query."""
    read = normalise(marked).replace(" ", "")
    return tuple(word for word in telling if word in read)


def _best(text: str, marks: Sequence[Span], wanted: Sought, width: int, rarity: Mapping[str, float] | None) -> tuple[int, int]:
    """First and last place of the marks that say most within the width: each word counts once."""
    inside: Counter[str] = Counter()
    held: list[tuple[str, ...]] = []
    best, chosen, first = -1.0, (marks[0].start, marks[0].end), 0
    for span in marks:
        held.append(_held(text[span.start : span.end][:LONGEST_QUERY], wanted.telling))
        inside.update(held[-1])
        while marks[first].start < span.start and span.end - marks[first].start > width:
            inside.subtract(held[first])
            first += 1
        value = sum(_weight(word, rarity) for word, count in inside.items() if count > 0)
        if value > best:
            best, chosen = value, (marks[first].start, span.end)
    return chosen


def _between_words(text: str, at: int, segmenter: Segmenter) -> int:
    """The nearest place to cut, not far from here: at a blank, or between two words of a Thai run."""
    if not 0 < at < len(text):
        return at
    low, high = max(0, at - REACH), min(len(text), at + REACH)
    places = [found.end() for found in _BLANK.finditer(text, low, high)]
    # A blank nearby is the best place, and found without asking the dictionary.
    if not any(abs(place - at) <= NEARBY for place in places):
        for run in _THAI_RUN.finditer(text, max(0, low - CONTEXT), min(len(text), high + CONTEXT)):
            place = run.start()
            for piece in segmenter.cut(run[0]):
                places.append(place)
                place += len(piece)
            places.append(run.end())
    fitting = [place for place in places if low <= place <= high and not joins(text, place)]
    return min(fitting, key=lambda place: (abs(place - at), place), default=at)


def _cut(text: str, start: int, end: int, keep: tuple[int, int], segmenter: Segmenter) -> tuple[int, int]:
    """Start and end moved to where a text may be cut, without losing what is to be kept."""
    start = min(_between_words(text, start, segmenter), keep[0])
    end = max(_between_words(text, end, segmenter), min(keep[1], end))
    while joins(text, start):
        start -= 1
    while joins(text, end):
        end += 1
    return start, end


def snippet(
    text: str, query: str, width: int = 180, *, rarity: Mapping[str, float] | None = None, segmenter: Segmenter = SEGMENTER
) -> SafeString:
    """About `width` letters of the text around what answers best, with <mark>, safe to print.

    Args:
        rarity: how much a word tells, by `analysis.words`; without it longer words count more.
    """
    wanted = sought(query, segmenter)
    marks = spans(text, wanted)
    keep = _best(text, marks, wanted, width, rarity) if marks else (0, 0)
    slack = max(0, width - (keep[1] - keep[0]))
    start = max(0, min(keep[0] - slack // 3, len(text) - width))
    end = min(len(text), start + width)
    start, end = _cut(text, start, end, keep, segmenter)
    before, behind = ELLIPSIS if start else "", ELLIPSIS if end < len(text) else ""
    return format_html("{}{}{}", before, _marked(text, marks, start, end), behind)
