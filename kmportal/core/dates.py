"""Dates for two calendars: Buddhist Era (พ.ศ. = C.E. + 543) in Thai, Common Era in English; both are read on input.

The rule "a year of 2400 or more is B.E." is safe: C.E. 2400 is four centuries away, and B.E. 2400 is C.E. 1857.
"""

import re
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

BUDDHIST_OFFSET = 543
FIRST_BUDDHIST_YEAR = 2400
THAI_MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
THAI_MONTHS_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
TO_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


class NotADate(ValueError):
    """The text is not a date in any form that we read."""


def _thai(language: str | None) -> bool:
    return (language or get_language() or "th").startswith("th")


def local_date(value: date | datetime) -> date:
    """The day in the site's time zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def year_number(year: int, language: str | None = None) -> int:
    """The year as a reader of that language writes it."""
    return year + BUDDHIST_OFFSET if _thai(language) else year


def full(value: date | datetime, language: str | None = None) -> str:
    """'1 กรกฎาคม 2553' in Thai, '1 July 2010' in English."""
    day = local_date(value)
    months = THAI_MONTHS if _thai(language) else ENGLISH_MONTHS
    return f"{day.day} {months[day.month - 1]} {year_number(day.year, language)}"


def short(value: date | datetime, language: str | None = None) -> str:
    """'1 ก.ค. 2553' in Thai, '1 Jul 2010' in English."""
    day = local_date(value)
    month = THAI_MONTHS_SHORT[day.month - 1] if _thai(language) else ENGLISH_MONTHS[day.month - 1][:3]
    return f"{day.day} {month} {year_number(day.year, language)}"


def clock(value: datetime, language: str | None = None) -> str:
    """'14.30 น.' in Thai, '14:30' in English."""
    moment = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{moment:%H.%M} น." if _thai(language) else f"{moment:%H:%M}"


def period(start: date, end: date | None = None, language: str | None = None) -> str:
    """'1–2 กรกฎาคม 2553', '30 มิถุนายน – 2 กรกฎาคม 2553', or the whole dates where the years differ."""
    if end is None or end == start:
        return full(start, language)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{full(end, language)}"
    if start.year == end.year:
        months = THAI_MONTHS if _thai(language) else ENGLISH_MONTHS
        return f"{start.day} {months[start.month - 1]} – {full(end, language)}"
    return f"{full(start, language)} – {full(end, language)}"


def fiscal_year(value: date | datetime) -> int:
    """The Thai fiscal year (1 October to 30 September) as a C.E. year, named by the year it ends in."""
    day = local_date(value)
    return day.year + 1 if day.month >= 10 else day.year


def common_year(year: int) -> int:
    """A year written in either era, as C.E. Two-digit years are B.E. 25xx, as civil servants shorten them."""
    if year < 100:
        return 2500 + year - BUDDHIST_OFFSET
    return year - BUDDHIST_OFFSET if year >= FIRST_BUDDHIST_YEAR else year


_MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(THAI_MONTHS, 1)},
    **{name: number for number, name in enumerate(THAI_MONTHS_SHORT, 1)},
    **{name.replace(".", ""): number for number, name in enumerate(THAI_MONTHS_SHORT, 1)},
    **{name.lower(): number for number, name in enumerate(ENGLISH_MONTHS, 1)},
    **{name[:3].lower(): number for number, name in enumerate(ENGLISH_MONTHS, 1)},
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})\Z")
_WORDS = re.compile(r"(\d{1,2}) ?([^\d ]{2,12}) ?(?:พ\.?ศ\.? ?)?(\d{4}|\d{2})\Z")


def parse(text: str) -> date:
    """Reads '1 กรกฎาคม 2553', '1 ก.ค. 53', '01/07/2553', '๑ ก.ค. ๒๕๕๓', '1 July 2010', '2010-07-01'.

    Raises:
        NotADate: the text has none of these forms, or names a day that does not exist.
    """
    cleaned = " ".join(text.translate(THAI_DIGITS).replace("วันที่", " ").split()).lower()
    if match := _ISO.match(cleaned):
        return _make(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.match(cleaned):
        return _make(int(match[3]), int(match[2]), int(match[1]))
    if (match := _WORDS.match(cleaned)) and match[2] in _MONTH_NUMBERS:
        return _make(int(match[3]), _MONTH_NUMBERS[match[2]], int(match[1]))
    raise NotADate(text[:40])


def _make(year: int, month: int, day: int) -> date:
    try:
        return date(common_year(year), month, day)
    except ValueError as error:
        raise NotADate(f"{day}/{month}/{year}") from error
