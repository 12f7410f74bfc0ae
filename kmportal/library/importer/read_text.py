"""Plain text: which encoding, which lines, and tables typed with tabs or bars."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import replace

from .markers import settle_letters, split_marker
from .model import Limits, SourceLine, UnreadableFile, Warn
from .text import clean, thai_share
from .text_tables import cells_of

TEXT = "text/plain"
_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_BOLD = re.compile(r"(\*\*|__)([^*_]{1,200})\1[ \t]*:?")
_CENTRED = 15
_TAB = 4


def read_text(data: bytes, limits: Limits) -> tuple[str, list[SourceLine], list[Warn]]:
    """(encoding, lines, warnings) of a text file. UnreadableFile when the bytes are no text."""
    encoding, text, warnings = decode(data)
    raw = _BREAK.split(text)
    if len(raw) > limits.lines * 5:
        raise UnreadableFile("too_long", f"{len(raw)} lines")
    return encoding, lines_of(raw), warnings


def decode(data: bytes) -> tuple[str, str, list[Warn]]:
    """(encoding, text, warnings): byte-order mark, else UTF-8, else UTF-16 by its pattern of bytes, else CP874."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strict(data, name)
    if wide := _wide(data):
        return _strict(data, wide)
    if b"\x00" in data[:4096]:
        raise UnreadableFile("not_supported", "binary data")
    loose = data.decode("utf-8", "replace")
    bad = loose.count("\ufffd")
    if not bad or (bad * 50 < len(loose) and thai_share(loose) > 0.2):
        return "utf-8", _checked(loose), [Warn("bad_bytes", bad)] if bad else []
    return _thai_single_byte(data)


def _thai_single_byte(data: bytes) -> tuple[str, str, list[Warn]]:
    text = data.decode("cp874", "replace")
    if thai_share(text) < 0.05 and any(b >= 0xA1 for b in data):
        raise UnreadableFile("not_supported", "neither UTF-8 nor CP874")
    bad = text.count("\ufffd")
    if bad * 50 > len(text):
        raise UnreadableFile("not_supported", "no known encoding")
    return "cp874", _checked(text), [Warn("bad_bytes", bad)] if bad else []


def _strict(data: bytes, encoding: str) -> tuple[str, str, list[Warn]]:
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    bad = text.count("\ufffd")
    if bad * 20 > len(text):
        raise UnreadableFile("damaged", f"not {encoding}")
    return encoding, _checked(text), [Warn("bad_bytes", bad)] if bad else []


def _checked(text: str) -> str:
    """The text, unless control characters show that it is none."""
    odd = sum(1 for c in text[:20_000] if c < " " and c not in "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x1a")
    if odd * 50 > min(len(text), 20_000):
        raise UnreadableFile("not_supported", "control characters")
    return text


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: in Thai and English text every second byte is 0x0E or 0x00."""
    sample = data[:4000]
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        high = sample[start::2]
        if len(high) > 3 and sum(b in (0x00, 0x0E, 0x20) for b in high) > 0.9 * len(high) and (0x00 in high or 0x0E in high):
            other = sample[1 - start :: 2]
            if sum(b in (0x00, 0x0E) for b in other) < 0.5 * len(other):
                return name
    return ""


def lines_of(raw: Sequence[str]) -> list[SourceLine]:
    """Lines of typed text: marker, indent, typed headings (# …, **…**), tables. Blank lines only count."""
    cleaned = [clean(line) for line in raw]
    cells = cells_of(cleaned)
    lines: list[SourceLine] = []
    for no, text in enumerate(cleaned, start=1):
        if no in cells:
            lines.extend(replace(cell, no=no) for cell in cells[no])
        elif text.strip():
            lines.append(_line(no, text))
    return unmark_letters(lines)


def _line(no: int, text: str) -> SourceLine:
    body = text.strip()
    expanded = text.rstrip().expandtabs(_TAB)
    indent = len(expanded) - len(expanded.lstrip())
    if found := _HEADING.match(body):
        return SourceLine(no, body[found.end() :].strip("# \t"), heading=len(found.group(1)), indent=indent)
    bold = bool(_BOLD.fullmatch(body))
    if bold:
        body = body.replace("**", "").replace("__", "").strip()
    marker, rest = split_marker(body)
    return SourceLine(no, rest, marker, float(indent), bold=bold, centred=indent >= _CENTRED)


def unmark_letters(lines: list[SourceLine]) -> list[SourceLine]:
    """Letters that are not part of a series (ก, ข, ค …) go back into the text."""
    held = settle_letters([line.marker for line in lines])
    return [
        line if ok or line.marker is None else replace(line, text=f"{line.marker} {line.text}".strip(), marker=None)
        for line, ok in zip(lines, held, strict=True)
    ]
