"""Is this paragraph a heading, a label, an announcement? Each answer says how sure it is, why, and which kind it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .headers import is_bullet
from .inline import find_spans
from .kinds import Role, defines, role_of
from .markers import number_of
from .paragraphs import Para, following, same_list
from .text import digits
from .words import CODE_LEAD, CONNECTOR, INTRO, ORDINAL

_GENERIC = re.compile(
    r"(?:ความเป็นมา|หลักการและเหตุผล|ที่มา(?:และความสำคัญ)?$|ความสำคัญ|วัตถุประสงค์|เป้าหมาย$|กลุ่มเป้าหมาย|ผู้เข้าร่วม|บทนำ|บทสรุป|สรุป(?:$|ภาพรวม|สาระ|ประเด็น|ผล|การ)"
    r"|เนื้อหา|สาระสำคัญ|สาระ$|ประเด็นสำคัญ|ประเด็นที่|ภาพรวม|ระเบียบวาระ|วาระที่|ผู้(?:มา|ไม่มา|เข้า)ประชุม|พิธีเปิด|พิธีปิด|ช่วงถาม|ถาม\s?-\s?ตอบ|การอภิปราย|ข้อสรุป|การติดตาม|ภาคผนวก|ผู้จัดทำ|ผู้บันทึก|กำหนดการ"
    r"|background|introduction|rationale|objectives?|purpose|participants|summary|conclusions?|overview|agenda|discussion|key points|highlights|opening|closing|q\s?&\s?a|appendix|annex)",
    re.I,
)
_SENTENCE = re.compile(
    r"\s(?:คือ|เป็น|ได้แก่|มี|ทำให้|จะ|ต้อง|ได้|ซึ่ง|is|are|was|were|has|have|will|should|must)\s|(?:ได้แก่|ประกอบด้วย|อาทิ)\s?[^\s:：]|[.。!?]$"
)
_LABELLED = re.compile(r"(?P<label>[^:：]{1,70}?)\s{0,3}[:：]\s{0,3}(?P<rest>.*)", re.S)
# What names a subject rather than tells something: headings begin like this, or hold no verb at all.
_NOMINAL = re.compile(
    r"(?:การ|ความ|ด้าน|ผล|แนว|สิ่งที่|ประเด็น|เรื่อง|กรณี|หลัก|ข้อ|งาน|แผน|ระบบ|โครงการ|กิจกรรม|กลุ่ม|ภาพ|บท|หมวด|มาตร|นโยบาย|ยุทธ|กล|วิธี|ขั้น|กระบวน|ช่วง|ตัวอย่าง"
    r"|รายงาน|สรุป|ที่มา|คณะ|หน่วย|กรม|สำนัก|กอง|จังหวัด|[A-Z])"
)
_VERB = re.compile(r"ต้อง|ควร|จะ|ได้|ไม่|ให้|ขอ|คือ|เป็น|ทำ|ยัง|\b(?:is|are|was|were|has|have|should|must|will|can|do|does)\b")
_VALUE = re.compile(r"\S\s?[:：]\s?\S")
_ASKED = re.compile(
    r"(?P<label>(?:Q|A|คำถาม|คำตอบ|ถาม|ตอบ)\s?(?:ที่)?\s?[\d๐-๙]{0,2})\s{0,2}[.:：)]\s{1,3}(?P<rest>\S.*)", re.S | re.I
)
_SHORT_LABELS = {"q": "question", "ถาม": "question", "a": "answer", "ตอบ": "answer", "คำถาม": "question", "คำตอบ": "answer"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: how sure, by which rule, and the kind it announces."""

    confidence: float
    rule: str
    role: Role | None = None


def labelled(para: Para) -> tuple[str, str, Role] | None:
    """(label, rest, role) of "ปัญหา : …", "Q: …", "ข้อเสนอแนะ :"; None when the label is no role."""
    found = _ASKED.match(para.text) or _LABELLED.match(para.text)
    if not found or para.cells:
        return None
    label = found["label"].strip()
    short = _SHORT_LABELS.get(re.sub(r"[\s\d๐-๙.]|ที่", "", label).lower())
    if short:
        return label, found["rest"].strip(), Role(short, 0, len(label), 0)
    role = role_of(label)
    if role is None or role.at > 12 or role.rest > (14 if len(label) <= 40 else 4):
        return None
    return label, found["rest"].strip(), role


def heading(paras: Sequence[Para], at: int) -> Heading | None:
    """Whether the paragraph is a heading, judged by its style, role words, length and what follows."""
    para, after = paras[at], following(paras, at)
    if after is None or not para.text or para.cells or len(para.text) > 150:
        return None
    role = role_of(para.text)
    if para.heading or CODE_LEAD.match(para.text) or defines(para.text) or find_spans(para.text):
        return Heading(0.95, "heading-style", role) if para.heading else None
    if para.text.endswith((":", "：")) and len(para.text) <= 90 and not INTRO.search(para.text.rstrip(":： ")):
        return Heading(0.85 if role else 0.75, "heading-colon", role)
    if para.marker:
        return _bulleted(para, after, role) if is_bullet(para) else _numbered(para, after, role)
    return _plain(para, after, role) or _short(paras, at, role)


def _bulleted(para: Para, after: Para, role: Role | None) -> Heading | None:
    """A bullet that consists of role words only, or a bold one above a list."""
    text = para.text
    if role and role.rest <= 3 and role.at <= 6 and len(text) <= 70 and not _SENTENCE.search(text):
        return Heading(0.8, "heading-bullet", role) if role.kind != "practice" or not same_list(para, after) else None
    below = after.marker is not None and not same_list(para, after)
    return Heading(0.65, "heading-bold", role) if para.bold and not after.bold and below and len(text) <= 90 else None


def _numbered(para: Para, after: Para, role: Role | None) -> Heading | None:
    """A number before role words, above 3.1, or bold; or a short line above a long text."""
    text = para.text
    if (_SENTENCE.search(text) and not para.bold) or len(text) > 100:
        return None
    if role and _names(para, after, role):
        return Heading(0.85, "heading-number-role", role)
    if _numbers_below(para, after) and (role or para.bold or _NOMINAL.match(text) or len(text) <= 16):
        return Heading(0.8, "heading-number", role)
    if para.bold and not after.bold and not same_list(para, after):
        return Heading(0.75, "heading-bold", role)
    above_text = not after.marker and not after.cells and not CONNECTOR.match(after.text)
    short = len(text) <= (60 if len(after.text) >= 90 else 30) and (_NOMINAL.match(text) or len(after.text) >= 90)
    return Heading(0.6, "heading-number-text", role) if above_text and short else None


def _names(para: Para, after: Para, role: Role) -> bool:
    """Whether the role words are what the numbered line is about, with something of another style below it."""
    length = len(para.text)
    if role.rest <= 2 and role.at <= 6 and length <= 60 and not same_list(para, after):
        return True
    return length <= 75 and role.at <= (4 if role.kind == "practice" else 12) and _is_above(para, after)


def _is_above(para: Para, after: Para) -> bool:
    """Whether a list of another style (or a table, or text) stands below the paragraph."""
    if after.cells:
        return True
    return not same_list(para, after) if after.marker else len(after.text) > 60


def _numbers_below(para: Para, after: Para) -> bool:
    """3. above 3.1"""
    mine, below = digits(para.marker or "").strip(" .)("), digits(after.marker or "").split(" ")[-1]
    return mine[-1:].isdigit() and below.startswith(f"{mine}.") and len(below) > len(mine) + 1


def _plain(para: Para, after: Para, role: Role | None) -> Heading | None:
    """A line without a marker: bold, role words, a usual heading of a report, or short above a list."""
    text = para.text
    asks = role is not None and role.rest <= 3 and text.endswith("?")
    if (_SENTENCE.search(text) and not asks) or ORDINAL.match(text) or text.startswith(("“", '"')):
        return None
    if para.bold and len(text) <= 110 and not (after.bold and not after.marker):
        return Heading(0.8, "heading-bold", role)
    if CONNECTOR.match(text):
        return None
    if role and role.at <= 25 and _opens_role(text, after, role):
        return Heading(0.8, "heading-role", role)
    generic = bool(_GENERIC.match(text)) and len(text) <= 80 and not INTRO.search(text)
    return Heading(0.75, "heading-generic", role) if generic else None


def _opens_role(text: str, after: Para, role: Role) -> bool:
    if len(text) <= 40 or (role.rest <= 4 and len(text) <= 75):
        return True
    return len(text) <= 75 and bool(after.marker or after.cells or CODE_LEAD.match(after.text))


def _short(paras: Sequence[Para], at: int, role: Role | None) -> Heading | None:
    """A short line that tells nothing, right above the start of a list or, set apart, above a long text."""
    para, after = paras[at], paras[at + 1]
    text = para.text
    if not _NOMINAL.match(text) and (_VERB.search(text) or at + 2 >= len(paras)):
        return None
    if (
        any(p.search(text) for p in (INTRO, _SENTENCE, _VALUE))
        or any(p.match(text) for p in (CONNECTOR, ORDINAL))
        or text[0] in '“"'
    ):
        return None
    if after.marker and not after.bold:
        begins = (number_of(after.marker) or 1) == 1 and not (is_heading_number(paras, at + 1))
        return Heading(0.6, "heading-short", role) if begins and len(text) <= 60 else None
    above_text = not after.cells and len(after.text) >= 100 and para.gap
    return Heading(0.5, "heading-short", role) if above_text and len(text) <= 45 else None


def is_heading_number(paras: Sequence[Para], at: int) -> bool:
    """Whether the marked paragraph at `at` is a heading itself."""
    para, after = paras[at], following(paras, at)
    if after is None or not para.text or is_bullet(para):
        return False
    return _numbered(para, after, role_of(para.text)) is not None


def announces(text: str) -> Role | None:
    """The role a sentence announces at its end: "… ได้มีข้อสั่งการ ดังนี้". None when it announces nothing."""
    found = INTRO.search(text)
    if not found:
        return None
    tail = text[max(0, found.start() - 45) : found.start()]
    roles = [r for n in range(len(tail)) if (r := role_of(tail[n:])) and r.at == 0]
    return roles[-1] if roles else None
