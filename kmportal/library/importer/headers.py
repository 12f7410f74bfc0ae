"""Is this paragraph a session, the header of a talk, a speaker line, an agency line?"""

from __future__ import annotations

import re

from .markers import style_of
from .paragraphs import Para
from .people import LABEL, PERSON, is_agency_line, label_end
from .text import digits
from .when import find_dates
from .words import CATEGORY_HEADER, CONNECTOR, GROUP, INTRO, PERIOD, SESSION, TALK

_COLON_PERSON = re.compile(r"(?P<title>\S.{3,240}?)\s{0,3}[:：–-]\s{1,3}(?=\S)", re.S)
_BY = re.compile(
    r"(?P<title>\S.{3,240}?)[\s,(]{1,3}(?:โดย|บรรยายโดย|นำเสนอโดย|by|presented by)\s{0,2}[:：]?\s{0,2}(?=\S)", re.S | re.I
)
_SAYS = re.compile(
    r"กล่าว(?:ว่า|ถึง|เปิด|ต้อนรับ|เพิ่มเติม)?|เปิดเผย|เน้นย้ำ|ระบุว่า|ชี้แจง|รายงานว่า|ได้(?:ให้|มอบ|เล่า|นำ|รับ|กล่าว)|มอบหมาย|เป็นประธาน|เข้าร่วม|นำคณะ|ลงพื้นที่|พร้อม(?:ด้วย|คณะ)|ให้การต้อนรับ"
    r"|said|told|noted that|stated"
)
ATTENDANCE = re.compile(
    r"(?:ราย(?:ชื่อ|นาม)|ผู้(?:มา|เข้า|ไม่มา|ร่วม|เข้าร่วม)(?:ร่วม)?ประชุม|ผู้เข้าร่วม|ผู้ไม่มา|คณะ(?:ทำงาน|กรรมการ)|participants|attendees|present\b|attended)",
    re.I,
)
# "ผู้ประสานงาน : นาย…" names an office, not a talk.
_OFFICE = re.compile(r"(?:ผู้|คณะ|ที่ปรึกษา|เลขา|ประธาน|หัวหน้า|ติดต่อ|โทร|ลงชื่อ|contact|prepared|recorded|author)", re.I)
_AFTER = re.compile(r"\s(?:[(–-]|and\s|&|from\s|of\s|[A-Z])")
_LONGEST = 260
Header = tuple[str, str, float]
"""(title, rule, confidence)"""


def is_session(para: Para) -> bool:
    """Session 1: …, ช่วงที่ 1, ภาคบ่าย …: a short line that is not a talk with a speaker."""
    text = para.text if not para.marker else ""
    if not text or len(text) > 180 or para.cells:
        return False
    if not (SESSION.fullmatch(digits(text)) or PERIOD.fullmatch(text)):
        return False
    return not PERSON.search(text)


def session_title(text: str) -> str:
    """The title without "Session 1:"; '' when the line says no more."""
    found = SESSION.fullmatch(digits(text))
    if found:
        return text[found.start("title") :].strip()
    period = PERIOD.fullmatch(text)
    return text[period.start("rest") :].strip(" :：–-") if period else ""


def unit_header(para: Para, after: Para | None) -> Header | None:
    """(title, rule, confidence) when the paragraph opens a talk or a group discussion, else None."""
    if not para.text or para.cells or len(para.text) > _LONGEST:
        return None
    return (
        _by_category(para) or _with_speaker(para) or (None if is_bullet(para) else _by_words(para) or _over_speaker(para, after))
    )


def _by_category(para: Para) -> Header | None:
    found = None if para.marker else CATEGORY_HEADER.match(para.text)
    return (para.text, "category-header", 0.95) if found and not PERSON.search(found["name"]) else None


def _with_speaker(para: Para) -> Header | None:
    """A title, a colon or โดย, and a person, on one line."""
    text = para.text
    if is_bullet(para) or label_end(text) or PERSON.match(text):
        return None
    for pattern, rule in ((_COLON_PERSON, "title-colon-speaker"), (_BY, "title-by-speaker")):
        found = pattern.match(text)
        if found and PERSON.match(text, found.end()) and not _SAYS.search(text, found.end()) and not _OFFICE.match(text):
            return found["title"].strip(" :：–-,("), rule, 0.95
    return None


def _by_words(para: Para) -> Header | None:
    text = para.text
    if GROUP.match(text) and len(text) <= 160 and not CONNECTOR.match(text):
        return text.rstrip(" :："), "group-header", 0.85
    return (text.rstrip(" :："), "talk-header", 0.8) if TALK.match(text) and len(text) <= 220 else None


def _over_speaker(para: Para, after: Para | None) -> Header | None:
    text = para.text
    if after is None or not is_speaker_line(after) or len(text) > 200:
        return None
    if label_end(text) or any(p.match(text) for p in (PERSON, ATTENDANCE)) or INTRO.search(text):
        return None
    return text.rstrip(" :："), "title-over-speaker", 0.85


def is_bullet(para: Para) -> bool:
    """Whether the paragraph carries a bullet (not a number)."""
    return bool(para.marker) and style_of(para.marker)[0] == "bullet"


def is_speaker_line(para: Para) -> bool:
    """A short line that begins with a person, or with a label such as วิทยากร : or โดย and then a person."""
    text = para.text
    if para.cells or not text or len(text) > _LONGEST:
        return False
    start = label_end(text)
    person = PERSON.match(text, start)
    if person is None or (
        person["en_given"] and text[person.end() : person.end() + 1].isspace() and not _AFTER.match(text, person.end())
    ):
        return False
    return start > 0 or not (_SAYS.search(text) or is_bullet(para) or find_dates(text, 2000))


def opens_speakers(para: Para, after: Para | None) -> bool:
    """A speaker line, or a label such as วิทยากร alone on its line above one."""
    if is_speaker_line(para):
        return label_end(para.text) > 0 or not para.marker
    return bool(LABEL.fullmatch(para.text)) and after is not None and bool(PERSON.match(after.text))


def is_agency(para: Para) -> bool:
    """Nothing but an agency."""
    return not para.cells and not is_bullet(para) and is_agency_line(para.text)
