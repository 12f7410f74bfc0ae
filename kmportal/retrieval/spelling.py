"""One spelling for what looks the same: invisible signs, marks typed in another order, digits, letters of old fonts."""

import re
import unicodedata
from collections.abc import Callable

TONES = "่-๋"
# Old fonts kept second shapes of letters and marks at private places; text out of PDFs still has them.
_SHAPES = "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู"
_OLD_FONTS = {0xF700 + place: letter for place, letter in enumerate(_SHAPES)}
_BREAK = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]")
# Control and format characters, variation selectors, halves of characters.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    r"\ufff9-\ufffb\ud800-\udfff\U000e0001-\U000e007f]"
)
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Nobody writes so many signs in a row; putting marks in order costs the square of their number.
_HEAP = re.compile(r"([^\w\s]{32})[^\w\s]+")

Repair = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
_REPAIRS: tuple[Repair, ...] = (
    (re.compile("เเ"), "แ"),
    # ำ in two signs, with the tone mark at any of its three places.
    (re.compile(f"ํ([{TONES}]?)า"), r"\1ำ"),
    (re.compile(f"ำ([{TONES}])"), r"\1ำ"),
    (re.compile(f"([{TONES}์])([ัิ-ู็])"), r"\2\1"),
    (re.compile(r"([ะ-ฺๅ็-๎])\1+"), r"\1"),
    (re.compile(f"([{TONES}])[{TONES}]+"), r"\1"),
    # The commonest misspelling of all.
    (re.compile("ปฎิ"), "ปฏิ"),
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ""),
)


def visible(text: str) -> str:
    """Without what shows nothing: zero-width signs, soft hyphens, control characters, NUL, halves of characters."""
    return _UNSEEN.sub("", _BREAK.sub(" ", text)).translate(_OLD_FONTS)


def one_spelling(text: str) -> str:
    """The same string for texts that read the same; lower case, Arabic digits, no thousands separators.

    NFKC takes ำ apart, so what mends it comes after; and marks must stand in order before doubled ones are seen.
    """
    text = unicodedata.normalize("NFKC", _HEAP.sub(r"\1", visible(text)))
    for wrong, right in _REPAIRS:
        text = wrong.sub(right, text)
    return text.translate(THAI_DIGITS).casefold()
