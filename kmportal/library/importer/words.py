"""What the importer knows about how Thai agencies write: agencies, positions, headings, labels. Patterns, not names.

A caller's `Vocabulary` adds the agencies and aliases of the portal. Every pattern is linear: no nested repeats.
"""

from __future__ import annotations

import re

from .model import Vocabulary
from .text import digits

# Words an agency's name begins with, by rank: 3 department level, 2 ministry and province, 1 bureau and below.
_RANKS = (
    (3, "สำนักงานปลัด|สำนักงานคณะกรรมการ|สำนักงานตำรวจแห่งชาติ|สำนักงบประมาณ|สำนักข่าวกรอง|สำนักเลขาธิการ|สำนักนายกรัฐมนตรี|สำนักงาน|กรมการ|กรม(?!ธรรม)"
        "|มหาวิทยาลัย|สถาบัน|วิทยาลัย|องค์การ|องค์กร(?=[ก-ฮ])|การไฟฟ้า|การประปา|การรถไฟ|การท่า|การทางพิเศษ|การเคหะ|การยาง|การกีฬา|การท่องเที่ยว|ธนาคาร|บริษัท"
        "|โรงพยาบาล|โรงเรียน|เทศบาล|กรุงเทพมหานคร|ศาล(?=[ปอฎยรแภล])|รัฐสภา|สภา(?=[กพอวเท])|กองทัพ|กองบัญชาการ|ราชบัณฑิต|มูลนิธิ|สมาคม|บรรษัท|ราชวิทยาลัย|สหกรณ์(?=[ก-ฮ])"
        "|อบจ\\.|อบต\\.|กฟผ\\.|กฟภ\\.|กฟน\\.|กปภ\\.|กทม\\.|องค์การบริหารส่วน"),
    (2, "กระทรวง|ทบวง|จังหวัด"),
    (1, "สำนัก|กอง(?!ทุนเงิน)|ศูนย์|กลุ่ม(?=งาน|พัฒนา|ตรวจ|นโยบาย|บริหาร|กฎหมาย|อำนวย)|ฝ่าย(?=[ก-ฮ])|ส่วน(?=[กบพวนอ])|อำเภอ|คณะ(?=[วศสแพนบรทมค][ก-ฮิีัา])|ภาควิชา|แขวง|ด่าน|เขต|หน่วย(?=[ตบพ])"),
)  # fmt: skip
_EN_HEAD = (
    r"(?:(?:Royal Thai |Royal |National |Thai )?(?:Department|Ministry|Office|Bureau|Division|Institute|University|Agency|Authority|Commission|Council|Centre|Center|Bank|Hospital)\s(?:of|for)\s[A-Z][\w&,'-]*(?:\s(?:of|and|the|for|&|[A-Z][\w&'-]*)){0,8}"
    r"|(?:[A-Z][\w&'-]*\s){1,5}(?:Department|Ministry|Office|Bureau|University|Agency|Authority|Commission|Institute|Council)\b)"
)
HEAD = "|".join(words for _, words in _RANKS)
_NOT_INSIDE = r"(?<![แเโไใ])"
ABBREVIATED = r"สำนักงาน\s?(?:[ก-ฮ]\.\s?){1,5}|สำนักงาน\s?[ก-ฮ]{2,5}\."
AGENCY = re.compile(rf"{_NOT_INSIDE}(?:{ABBREVIATED}|(?:{HEAD})[^\s,;:()\[\]“”\"'/]*)")
AGENCY_EN = re.compile(_EN_HEAD)
_AGENCY_START = re.compile(rf"(?:{ABBREVIATED}|{HEAD}|(?:[ก-ฮ]{{1,3}}\.){{2,5}}(?=\s|$))")
_RANK = tuple((rank, re.compile(words)) for rank, words in _RANKS)

POSITION = re.compile(
    r"ผู้อำนวยการ|ผู้ช่วย|ผู้เชี่ยวชาญ|ผู้ทรงคุณวุฒิ|ผู้ว่าการ|ผู้ว่าราชการ|ผู้ตรวจ|ผู้จัดการ|ผู้บัญชาการ|ผู้แทน|ผู้บริหาร|ผู้บังคับ|ผอ\.?(?=\s|[ก-ฮ])|ผชช\.|ผวจ\.|ผตร\."
    r"|หัวหน้า|หน\.|รอง(?=[ก-ฮผเ])|อธิบดี|ปลัด|เลขาธิการ|เลขานุการ|ประธาน|กรรมการ(?!ผู้มี)|รัฐมนตรี|นายกรัฐมนตรี|นายกสมาคม|นายกเทศมนตรี|นายกองค์การ|นายอำเภอ|คณบดี|อธิการบดี"
    r"|อัยการ|ผู้พิพากษา|ศึกษาธิการ|เกษตร(?=จังหวัด|อำเภอ)|พัฒนาการ|ท้องถิ่นจังหวัด|นายแพทย์สาธารณสุข|สาธารณสุขนิเทศก์|ที่ปรึกษา|โฆษก|วิศวกร|นัก(?=[กจบวทปสอพนรคเ])|เจ้าหน้าที่|เจ้าพนักงาน|พนักงาน"
    r"|อาจารย์(?=ประจำ)|ครู|พยาบาล|แพทย์(?=ประจำ|ผู้)|เภสัชกร(?=ชำนาญ|ปฏิบัติ)|นิติกร|สถาปนิก|วิทยากร(?=ชำนาญ|ปฏิบัติ)|กรรมการผู้จัดการ|ที่ปรึกษา"
    r"|Director|Deputy|Secretary|Chief|Head|Senior|Expert|Governor|Professor of|Manager|Advisor|Adviser|Specialist|Officer|Permanent|Inspector|President|Chair|Lecturer|Consultant|Analyst|CEO|CIO|CKO"
)

SESSION = re.compile(
    r"(?:session|เซสชัน|เซสชั่น|ช่วงที่|ภาคที่|ตอนที่|ส่วนที่|เวทีที่|วันที่(?=\s?\d{1,2}\s?(?:[:：(–-]\s?[^\d\s]|$))|ห้องย่อยที่|ห้องที่|part|day|block|track)\s{0,3}"
    r"(?P<no>\d{1,2}|[ivx]{1,4}\b|[กขคงจ]\b|[a-d]\b|หนึ่ง|สอง|สาม|one|two|three)\s{0,3}[:：.)–-]?\s{0,3}(?P<title>.*)",
    re.I | re.S,
)
PERIOD = re.compile(
    r"(?:(?:ช่วง|ภาค)(?:เช้า|บ่าย|ค่ำ)|วันแรก|วันที่(?:หนึ่ง|สอง|สาม)|วันสุดท้าย|morning session|afternoon session|(?:first|second|third) day)\s{0,3}(?P<rest>[:：(–-].*|$)",
    re.I | re.S,
)
# Headers of talks and of group discussions.
TALK = re.compile(
    r"(?:การ)?(?:บรรยาย|อภิปราย|เสวนา|ปาฐกถา|นำเสนอ|แลกเปลี่ยนเรียนรู้)(?:พิเศษ|นำ|ทางวิชาการ|เชิงวิชาการ|หมู่)?\s{0,2}(?:หัวข้อ|เรื่อง|ในหัวข้อ|ในประเด็น|ประเด็น|[:：])"
    r"|(?:หัวข้อ|เรื่อง|รายวิชา|วิชา)(?:บรรยาย|การบรรยาย|อภิปราย|เสวนา|วิชา)?ที่\s{0,2}\d{1,2}"
    r"|(?:การบรรยาย|ปาฐกถา|ผู้บรรยาย)\s{0,2}(?:ที่\s{0,2}\d|ครั้งที่)"
    r"|(?:talk|topic|presentation|keynote|lecture|speaker|case(?: study)?)\s{0,2}\d{0,2}\s{0,2}[:：–-]"
    r"|กรณีศึกษา(?:ที่\s{0,2}\d{1,2})?\s{0,2}[:：]",
    re.I,
)
GROUP = re.compile(
    r"(?:ผลการ)?(?:ประชุม|การประชุม|อภิปราย|การอภิปราย|สัมมนา|การสัมมนา|ระดมสมอง|ระดมความคิดเห็น|แบ่ง)?กลุ่ม(?:ย่อย|อภิปราย)?(?:ที่)?\s{0,2}(?:\d{1,2}|[กขคง]\b)"
    r"|(?:การ)?(?:สัมมนา|ประชุม|อภิปราย|ระดมสมอง|ระดมความคิด(?:เห็น)?)กลุ่ม|โต๊ะที่\s{0,2}\d|(?:focus )?group\s{0,2}(?:\d{1,2}|discussion)|breakout|world caf",
    re.I,
)
CATEGORY_HEADER = re.compile(
    r"หมวด(?:ที่)?\s{0,3}(?P<no>P|[1-7])\s{1,3}(?P<name>[^:：]{2,120}?)\s{0,3}[:：]\s{0,3}(?P<title>.*)", re.S
)
CATEGORY = re.compile(r"(?<!ราย)หมวด(?:ที่)?\s{0,3}(P|[1-7])(?!\d|\s{0,2}หมวด)")
CODE = re.compile(r"(?<![A-Za-z])(LD|SP|CS|IT|HR|PM|RM)\s?(\d{1,2})((?:\s{0,2},\s{0,2}\d{1,2}){0,5})(?![\d.%])")
CODE_LEAD = re.compile(
    r"(?:LD|SP|CS|IT|HR|PM|RM)\s?\d{1,2}(?:\s{0,2},\s{0,2}\d{1,2}){0,5}(?:\s{1,4}|\s{0,3}[:：–-]\s{0,3})(?=\S)"
)
ORDINAL = re.compile(
    r"(?:ประเด็น|ขั้น(?:ตอน)?|ประการ|มาตรการ|แนวทาง|กลยุทธ์|ยุทธศาสตร์|ปัจจัย|บทเรียน|เรื่อง|ด้าน|ข้อเสนอ|เป้าหมาย|พันธกิจ|โครงการ|กิจกรรม|อันดับ)ที่\s{0,2}(?:\d{1,2}|หนึ่ง|สอง|สาม|แรก)"
    r"|ประการ(?:แรก|ที่สอง|ที่สาม|สุดท้าย)|(?:step|lesson|finding|recommendation|principle|factor)\s\d{1,2}\b",
    re.I,
)
# A sentence that only announces what follows.
INTRO = re.compile(
    r"(?:คือ|ได้แก่|ดังนี้|ดังต่อไปนี้|ประกอบด้วย|ดังนี้คือ|มีดังนี้|กล่าวคือ|ต่อไปนี้|อาทิ|เช่น|as follows|following|include|including|are|namely)\s{0,2}[:：–-]?$",
    re.I,
)
CONNECTOR = re.compile(
    r"(?:รวมทั้ง|รวมถึง|โดย|ซึ่ง|ทั้งนี้|นอกจากนี้|นอกจากนั้น|อีกทั้ง|ตลอดจน|และ|หรือ|แต่|เพื่อ|อย่างไรก็ตาม|ดังนั้น|จากนั้น|พร้อม|มี(?=[ก-ฮเแโใไ])|เช่น|ได้แก่|กล่าวคือ|ส่งผล|ทำให้|เนื่องจาก|ต่อมา|สำหรับ|ในการนี้"
    r"|and\b|or\b|but\b|which\b|therefore\b|however\b|this\b|these\b|it\b|they\b|in addition\b|moreover\b|also\b|\()",
    re.I,
)


# Connectors that can only go on with what stands right above.
BOUND = re.compile(
    r"(?:รวมทั้ง|รวมถึง|โดย|ซึ่ง|อีกทั้ง|ตลอดจน|และ|หรือ|เพื่อ|เช่น|ได้แก่|กล่าวคือ|ทำให้|ส่งผล|เนื่องจาก|จึง|and\b|or\b|which\b|so\b|\()", re.I
)


def rank_of(name: str) -> int:
    """3 for department level, 2 for a ministry or province, 1 for a bureau and below, 0 for no agency."""
    return next((rank for rank, pattern in _RANK if pattern.match(name)), 0)


def starts_agency(text: str) -> bool:
    """Whether the text begins with the name of an agency."""
    return bool(_AGENCY_START.match(text) or AGENCY_EN.match(text))


def find_agency(text: str, vocabulary: Vocabulary) -> str | None:
    """The agency a text names: a known one if there is, else the highest-ranking name by pattern, as typed."""
    known = [(-len(name), name) for name, _ in vocabulary.names() if len(name) >= 5 and name in text]
    if known:
        return min(known)[1]
    text = text[:2000]
    best: tuple[int, str] = (0, "")
    for found in _HEADS.finditer(text):
        whole = AGENCY.match(text, found.start())
        name = trim_agency(whole.group()) if whole else ""
        if name and (rank := rank_of(name)) > best[0]:
            best = (rank, name)
    if best[0]:
        return best[1]
    english = AGENCY_EN.search(text)
    return english.group().strip() if english else None


_HEADS = re.compile(rf"{_NOT_INSIDE}(?={HEAD})")
_TAIL = re.compile(r"กับ|ได้|ซึ่ง|กล่าว|เข้าร่วม|ร่วมกับ")
_VERB = re.compile(r"(?:ให้|ต้อง|ควร|มี|ได้|จะ|ที่(?!ดิน)|ใน|ของ|เรา|นี้|ต่าง|ๆ|ฯ|เป็น|โดย|และ|มัก|จัด(?!การ|หา)|ไม่|เพื่อ|อื่น|ทุก)")
_COMPLETE = ("สำนักงานตำรวจแห่งชาติ", "สำนักงบประมาณ", "กรุงเทพมหานคร", "สำนักนายกรัฐมนตรี", "รัฐสภา")


def trim_agency(name: str) -> str:
    """The name without a verb or conjunction that stands glued behind it; '' when it is no name at all."""
    if name in _COMPLETE or re.match(ABBREVIATED, name):
        return name.strip()
    head = re.match(HEAD, name)
    start = head.end() if head else 0
    cut = _TAIL.search(name, start + 3)
    name = (name[: cut.start()] if cut else name).strip(" .,:")
    return name if len(name) > start and not _VERB.match(name, start) else ""


def categories(text: str) -> tuple[str, ...]:
    """PMQA categories named in the text, in order, each once."""
    return tuple(dict.fromkeys(CATEGORY.findall(digits(text))))


def codes(text: str) -> tuple[str, ...]:
    """PMQA codes in the text: "IT 2,3" gives IT2 and IT3."""
    found: dict[str, None] = {}
    for letters, number, more in CODE.findall(digits(text)):
        for n in (number, *_NUMBER.findall(more)):
            found[f"{letters}{n}"] = None
    return tuple(found)


_NUMBER = re.compile(r"\d+")
