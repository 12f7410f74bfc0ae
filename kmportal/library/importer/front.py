"""Metadata of a summary: title and genre, dates, venue, organiser, language; and which lines it uses up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .front_title import find_title, headline
from .kinds import role_of
from .model import Found, Vocabulary
from .paragraphs import Para
from .people import PERSON, is_agency_line
from .provinces import find_province
from .text import bare, collapse, digits, thai_share
from .when import When, find_dates, year_in
from .words import find_agency, starts_agency

_NEAR = 60
_HELD = re.compile(
    r"จัด|สัมมนา|ประชุม|อบรม|เสวนา|กิจกรรม|เวที|workshop|seminar|conference|training|held|took place|forum|meeting", re.I
)
_TODAY = re.compile(r"(?:วันนี้|เมื่อวาน(?:นี้)?|เช้าวันนี้|ในวันนี้|today)\s?\(?\s?(?:วัน\S{0,9}ที่)?\s?$", re.I)
_LABEL = re.compile(
    r"(?:วัน(?:ที่)?(?:\s?/?\s?เวลา|และเวลา|\s?เดือน\s?ปี)?(?:ที่?จัด(?:กิจกรรม|ประชุม|อบรม)?|ดำเนินการ)?|ระยะเวลา(?:ดำเนินการ|จัด)?|กำหนดการ|date(?:s)?(?: and time)?|when)\s{0,3}[:：]",
    re.I,
)
_STARTS = re.compile(r"\s*(?:\(?(?:เมื่อ|ระหว่าง|ใน|ประจำ)?วัน(?:\S{0,10}ที่)?|ระหว่าง|date|held|on\b|[\d๐-๙])", re.I)
_NOT_EVENT = re.compile(
    r"ลงวันที่|ประกาศ|มีผล(?:บังคับ)?|ภายใน(?:วันที่)?|ก่อนวันที่|ครั้งต่อไป|ครั้งถัดไป|ครั้งหน้า|มติ(?:คณะรัฐมนตรี|ครม)|คำสั่ง|พ\.ร\.บ\.|พระราช|ข้อมูล\s?ณ|ณ\s?วันที่|พิมพ์|เผยแพร่|ปรับปรุง|ตั้งแต่วันที่|แถลง|เกิด|ส่ง(?:รายงาน|แบบ)|กำหนดส่ง|deadline|by\s?$|published|printed|next (?:meeting|session)|due|no later than|ผู้สรุป|ผู้บันทึก|รายงานโดย|ร่าง",
    re.I,
)
_VENUE_LABEL = re.compile(
    r"(?:สถานที่(?:จัด(?:ประชุม|กิจกรรม|อบรม|สัมมนา)?|ประชุม|อบรม)?|venue|place|location|where)\s{0,3}[:：]\s{0,3}(?P<name>\S.*)", re.I
)
_VENUE = re.compile(
    r"(?:(?<=\s)|(?<=\()|^)(?:ณ|ที่(?=\s?(?:โรงแรม|ห้องประชุม|หอประชุม|อาคาร|ศูนย์ประชุม))|at(?=\s(?:the\s)?[A-Z]))\s{0,3}(?P<name>[^\s\d]\S*(?:\s{1,3}\S+){0,24})",
    re.I,
)
_PLACE = re.compile(r"\s(?P<name>(?:ห้อง(?:ประชุม)?|โรงแรม|อาคาร|หอประชุม|ศูนย์ประชุม|หอสมุด|รีสอร์ท)[^\s\d]?\S*(?:\s{1,3}\S+){0,12})")
_ONLINE = re.compile(
    r"(?:ผ่านระบบ|ผ่านสื่อ|ทาง|via|on)\s?(?P<name>(?:ระบบ)?(?:การประชุมทางไกล|ออนไลน์|zoom|microsoft teams|ms teams|webex|google meet|video conference|online)[^\s]{0,30}(?:\s(?:meeting|teams|application))?)",
    re.I,
)
_VENUE_END = re.compile(
    r"\s(?:โดย|ซึ่ง|เพื่อ|เวลา|เมื่อ|ระหว่าง|วันที่|พร้อม|จัด|เป็น|เข้าร่วม|มี|ได้|และมี|ร่วมกับ|ทั้งนี้|ผู้เข้าร่วม|มีผู้|หัวข้อ|เรื่อง|วิทยากร|ในหัวข้อ|สำหรับ|นั้น|ขอ(?=\s|สรุป)|ว่า|by|with|organi[sz]ed|hosted|on\s\d|from\s\d)|\s{0,2}[;|(“\"]|\.\s"
)
_ORGANISER = re.compile(
    r"(?:(?:จัด|ดำเนินการ|รับผิดชอบ)โดย|(?:หน่วยงาน|ผู้|ส่วนราชการ|องค์กร)(?:ที่)?(?:จัด|รับผิดชอบ|เจ้าภาพ)(?:งาน|กิจกรรม|โครงการ|ประชุม)?|เจ้าภาพ|organi[sz]ed by|hosted by|organi[sz]er|host)\s{0,3}[:：]?\s{0,3}(?P<name>\S.{2,160})",
    re.I,
)
_FILLER = re.compile(
    r"เรื่อง|หัวข้อ|ในหัวข้อ|ระหว่าง|วันที่|เมื่อ|ใน|วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)?|ที่|ณ|จังหวัด|จ\.|เดือน|พ\.ศ\.|ค\.ศ\.|สถานที่|ชื่อ|โครงการ|จัดโดย|โดย|เวลา|น\.|date|venue|title|at|on|held|the|of|[\s\d๐-๙:：.,;()\[\]“”\"'–—/-]+",
    re.I,
)
_PUBLISHED = re.compile(r"(?:ที่มา|source)\s{0,3}[:：]\s{0,3}https?://", re.I)
_ISSUE = re.compile(r"(?:ครั้งที่|รุ่นที่|ประจำปี)")
_STRAY = 14
_FORM_WITHIN = 6
_LONG_LEAD = 200


@dataclass(frozen=True, slots=True)
class Front:
    """Everything found about the event, and the paragraphs (by index) that only said so."""

    title: Found
    genre: Found
    start: Found
    end: Found
    venue: Found
    province: Found
    organiser: Found
    language: str
    year: int | None
    used: frozenset[int]
    told: frozenset[int]


def find_front(paras: Sequence[Para], zone: int, vocabulary: Vocabulary) -> Front:
    """Read the metadata. `zone`: how many paragraphs stand before the outline begins.

    `used`: wholly taken up by the metadata; `told`: front matter that says more and stays as a paragraph.
    """
    view, reach = form_rows(paras, zone)
    title, genre = find_title(view, reach)
    start, end = find_when(view, reach)
    venue, province = find_venue(view, reach, vocabulary)
    organiser = find_organiser(view, reach, vocabulary)
    used, told = _consumed(paras, zone, (title, genre, start, venue, province, organiser))
    return Front(title, genre, start, end, venue, province, organiser, _language(paras), _year(start), used, told)


def form_rows(paras: Sequence[Para], zone: int) -> tuple[list[Para], int]:
    """(paragraphs, zone) with a form at the top read as lines: a row "เรื่อง | ลดเวลารอ" becomes "เรื่อง : ลดเวลารอ"."""
    view: list[Para] = []
    reach = zone
    for n, para in enumerate(paras):
        if not para.cells or n > zone or n > _FORM_WITHIN:
            view.append(para)
            continue
        rows = [row for row in _label_rows(para) if not row[1]]
        view.extend(row[0] for row in rows)
        reach = max(reach, len(view)) if rows else reach
    return view, reach


def _label_rows(para: Para) -> list[tuple[Para, bool]]:
    """(row as a labelled line, whether its label names a kind of item) of a table with short labels in its first column."""
    rows: dict[int, dict[int, list[str]]] = {}
    lines: dict[int, int] = {}
    for line in para.cells:
        if line.table:
            rows.setdefault(line.table[1], {}).setdefault(line.table[2], []).append(line.text)
            lines.setdefault(line.table[1], line.no)
    made = []
    for number, cells in rows.items():
        label, rest = " ".join(cells.get(0, [])), " ".join(" ".join(v) for c, v in cells.items() if c)
        if label and rest and len(label) <= 40:
            text = f"{label.rstrip(' :：')} : {rest}"
            made.append((Para(collapse(text), lines[number], lines[number]), role_of(label) is not None))
    return made


def find_when(paras: Sequence[Para], zone: int) -> tuple[Found, Found]:
    """(first day, last day) of the event as ISO dates of the Common Era: of all dates the one that most looks it."""
    year = year_in([p.text for p in paras[: max(zone, 8)]]) or year_in([p.text for p in paras])
    news = is_news(paras)
    scored: list[tuple[float, int, When, Para]] = []
    for n, para in enumerate(paras[:400]):
        text = " ".join(c.raw for c in para.cells)[:4000] if para.cells else para.text
        scored.extend((_event_score(text, when, n, n < zone, news), n, when, para) for when in find_dates(text, year))
    if not scored:
        return Found(), Found()
    score, _, when, para = max(scored, key=lambda s: (s[0], -s[1]))
    confidence = max(0.2, min(0.98, 0.5 + score / 10))
    lines = (para.first,)
    rule = "date-range" if when.is_range else "date"
    return Found(when.start.isoformat(), lines, confidence, rule), Found(when.end.isoformat(), lines, confidence, rule)


def is_news(paras: Sequence[Para]) -> bool:
    """A page of a news site: its headline comes twice, or it ends with where it was published."""
    first = bare(headline(paras[0].text))[:40] if paras else ""
    again = len(first) >= 25 and any(bare(p.text).startswith(first) for p in paras[1:8])
    return again or any(_PUBLISHED.match(p.text) for p in paras[-3:])


def _event_score(text: str, when: When, n: int, in_front: bool, news: bool) -> float:
    before = text[max(0, when.at - _NEAR) : when.at]
    score = 2.0 * in_front - 0.02 * min(n, 60) + 2.0 * when.is_range + (0.5 if when.year_typed else -1.0)
    stands_alone = bool(_STARTS.match(text)) and when.at <= 25 and len(text) <= 160
    if stands_alone and news and len(text) <= 40:
        return -1.0 - 0.02 * n  # the day it was published
    score += 2.5 * stands_alone + 4.0 * bool(_LABEL.match(text) or _LABEL.search(before))
    score += 2.0 * bool(_HELD.search(before)) + 1.5 * bool(_TODAY.search(before))
    score += 1.0 * ("ระหว่างวันที่" in before[-16:] or "เมื่อวันที่" in before[-16:])
    score -= 5.0 * bool(_NOT_EVENT.search(before[-40:]))
    return score


def find_venue(paras: Sequence[Para], zone: int, vocabulary: Vocabulary) -> tuple[Found, Found]:
    """(venue, province): a labelled line, a line that begins with ณ, or ณ … in running text near the top."""
    best: tuple[float, str, int] = (0.0, "", 0)
    for n, para in enumerate(paras[: max(zone, 1) + 12]):
        text = para.text[:3000]
        guess = _venue_in(text, n < zone)
        if guess and guess[0] - 0.02 * n > best[0]:
            best = (guess[0] - 0.02 * n, guess[1], para.first)
    score, name, line = best
    if not name:
        return Found(), Found()
    place, province = find_province(name, vocabulary)
    found = Found(place, (line,), min(score, 0.98), "venue")
    return found, Found(province, (line,), 0.9, "province") if province else Found()


def _venue_in(text: str, in_front: bool) -> tuple[float, str] | None:
    if labelled := _VENUE_LABEL.match(text):
        return 0.97, _end_venue(labelled["name"])
    for found in _VENUE.finditer(text):
        name = _end_venue(found["name"])
        if len(name) >= 4 and not name.startswith(("วันที่", "ขณะ", "ปัจจุบัน", "สิ้น", "เดือน", "ที่นี้")):
            alone = found.start() == 0 and len(text) <= 200
            return (0.95 if alone else 0.8 if in_front else 0.7), name
    if in_front and find_dates(text, 2000) and (place := _PLACE.search(text)):
        return 0.75, _end_venue(place["name"])
    online = _ONLINE.search(text[:600])
    return (0.4, collapse(online["name"])) if online else None


def _end_venue(name: str) -> str:
    name = collapse(name)
    if cut := _VENUE_END.search(name):
        name = name[: cut.start()]
    if person := PERSON.search(name):
        name = name[: person.start()]
    if dates := find_dates(name, 2000):
        name = re.sub(r"(?:ระหว่าง|เมื่อ|ใน)?(?:วัน\S{0,10}ที่)?\s*$", "", name[: dates[0].at])
    return name.strip(" ,.:-–และ") if name.endswith("และ") else name.strip(" ,.:-–")


def find_organiser(paras: Sequence[Para], zone: int, vocabulary: Vocabulary) -> Found:
    """Who held the event: after จัดโดย or a label, or an agency alone on a line above the outline."""
    for para in paras[: max(zone, 1) + 10]:
        found = _ORGANISER.search(para.text[:3000])
        if found and starts_agency(found["name"]):
            name = re.split(r"\s(?:โดย|ณ|เมื่อ|ซึ่ง|ระหว่าง|วันที่|เพื่อ|มี|on|at)\s?", found["name"])[0]
            return Found(collapse(name).strip(" .,;)"), (para.first,), 0.85, "organiser-label")
    for para in paras[:zone]:
        text = para.text.removeprefix("โดย").strip()
        if (
            len(text) <= 100
            and is_agency_line(text)
            and not para.marker
            and not PERSON.search(text)
            and find_agency(text, vocabulary)
        ):
            return Found(text, (para.first,), 0.6, "organiser-line")
    return Found()


def _consumed(paras: Sequence[Para], zone: int, found: Sequence[Found]) -> tuple[frozenset[int], frozenset[int]]:
    values = [bare(digits(f.value)) for f in found if f]
    lines = {n for f in found for n in f.lines}
    used: set[int] = set()
    told: set[int] = set()
    seen: list[str] = []
    for n, para in enumerate(paras[:zone]):
        text = bare(digits(headline(para.text)))
        if para.cells or para.marker or len(text) > 500:
            continue
        if any(
            text == s
            or (
                len(text) > 40
                and (s.startswith(text[:40]) and (s.startswith(text.rstrip(".…")) or text.startswith(s.rstrip(".…"))))
            )
            for s in seen
        ):
            used.add(n)  # the headline once more, perhaps cut short
        elif para.first in lines or _is_about(para.text):
            seen.append(text)
            if _says_nothing_more(text, values):
                used.add(n)
            elif len(para.text) <= _LONG_LEAD or n == 0:
                told.add(n)
        elif n == 0 and len(text) <= 320:
            seen.append(text)
            told.add(n)
    return frozenset(used), frozenset(told)


def _is_about(text: str) -> bool:
    """A short line of the front that is only a date, a place or the button of a web page."""
    if text.strip() in ("พิมพ์", "แชร์", "Print") or (len(text) <= 60 and _ISSUE.match(text)):
        return True
    return len(text) <= 80 and bool(_STARTS.match(text)) and bool(find_dates(text, 2000))


def _says_nothing_more(text: str, values: Sequence[str]) -> bool:
    left = text
    for value in sorted(values, key=len, reverse=True):
        left = left.replace(value, " ")
    for when in reversed(find_dates(left, 2000)):
        left = left[: when.at] + left[when.to :]
    return len(bare(_FILLER.sub("", left))) <= _STRAY and len(_FILLER.sub("", left)) * 2 <= max(len(text), 12)


def _language(paras: Sequence[Para]) -> str:
    text = " ".join(p.text or " ".join(c.text for c in p.cells) for p in paras)[:200_000]
    share = thai_share(text)
    return "th" if share > 0.75 else "mixed" if share > 0.15 else "en"


def _year(start: Found) -> int | None:
    return int(start.value[:4]) + 543 if start else None
