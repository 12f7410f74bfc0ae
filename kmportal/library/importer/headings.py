"""Is this paragraph a heading, a talk header, a speaker line? Each answer comes with how sure it is and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .kinds import Role, defines, role_of
from .markers import style_of
from .model import Vocabulary
from .paragraphs import Para, following, same_list
from .people import LABEL, PERSON, find_people, is_agency_line
from .text import digits
from .words import CATEGORY_HEADER, CODE_LEAD, CONNECTOR, GROUP, INTRO, ORDINAL, PERIOD, SESSION, TALK

_COLON_PERSON = re.compile(r"(?P<title>\S.{3,240}?)\s{0,3}[:：–-]\s{1,3}(?=\S)", re.S)
_BY = re.compile(
    r"(?P<title>\S.{3,240}?)[\s,(]{1,3}(?:โดย|บรรยายโดย|นำเสนอโดย|by|presented by)\s{0,2}[:：]?\s{0,2}(?=\S)", re.S | re.I
)
_SAYS = re.compile(
    r"กล่าว(?:ว่า|ถึง|เปิด|ต้อนรับ|เพิ่มเติม)?|เปิดเผย|เน้นย้ำ|ระบุว่า|ชี้แจง|รายงานว่า|ได้(?:ให้|มอบ|เล่า|นำ|รับ|กล่าว)|มอบหมาย|said|told|noted that|stated"
)
_GENERIC = re.compile(
    r"(?:ความเป็นมา|หลักการและเหตุผล|ที่มา(?:และความสำคัญ)?$|ความสำคัญ|วัตถุประสงค์|เป้าหมาย$|กลุ่มเป้าหมาย|ผู้เข้าร่วม|บทนำ|บทสรุป|สรุป(?:$|ภาพรวม|สาระ|ประเด็น|ผล|การ)|เนื้อหา|สาระสำคัญ|สาระ$|ประเด็นสำคัญ|ประเด็นที่|ภาพรวม|พิธีเปิด|พิธีปิด"
    r"|ช่วงถาม|ถาม\s?-\s?ตอบ|การอภิปราย|ข้อสรุป|การติดตาม|ภาคผนวก|ผู้จัดทำ|ผู้บันทึก|กำหนดการ|background|introduction|rationale|objectives?|purpose|participants|summary|conclusions?|overview|agenda|discussion|key points|highlights|opening|closing|q\s?&\s?a|appendix|annex)",
    re.I,
)
_SENTENCE = re.compile(r"\s(?:คือ|เป็น|ได้แก่|มี|ทำให้|จะ|ต้อง|ได้|ซึ่ง|is|are|was|were|has|have|will|should|must)\s|[.。!?]$")
_LABELLED = re.compile(r"(?P<label>[^:：]{1,70}?)\s{0,3}[:：]\s{0,3}(?P<rest>.*)", re.S)
_LONGEST_HEADER = 260
# What names a subject rather than tells something: headings begin like this, or hold no verb at all.
_NOMINAL = re.compile(
    r"(?:การ|ความ|ด้าน|ผล|แนว|สิ่งที่|ประเด็น|เรื่อง|กรณี|หลัก|ข้อ|งาน|แผน|ระบบ|โครงการ|กิจกรรม|กลุ่ม|ภาพ|บท|หมวด|มาตร|นโยบาย|ยุทธ|กล|วิธี|ขั้น|กระบวน|ช่วง|ตัวอย่าง|รายงาน|สรุป|ที่มา|คณะ|หน่วย|กรม|สำนัก|กอง|จังหวัด|[A-Z])"
)
_VERB = re.compile(r"ต้อง|ควร|จะ|ได้|ไม่|ให้|ขอ|คือ|เป็น|ทำ|ยัง|\b(?:is|are|was|were|has|have|should|must|will|can|do|does)\b")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: how sure, by which rule, and the kind it announces."""

    confidence: float
    rule: str
    role: Role | None = None


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


def unit_header(para: Para, after: Para | None, vocabulary: Vocabulary) -> tuple[str, str, float] | None:
    """(title, rule, confidence) when the paragraph opens a talk or a group discussion, else None."""
    text = para.text
    if not text or para.cells or len(text) > _LONGEST_HEADER:
        return None
    if not para.marker and (found := CATEGORY_HEADER.match(text)) and not PERSON.search(found["name"]):
        return text, "category-header", 0.95
    if titled := _with_speaker(para):
        return titled
    if _is_listed(para):
        return None
    if GROUP.match(text) and len(text) <= 160 and not CONNECTOR.match(text):
        return text.rstrip(" :："), "group-header", 0.85
    if TALK.match(text) and len(text) <= 220:
        return text.rstrip(" :："), "talk-header", 0.8
    if after is not None and is_speaker_line(after) and _could_be_title(para):
        return text.rstrip(" :："), "title-over-speaker", 0.85
    return None


def _is_listed(para: Para) -> bool:
    return bool(para.marker) and style_of(para.marker)[0] == "bullet"


def _with_speaker(para: Para) -> tuple[str, str, float] | None:
    """A title, a colon or โดย, and a person, on one line."""
    if _is_listed(para) or LABEL.match(para.text):
        return None
    for pattern, rule in ((_COLON_PERSON, "title-colon-speaker"), (_BY, "title-by-speaker")):
        found = pattern.match(para.text)
        if (
            found
            and PERSON.match(para.text, found.end())
            and not _SAYS.search(para.text, found.end())
            and not PERSON.match(para.text)
        ):
            return found["title"].strip(" :：–-,("), rule, 0.95
    return None


def _could_be_title(para: Para) -> bool:
    return len(para.text) <= 200 and not PERSON.match(para.text) and not LABEL.match(para.text) and not INTRO.search(para.text)


def is_speaker_line(para: Para) -> bool:
    """A short line that begins with a person, or with a label such as วิทยากร : or โดย and then a person."""
    text = para.text
    if para.cells or not text or len(text) > _LONGEST_HEADER:
        return False
    label = LABEL.match(text)
    start = label.end() if label else 0
    if not PERSON.match(text, start):
        return False
    return bool(label) or not (_SAYS.search(text) or _is_listed(para))


def is_agency(para: Para) -> bool:
    """Nothing but an agency."""
    return not para.cells and not _is_listed(para) and is_agency_line(para.text)


def has_people(text: str, vocabulary: Vocabulary) -> bool:
    """Whether the text names anyone."""
    return bool(find_people(text, vocabulary))


def labelled(para: Para) -> tuple[str, str, Role] | None:
    """(label, rest, role) of "ปัญหา : …", "Q: …", "ข้อเสนอแนะ :"; None when the label is no role."""
    found = _LABELLED.match(para.text)
    if not found or para.cells:
        return None
    label = found["label"].strip()
    short = {"q": "question", "ถาม": "question", "a": "answer", "ตอบ": "answer"}.get(re.sub(r"[\s\d๐-๙.]", "", label).lower())
    if short:
        return label, found["rest"].strip(), Role(short, 0, len(label), 0)
    role = role_of(label)
    if role is None or role.at > 12 or role.rest > (14 if len(label) <= 40 else 4):
        return None
    return label, found["rest"].strip(), role


def heading(paras: Sequence[Para], at: int) -> Heading | None:
    """Whether the paragraph is a heading, judged by its style, role words, length and what follows."""
    para, after = paras[at], following(paras, at)
    if not para.text or para.cells or len(para.text) > 150 or after is None or CODE_LEAD.match(para.text) or defines(para.text):
        return None
    role = role_of(para.text)
    if para.heading is not None and para.heading > 0:
        return Heading(0.95, "heading-style", role)
    if para.text.endswith((":", "：")) and len(para.text) <= 90 and not INTRO.search(para.text.rstrip(":： ")):
        return Heading(0.85 if role else 0.75, "heading-colon", role)
    if not para.marker:
        return _plain(para, after, role)
    return _bulleted(para, after, role) if _is_listed(para) else _numbered(paras, at, after, role)


def _bulleted(para: Para, after: Para, role: Role | None) -> Heading | None:
    """A bullet that consists of role words only."""
    if (
        role
        and role.rest <= 3
        and role.at <= 6
        and len(para.text) <= 70
        and not _SENTENCE.search(para.text)
        and (role.kind != "practice" or not same_list(para, after))
    ):
        return Heading(0.8, "heading-bullet", role)
    if para.bold and not after.bold and after.marker and not same_list(para, after) and len(para.text) <= 90:
        return Heading(0.65, "heading-bold", role)
    return None


def _numbered(paras: Sequence[Para], at: int, after: Para, role: Role | None) -> Heading | None:
    para = paras[at]
    if _SENTENCE.search(para.text) and not para.bold:
        return None
    if role and len(para.text) <= 75 and role.at <= (4 if role.kind == "practice" else 12) and _is_above(para, after):
        return Heading(0.85, "heading-number-role", role)
    if role and role.rest <= 2 and role.at <= 6 and len(para.text) <= 60 and not same_list(para, after):
        return Heading(0.8, "heading-number-role", role)
    if (
        _numbers_below(para, after)
        and len(para.text) <= 90
        and (role or para.bold or _NOMINAL.match(para.text) or len(para.text) <= 16)
    ):
        return Heading(0.8, "heading-number", role)
    if para.bold and not after.bold and len(para.text) <= 100 and not same_list(para, after):
        return Heading(0.75, "heading-bold", role)
    long_text = not after.marker and not after.cells and len(after.text) >= 90
    if long_text and len(para.text) <= 60 and not CONNECTOR.match(after.text):
        return Heading(0.6, "heading-number-text", role)
    return None


def _is_above(para: Para, after: Para) -> bool:
    """Whether a list of another style (or a table, or text) stands below the paragraph."""
    if after.cells:
        return True
    return not same_list(para, after) if after.marker else len(after.text) > 60


def _numbers_below(para: Para, after: Para) -> bool:
    """3. above 3.1"""
    mine, below = digits(para.marker or "").strip(" .)("), digits(after.marker or "").split(" ")[-1]
    return bool(mine) and mine[-1].isdigit() and below.startswith(f"{mine}.") and len(below) > len(mine) + 1


def _plain(para: Para, after: Para, role: Role | None) -> Heading | None:
    text = para.text
    if _SENTENCE.search(text) or ORDINAL.match(text) or text.startswith(("“", '"')):
        return None
    if para.bold and len(text) <= 110 and not (after.bold and not after.marker):
        return Heading(0.8, "heading-bold", role)
    if (
        role
        and role.at <= 25
        and len(text) <= 75
        and (after.marker or after.cells or CODE_LEAD.match(after.text) or role.rest <= 4 or len(text) <= 40)
        and not CONNECTOR.match(text)
    ):
        return Heading(0.8, "heading-role", role)
    if CONNECTOR.match(text) or INTRO.search(text):
        return None
    if _GENERIC.match(text) and len(text) <= 60:
        return Heading(0.75, "heading-generic", role)
    if not _NOMINAL.match(text) and _VERB.search(text):
        return None
    if after.marker and len(text) <= 60 and not after.bold:
        return Heading(0.6, "heading-short", role)
    if len(text) <= 45 and not after.marker and not after.cells and len(after.text) >= 100 and para.gap:
        return Heading(0.5, "heading-short", role)
    return None


def announces(text: str) -> Role | None:
    """The role a sentence announces at its end: "… ได้มีข้อสั่งการ ดังนี้". None when it announces nothing."""
    found = INTRO.search(text)
    if not found:
        return None
    tail = text[max(0, found.start() - 45) : found.start()]
    roles = [r for n in range(len(tail)) if (r := role_of(tail[n:])) and r.at == 0]
    return roles[-1] if roles else None
