"""Plain-text repairs every reader shares. All of them are linear and none changes a word."""

from __future__ import annotations

import re

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Zero-width characters, soft hyphen, byte-order marks and direction marks: invisible, and they split words in search.
INVISIBLE = dict.fromkeys(
    [0x00AD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, *range(0xFE00, 0xFE10)]
)
# Old Thai fonts draw shifted vowels and tone marks with private-use glyphs U+F700-F71A.
_SHIFTED = (
    "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู"
)  # fmt: skip
THAI_PRIVATE = {0xF700 + n: ord(c) for n, c in enumerate(_SHIFTED)}
# Bullets of the Symbol and Wingdings fonts arrive as U+F020-F0FF; what they look like, roughly.
SYMBOL_BULLETS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0FE: "☑", 0xF076: "❖", 0xF06E: "■", 0xF0A8: "◻"}
_SPACES = re.compile(r"[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BLANKS = re.compile(r"\s+")
_CONTROL = dict.fromkeys(
    [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)
_SARA_AM = re.compile("([่-๋]?)ํ([่-๋]?)า")
_TONE_FIRST = re.compile("([่-๋])([ัิ-ฺ็ํ])")
_LOOSE_MARK = re.compile(r"[ \t]+([ัิ-ฺ็-๎ำ])")
_SPLIT_AM = re.compile(r"ํ[ \t]*([่-๋]?)[ \t]*า")


def clean(text: str) -> str:
    """The text without invisible and control characters, with sara am as one letter and Thai font glyphs repaired."""
    text = text.translate(INVISIBLE).translate(_CONTROL).translate(THAI_PRIVATE)
    return _SARA_AM.sub(r"\1\2ำ", text) if "ํ" in text else text


def repair_pdf(text: str) -> str:
    """Thai as PDF text layers break it: loose marks rejoined, tone marks put after their vowel, sara am as one letter."""
    text = _LOOSE_MARK.sub(r"\1", text.translate(THAI_PRIVATE))
    text = _SPLIT_AM.sub(r"\1ำ", text)
    return clean(_TONE_FIRST.sub(r"\2\1", text))


def collapse(text: str) -> str:
    """Runs of blanks become one; ends are stripped."""
    return _BLANKS.sub(" ", _SPACES.sub(" ", text)).strip()


def digits(text: str) -> str:
    """Thai digits as Arabic ones; the length does not change."""
    return text.translate(THAI_DIGITS)


def bare(text: str) -> str:
    """The text without any blank: for comparing."""
    return _BLANKS.sub("", text)


def is_thai(char: str) -> bool:
    """Whether the character is in the Thai block."""
    return "\u0e00" <= char <= "\u0e7f"


def thai_share(text: str) -> float:
    """The share of Thai among the letters, 0 for no letters."""
    letters = [c for c in text if c.isalpha() or is_thai(c)]
    return sum(map(is_thai, letters)) / len(letters) if letters else 0.0
