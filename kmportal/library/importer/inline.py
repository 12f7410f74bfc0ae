"""Lists inside a sentence: "… ได้แก่ 1) … 2) … และ 3) …". They are offered as splits, never split by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .model import Block
from .text import digits

# "1) ", "(1) ", "1." glued to Thai: each form counts for itself.
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d.(/])(?P<n>\d{1,2})\)",
        r"\((?P<n>\d{1,2})\)",
        r"(?:(?<=\s)|(?<=และ)|(?<=:)|^)(?P<n>\d{1,2})\.(?=\s?[^\d\s.,])",
    )
)
_TAIL = re.compile(r"[\s,;]*(?:และ|หรือ|and|or)?[\s,;]*$")
_LEAST = 2
Span = tuple[int, int]


def with_spans(block: Block) -> Block:
    """The block with the offsets of its inline list; unchanged when it holds none."""
    if block.type not in ("item", "paragraph") or len(block.text) < 12:
        return block
    spans = find_spans(block.text)
    return replace(block, spans=spans) if spans else block


def find_spans(text: str) -> tuple[Span, ...]:
    """(start, end) of each entry of the longest inline list: numbers 1, 2, 3 … of one form, at least two of them."""
    plain = digits(text)
    series = max((_series(plain, form) for form in _FORMS), key=len)
    if len(series) < _LEAST:
        return ()
    starts = [start for start, _ in series]
    ends = [*starts[1:], len(text)]
    return tuple((a, _trimmed(plain, a, b)) for a, b in zip(starts, ends, strict=True))


def _series(text: str, form: re.Pattern[str]) -> list[Span]:
    """The places of 1, 2, 3 … in order; numbers that do not continue the series are passed over."""
    found: list[Span] = []
    for match in form.finditer(text):
        if int(match["n"]) == len(found) + 1:
            found.append(match.span())
    return found


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of an entry without the comma or "and" before the next one."""
    tail = _TAIL.search(text, max(start, end - 12), end)
    return tail.start() if tail and end < len(text) else end


def entries(text: str, spans: tuple[Span, ...]) -> Iterator[tuple[str, str]]:
    """(marker, text) of each entry of an inline list."""
    for start, end in spans:
        for form in _FORMS:
            if found := form.match(digits(text), start):
                yield text[start : found.end()], text[found.end() : end].strip()
                break


def last_number(text: str) -> int | None:
    """The number of the last entry of an inline list, None when there is none."""
    spans = find_spans(text)
    return len(spans) if spans else None


def opens_with_number(text: str, number: int) -> bool:
    """Whether the text, at its beginning, goes on with entry `number` of an inline list."""
    return any(int(m["n"]) == number for form in _FORMS for m in form.finditer(digits(text[:60])))
