"""What a heading announces and what a sentence sounds like: the kind of an item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Earlier kinds win when two begin at the same letter.
_ROLES: Sequence[tuple[str, str]] = (
    ("success_factor", r"ปัจจัย(?:ที่|แห่ง|สู่|ของ|หลัก)?[ก-๎]{0,14}(?:ความ)?สำเร็จ|ปัจจัย(?:สำคัญ|เอื้อ|สนับสนุน|เกื้อหนุน|หนุน)|เงื่อนไข(?:สู่|แห่ง|ของ)?ความสำเร็จ|กุญแจ(?:สู่|แห่ง)?ความสำเร็จ"
        r"|(?:key |critical )?success factors?|\bksfs?\b|\bcsfs?\b|เคล็ดลับ|จุดแข็ง|จุดเด่น|สิ่งที่(?:ทำ)?ได้(?:ผล)?ดี|สิ่งที่ได้ผล|สิ่งที่ทำให้[ก-๎]{0,10}สำเร็จ|ทำไมจึงสำเร็จ|what (?:worked|went well)|enablers?\b|strengths?\b|keys? to success"),
    ("recommendation", r"ข้อเสนอ(?:แนะ)?(?:เชิงนโยบาย)?|(?:สิ่งที่)?เสนอแนะ|แนวทาง(?:การ)?(?:แก้|ปรับปรุง|พัฒนาต่อ|ต่อยอด)|วิธี(?:การ)?แก้|การแก้ไขปัญหา|ข้อสั่งการ|มติ(?:ที่ประชุม|ประชุม)?(?=\s|$|[:：])|ข้อควร|สิ่งที่(?:ควร|ต้อง|จะ)(?:ทำต่อ|ปรับปรุง)?|แผน(?:งาน|การดำเนินงาน)?(?:ในระยะ|ระยะ)?ต่อไป|ขั้นตอนต่อไป"
        r"|การดำเนินการ(?:ใน(?:ระยะ|ขั้น))?ต่อไป|ก้าวต่อไป|ทิศทางในอนาคต|next steps?|follow[- ]?ups?\b|recommendations?|suggestions?|way forward|proposals?|action items?|what (?:next|to do differently)"),
    ("obstacle", r"ปัญหา|อุปสรรค|ข้อจำกัด|ความท้าทาย|จุดอ่อน|จุดที่ควรปรับปรุง|(?:ข้อ|สิ่งที่)?ติดขัด|ข้อขัดข้อง|ความเสี่ยงที่พบ|สิ่งที่(?:ยัง)?(?:ทำ)?(?:ไม่|ได้ไม่)|obstacles?|challenges?|problems?|barriers?|constraints?|limitations?|difficult(?:y|ies)|weakness(?:es)?|pain points?|what (?:went wrong|did not work)"),
    ("observation", r"ข้อสังเกต|ข้อค้นพบ|สิ่งที่(?:ค้น)?พบ|สิ่งที่เกิดขึ้น(?:จริง)?|ข้อคิดเห็น|ความคิดเห็น|ความเห็น(?!ชอบ)|observations?|findings?|remarks?|comments?\b|feedback"),
    ("lesson", r"(?<!ถอด)บทเรียน|^ถอดบทเรียน$|สิ่งที่ได้(?:เรียน|รับ)|สิ่งที่เรียน|ข้อคิด|(?:องค์)?ความรู้ที่ได้|ประเด็นการเรียนรู้|lessons?(?: learne?[dt])?|takeaways?|what we learne?[dt]|learning points?"),
    ("question", r"โจทย์|คำถาม|ข้อซักถาม|ประเด็น(?:คำถาม|ซักถาม|อภิปราย|ชวนคิด|หารือ)|questions?\b|issues? for discussion"),
    ("answer", r"คำตอบ|ข้อสรุป(?:ของ|จาก)?กลุ่ม|ผลการ(?:อภิปราย|ระดม)|answers?\b|responses?\b"),
    ("definition", r"ความหมาย|คำนิยาม|นิยาม|คำจำกัดความ|คำศัพท์|กรอบแนวคิด|แนวคิด|หลักคิด|หลักการ(?!และเหตุผล)|คำย่อ|definitions?|concepts?|glossary|terminology"),
    ("metric", r"ตัวชี้วัด|ผลลัพธ์|ผลสัมฤทธิ์|ผลสำเร็จ|สถิติ|ข้อมูลตัวเลข|ผลการประเมิน|ผลงานเชิงปริมาณ|metrics?|indicators?|outcomes?|results?|key figures|\bkpis?\b|numbers"),
    ("practice", r"วิธี(?:การ|ปฏิบัติ|ดำเนิน)?|แนวทาง|แนวปฏิบัติ|กลยุทธ์|ยุทธวิธี|เทคนิค|การดำเนิน(?:การ|งาน)|ผลการดำเนิน(?:การ|งาน)|ขั้นตอน|มาตรการ|กระบวนการ|กิจกรรม|นวัตกรรม|ประโยชน์|เครื่องมือ|รูปแบบ|กลไก|สิ่งที่(?:ได้)?(?:ทำ|ดำเนินการ)"
        r"|(?:best |good )?practices?|approach(?:es)?|methods?|steps?\b|how (?:we|to|it)|activities|strateg(?:y|ies)|measures?\b|process(?:es)?|techniques?|tools?\b"),
)  # fmt: skip
_ALL = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _ROLES), re.I)
# Words a pure role heading may hold besides the role itself.
_FILLER = re.compile(
    r"และ|หรือ|ของ|ใน|การ|ที่|จาก|ต่อ|เพื่อ|สำคัญ|หลัก|อื่น|ๆ|พบ|ได้|มี|แห่ง|ความ|ด้าน|สู่|ทั่วไป|เพิ่มเติม|สรุป|ประเด็น|ดังนี้|ดำเนิน(?:การ|งาน)|ปฏิบัติงาน|ทำงาน|โครงการ|กิจกรรม|แนวทาง|แก้ไข|สำเร็จ|เกิดขึ้น|ผลต่อ|ผล"
    r"|\b(?:and|the|of|for|in|to|our|key|main|other|we|from|learned|learnt|good|best|critical|factors?)\b|[\s/,.:：;()“”\"'&+*–-]+|[0-9๐-๙]+"
    r"|\([^)]{0,60}\)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Role:
    """A kind named by a heading, where the words stand, and how much else the heading says (letters left over)."""

    kind: str
    at: int
    to: int
    rest: int


def role_of(text: str) -> Role | None:
    """The first kind a heading names; None when it names none."""
    text = text[:300]
    found = _ALL.search(text)
    if not found or not found.lastgroup:
        return None
    left = re.sub(r"\([^)]{0,80}\)", "", text[: found.start()] + " " + text[found.end() :])
    left = _FILLER.sub("", _ALL.sub("", left))
    return Role(found.lastgroup, found.start(), found.end(), len(left))


def last_role(text: str) -> str | None:
    """The kind named last in the text, for a sentence that ends by announcing a list."""
    kinds = [m.lastgroup for m in _ALL.finditer(text)]
    return kinds[-1] if kinds else None


_DEFINED = re.compile(r"\S[^=\n]{0,40}?\s{0,8}=\s{1,8}\S|[^\s:：]{2,40}\s(?:หมายถึง|หมายความว่า|means|refers to)\s")
_QUESTION = re.compile(r"(?:[?？]|อย่างไร(?:บ้าง)?|หรือไม่|อะไร(?:บ้าง)?|ใช่ไหม|เพราะเหตุใด|ทำไม)\s?[”\")]?$")
_FIGURES = re.compile(
    r"(?<![\d.,/])\d[\d,.]{0,14}\s{0,2}(?:%|ร้อยละ|กิโลเมตร|กม\.|คน|ราย|แห่ง|ครั้ง|ตัวชี้วัด|โครงการ|ล้านบาท|บาท|ไร่|สำนัก|จังหวัด|หน่วยงาน|คะแนน|ชั่วโมง|วันทำการ|ครัวเรือน|percent|per cent|million|people|days|hours|baht|offices|provinces)|ร้อยละ\s?\d"
)
_CUES: Sequence[tuple[str, re.Pattern[str]]] = (
    ("lesson", re.compile(r"บทเรียน(?!ออนไลน์)|(?:ได้|ทำให้)เรียนรู้(?:ว่า|จาก)|เรียนรู้จาก|ข้อคิดที่ได้|\blessons?\b|we learne?[dt]", re.I)),
    ("recommendation", re.compile(r"ขอให้|ข้อเสนอ|เสนอ(?:แนะ)?ให้|เห็นควร|ควร(?!พินิจ)|พึง(?!พอใจ)|จำเป็นต้อง|มีความจำเป็น|ต้องร่วม|\bshould\b|\bmust\b|\bneeds? to\b|recommend", re.I)),
    ("obstacle", re.compile(r"ปัญหา(?:และ|อุปสรรค|คือ|ที่|ด้าน|การ|สำคัญ|หลัก)|อุปสรรค|ข้อจำกัด|ความท้าทาย|(?:มี|พบ|เกิด)ปัญหา|ขาด(?:แคลน|กำลัง|งบ|ความ|บุคลากร|การ|จิต|คน|อัตรา|ทักษะ)|ไม่เพียงพอ|ไม่ทั่วถึง|ไม่ต่อเนื่อง|ไม่ชัดเจน|ล่าช้า|ยังไม่(?:สามารถ|มี|ได้)|ไม่สามารถ|ยุ่งยาก|ซับซ้อน|ซ้ำซ้อน|เปลี่ยนบ่อย|ต่อต้าน|\black\b|insufficient|shortage|delay|difficult|unable|resist", re.I)),
    ("success_factor", re.compile(r"ปัจจัย[ก-๎]{0,12}สำเร็จ|(?:ทำให้|จึง)ประสบ(?:ความ|ผล)สำเร็จ|เป็นหัวใจ(?:สำคัญ|ของ)|เป็นกุญแจ|success factor|key to success", re.I)),
    ("observation", re.compile(r"ข้อสังเกต|พบว่า|สังเกต(?:ได้)?ว่า|เห็นได้ว่า|it was (?:noted|observed|found)|was observed", re.I)),
)  # fmt: skip


def cue_of(text: str) -> str | None:
    """The kind a sentence sounds like without any heading; None when nothing speaks for one."""
    text = text[:1500]
    if _DEFINED.match(text):
        return "definition"
    if _QUESTION.search(text.rstrip()[-60:]):
        return "question"
    if len(_FIGURES.findall(text)) >= 2 and len(text) < 400:
        return "metric"
    return next((kind for kind, pattern in _CUES if pattern.search(text)), None)


_OPENS_EVENT = re.compile(
    r"เป็นประธาน(?:ใน)?(?:พิธี)?(?:เปิด|ปิด)|จัดโดย|(?:ได้)?จัด(?:กิจกรรม|การ(?:ประชุม|สัมมนา|อบรม|เสวนา)|งาน|โครงการ|สัมมนา|ประชุม|ขึ้น)|เข้าร่วม(?:งาน|กิจกรรม|ประชุม)|was held|took place",
    re.I,
)
_LONG = 250


def voice_of(text: str) -> str | None:
    """Like `cue_of`; in a long paragraph, which holds several sentences, the kind most of them sound like."""
    if len(text) <= _LONG:
        return cue_of(text)
    text = text[:6000]
    role = role_of(text[:80])
    if role and role.at <= 10 and role.kind not in ("practice", "metric"):
        return role.kind
    if _OPENS_EVENT.search(text[:600]):
        return None
    votes = [(len(pattern.findall(text)), -n, kind) for n, (kind, pattern) in enumerate(_CUES)]
    most, _, kind = max(votes)
    return kind if most else None


def defines(text: str) -> bool:
    """A term, an equals sign (or "means") and its meaning."""
    return bool(_DEFINED.match(text))
