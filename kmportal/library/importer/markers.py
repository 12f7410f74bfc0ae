"""List markers as people type them: bullets of any font, numbers 1. 1.1 1) (1) ๑. ข้อ 1, letters ก. ก) (a) i.

A letter counts as a marker only in a series (ก before ข), so "จ. นครราชสีมา" and "J. Smith" stay text: `settle_letters`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from .text import SYMBOL_BULLETS, digits

# Wingdings bullets whose font was lost turn into these letters; only before a blank and Thai (or an opening mark).
_LOST_FONT = re.compile(r"[oOØøü§qvnlwuðèàŸÄþ²³Ü][ \t]+(?=[\u0e00-\u0e7f“\"(])")
_DASH = "-–—−‐‑‒―"
_ALWAYS = "·•●○◦▪▫■□◆◇▶►▸‣∙⁃∘⦁⦿◘◙‧․・➢➤➔➜➡✓✔✗✘★☆✦✧❖❑❒☐☑☒→⇒»※✱✲✳⁎◾◽◼◻"
_BULLET = re.compile(rf"[{re.escape(_ALWAYS)}\ufffd]+\ufe0f?[ \t]*")
_DASHED = re.compile(rf"[{re.escape(_DASH)}]{{1,2}}(?:[ \t]+(?=\S)|(?=[\u0e00-\u0e7fA-Za-z“(\"]))")
_SIGN = re.compile(r"(?:\*(?!\*)|\+|>{1,2}|=>|->|~|\#(?=[ \t]*\d))[ \t]+(?=\S)|\*(?=[\u0e00-\u0e7f])")
_CIRCLED = re.compile(r"[①-⑳❶-❿⓫-⓴➀-➓⑴-⒇⒈-⒛][ \t]*")
_CHECK = re.compile(r"\[[ xX✓✔]?\][ \t]+|[☐☑]")
_NUMBER = re.compile(
    r"(?:ข้อ(?:ที่)?[ \t]*)?(?:"
    r"\(\d{1,3}(?:\.\d{1,2}){0,4}\)|\[\d{1,2}\]"  # (1) (1.2) [1]
    r"|\d{1,3}(?:\.\d{1,2}){0,4}\.?\)"  # 1) 1.) 1.1)
    r"|\d{1,2}(?:\.\d{1,2}){1,4}\.?(?=[ \t]|[^\d\s.,%/:-])"  # 1.1 1.1.
    r"|\d{1,2}\.(?!\d)(?=[ \t]|[^\d\s.,]|$)"  # 1.
    r"|\d{1,2}(?=\t))"
    r"[ \t]*(?:[:：][ \t]*)?"
)
_CLAUSE = re.compile(r"ข้อ(?:ที่)?[ \t]*\d{1,2}(?=[ \t:])[ \t]*[.:]?[ \t]*")
_LETTER = re.compile(
    r"(?:\([ก-ฮa-zA-Z]\)|\(?[ivxIVX]{1,5}\)|[ก-ฮa-zA-Z]\)|[ก-ฮa-zA-Z]\.(?=[ \t])|[ivxIVX]{2,5}\.(?=[ \t]))[ \t]*"
)
# "2.5 ล้านบาท", "13.15 น.", "1.7.2553" begin a wrapped line, not a list item.
_MEASURE = re.compile(
    r"[ \t]*(?:น\.|น\b|ล้าน|แสน|หมื่น|พัน|บาท|เท่า|กิโล|กม\.|เมตร|ตาราง|ไร่|คน|ราย|แห่ง|เปอร์เซ็นต์|ชั่วโมง|นาที|วัน|เดือน|ปี|คะแนน|หน่วย"
    r"|million|billion|percent|per cent|km|hours|points|[%x×°/])"
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_MAX = 40
_DIGIT = re.compile(r"\d+")


def split_marker(line: str) -> tuple[str | None, str]:
    """(marker, rest) of a line; a bullet and a number may stand together ("• 1."). No marker: (None, line)."""
    marker, rest = _one(line)
    if marker is None:
        return None, line
    if style_of(marker)[0] == "bullet":
        second, after = _one(rest)
        if second is not None and not second[:1].isalpha():
            return f"{marker} {second}", after
    return marker, rest


def _one(line: str) -> tuple[str | None, str]:
    head = digits(line[:_MAX])
    for pattern in (_BULLET, _CHECK, _CIRCLED, _DASHED, _SIGN, _LOST_FONT):
        if found := pattern.match(head):
            return _cut(line, found.end())
    if width := _symbol(head):
        return _cut(line, width)
    if (found_number := _NUMBER.match(head)) and not _is_figure(head, found_number):
        return _cut(line, found_number.end())
    for pattern in (_CLAUSE, _LETTER):
        if found := pattern.match(head):
            return _cut(line, found.end())
    return None, line


def _symbol(head: str) -> int:
    """The length of a bullet of a symbol font (private use) or any pictograph, 0 if the line starts otherwise."""
    if not head or unicodedata.category(head[0]) not in ("Co", "So"):
        return 0
    return 1 if len(head) > 1 and (head[1] in " \t" or unicodedata.category(head[0]) == "Co") else 0


def _is_figure(head: str, found: re.Match[str]) -> bool:
    """Whether the number is a quantity, a time or a date."""
    if _DATE.match(head):
        return True
    bare = found.group().strip()
    return bare[-1:].isdigit() and "." in bare and bool(_MEASURE.match(head, found.end()))


def _cut(line: str, end: int) -> tuple[str | None, str]:
    marker = line[:end].strip().rstrip(":：").strip()
    rest = line[end:].strip()
    return ("".join(SYMBOL_BULLETS.get(ord(c), "•" if "\uf000" <= c <= "\uf0ff" else c) for c in marker) or None), rest


def style_of(marker: str | None) -> tuple[str, int]:
    """(style, depth): markers of one list share it. "1." ("1.", 0); "2.3" ("n.n", 1); "•" ("bullet•", 0); ก) ("ก)", 0)."""
    if not marker:
        return "", 0
    last = digits(marker.split(" ")[-1]).strip()
    numbers = _DIGIT.findall(last)
    if numbers:
        if len(numbers) > 1:
            return "n.n", len(numbers) - 1
        shape = _DIGIT.sub("1", last)
        return ("1." if shape in ("1", "1.") else shape), 0
    return _letter_style(last), 0


def _letter_style(last: str) -> str:
    letter = last.strip("().")
    if not letter or last == letter or last[0] in _DASH:
        return "bullet"
    if len(letter) == 1 and letter.isalpha() and ord(letter) < 0x2000:
        return last.replace(letter, "ก" if letter > "z" else "a")
    return "i" + last[-1] if set(letter.lower()) <= set("ivx") else "bullet"


def glyph(marker: str | None) -> str:
    """The exact list style: like `style_of`, but bullets of different shapes are told apart (levels depend on it)."""
    style, depth = style_of(marker)
    if style == "bullet" and marker:
        first = marker.split(" ")[-1][0]
        return "bullet-" if first in _DASH else f"bullet{first}"
    return f"{style}{depth}"


def number_of(marker: str | None) -> int | None:
    """The last number of a marker ("2.3" gives 3), or None."""
    found = _DIGIT.findall(digits(marker or ""))
    return int(found[-1]) if found else None


_SERIES = ("กขคงจฉชซฌญ", "กขฃคฅฆง", "abcdefghijklmnop")


def settle_letters(markers: Sequence[str | None]) -> list[bool]:
    """For each marker whether it holds: letters only as part of a series that starts at ก, a or i."""
    kept: list[bool] = []
    last: dict[str, str] = {}
    for marker in markers:
        letter = (marker or "").strip("().").lower()
        if not marker or not letter or not letter.isalpha() or style_of(marker)[0].startswith("bullet"):
            kept.append(marker is not None)
            continue
        shape = marker.replace(marker.strip("()."), "x")
        ok = letter in ("ก", "a", "i") or _follows(last.get(shape, ""), letter)
        kept.append(ok)
        if ok:
            last[shape] = letter
    return kept


_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def _follows(before: str, letter: str) -> bool:
    for series in (*_SERIES, _ROMAN):
        if before in series and letter in series and before and series.index(letter) == series.index(before) + 1:
            return True
    return False
