"""Dates as people type them in summaries: Thai and English, B.E. and C.E., single days and ranges, years left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from .text import digits

_THAI = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
_SHORT = ("มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค")
_ENGLISH = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTHS: dict[str, int] = {
    **{m: n for n, m in enumerate(_THAI, 1)},
    **{m: n for n, m in enumerate(_SHORT, 1)},
    **{m: n for n, m in enumerate(_ENGLISH, 1)},
    **{m[:3]: n for n, m in enumerate(_ENGLISH, 1)},
    "sept": 9,
}
_ABBREVIATED = "|".join(rf"{s[:-1]}\.?{s[-1]}\.?" for s in _SHORT)
_TH_MONTH = rf"(?:{'|'.join(_THAI)}|(?:{_ABBREVIATED})(?!\.?(?!พ\.?\s?ศ)[ก-ฮ]))"
_EN_MONTH = rf"(?:{'|'.join(_ENGLISH)}|(?:{'|'.join(m[:3] for m in _ENGLISH)}|sept)\b\.?)"
_DAY = r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)"
_TO = r"\s{0,3}(?:-|–|—|~|ถึง|และ|จนถึง|to|until|and|&|,|/)\s{0,3}"
_WEEKDAY = (
    r"(?:วัน(?:จันทร์|อังคาร|พุธ|พฤหัส(?:บดี)?|ศุกร์|เสาร์|อาทิตย์)?\s{0,2}(?:ที่)?\s{0,2}|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s)?"
)
_ERA = r"[\s,]{0,3}(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|พุทธศักราช|คริสต์ศักราช|b\.?e\.?|a\.?d\.?|ปี)?\s{0,2}"
_YEAR = r"(?:\d{4}|['’]?\d{2}(?![\d.,:]|\s?น\.))(?!\d)"
_DAYS = rf"{_DAY}(?:{_TO}{_WEEKDAY}{_DAY}){{0,6}}"
_DAY_FIRST = re.compile(
    rf"(?P<d>{_DAYS})\s{{0,3}}(?:เดือน|of\s)?\s{{0,2}}(?P<m>{_TH_MONTH}|{_EN_MONTH})(?:{_ERA}(?P<y>{_YEAR}))?", re.I
)
_MONTH_FIRST = re.compile(rf"\b(?P<m>{_EN_MONTH})\s{{1,3}}(?P<d>{_DAYS})(?:,?\s{{0,3}}(?P<y>\d{{4}})(?!\d))?", re.I)
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<d>\d{1,2}(?:\s?[-–]\s?\d{1,2})?)(?P<s>[/.-])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})(?![\d/])"
)
_ISO = re.compile(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?![\d-])")
_NUMBER = re.compile(r"\d+")
_BRIDGE = re.compile(rf"{_TO}{_WEEKDAY}", re.I)
_BUDDHIST = 543
_MOST = 200  # dates looked at in one text: a summary has a handful


@dataclass(frozen=True, slots=True)
class When:
    """A date or range in a text: where it stands, its days, and whether its year was typed."""

    at: int
    to: int
    start: date
    end: date
    year_typed: bool = True

    @property
    def is_range(self) -> bool:
        """More than one day."""
        return self.end > self.start


@dataclass(frozen=True, slots=True)
class _Raw:
    at: int
    to: int
    days: tuple[int, ...]
    month: int
    year: int | None


def find_dates(text: str, default_year: int | None = None) -> list[When]:
    """Every date in the text, in order. A date without a year takes that of its range, then `default_year` (C.E.)."""
    plain = digits(text).lower()
    raws = _raws(plain)
    found: list[When] = []
    at = 0
    while at < len(raws):
        first = raws[at]
        last = first
        if at + 1 < len(raws) and _BRIDGE.fullmatch(plain, first.to, raws[at + 1].at):
            last = raws[at + 1]
            at += 1
        at += 1
        if (when := _when(first, last, default_year)) is not None:
            found.append(when)
    return found


def _raws(text: str) -> list[_Raw]:
    raws: list[_Raw] = []
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST, _NUMERIC):
        for found in islice(pattern.finditer(text), _MOST):
            if any(r.at < found.end() and found.start() < r.to for r in raws):
                continue
            month = _month(found["m"])
            days = tuple(int(d) for d in _NUMBER.findall(found["d"]))
            if month:
                thai = bool(re.search("[ก-ฮ]", found["m"])) or pattern is _NUMERIC
                raws.append(_Raw(found.start(), found.end(), days, month, _year(found["y"], thai)))
    return sorted(raws, key=lambda r: r.at)


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    return MONTHS.get(text.replace(".", "").strip())


def _year(text: str | None, thai: bool) -> int | None:
    if not text:
        return None
    year = int(text.strip("'’"))
    if year < 100:
        year += 2500 if thai else 2000
    if 2400 <= year <= 2700:
        return year - _BUDDHIST
    return year if 1900 <= year <= 2150 else None


def _when(first: _Raw, last: _Raw, default_year: int | None) -> When | None:
    year = last.year or first.year or default_year
    if year is None:
        return None
    begin = first.year or (year - 1 if first.month > last.month else year)
    try:
        start = date(begin, first.month, first.days[0])
        end = date(last.year or year, last.month, last.days[-1])
    except ValueError:
        return None
    if end < start:
        start, end = min(start, end), max(start, end)
    if (end - start).days > 400:
        return None
    return When(first.at, last.to, start, end, (last.year or first.year) is not None)


_YEARS = re.compile(r"(?:พ\.?\s?ศ\.?|ปี(?:งบประมาณ)?)\s{0,2}(?:พ\.\s?ศ\.)?\s{0,2}(?P<be>2[45]\d\d)|\b(?P<ce>20\d\d)\b")


def year_in(texts: Sequence[str]) -> int | None:
    """The first year named in the texts (C.E.), for dates typed without one."""
    for text in texts:
        if found := _YEARS.search(digits(text)):
            return int(found["be"]) - _BUDDHIST if found["be"] else int(found["ce"])
    return None
