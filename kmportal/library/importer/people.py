"""Names, positions and agencies of speakers as one line of a Thai summary gives them, without separators."""

from __future__ import annotations

import re
from dataclasses import replace

from .model import Speaker, Vocabulary
from .text import collapse
from .words import ABBREVIATED, AGENCY, AGENCY_EN, POSITION, find_agency, rank_of, starts_agency, trim_agency

_RANKED = r"(?:เอกพิเศษ|เอก|โท|ตรี)"
_PREFIX = (
    r"นางสาว|นาง(?!สาว|พยาบาล)|นาย(?!กรัฐมนตรี|กเทศมนตรี|กสมาคม|กองค์การ|กสภา|กฯ|ก\s|อำเภอ|ทะเบียน|จ้าง|ทหาร|ตำรวจ|ช่าง|หน้า|ท้าย|แพทย์|แบบ|ประกัน|ด่าน|ตรวจ|สถานี)|น\.\s?ส\.|น\.ส"
    r"|(?:ผู้ช่วย|รอง)?ศาสตราจารย์(?:กิตติคุณ|พิเศษ|คลินิก)?|ผศ\.|รศ\.|ศ\.|ดร\.|ดร(?=\s)|อาจารย์(?=\s?[ก-ฮเ-ไ][ก-๎]{1,30}\s)|อ\.(?=\s?[ก-ฮเ-ไ][ก-๎]{1,30}\s[ก-ฮเ-ไ])|คุณหญิง|ท่านผู้หญิง|คุณ(?!ภาพ|ค่า|ธรรม|สมบัติ|ลักษณะ|อำนวย|ลิขิต|กิจ|เอื้อ|ประโยชน์|วุฒิ|วิศาสตร์)"
    r"|นายแพทย์|แพทย์หญิง|นพ\.|พญ\.|ทันตแพทย์(?:หญิง)?|ทพ\.|ทพญ\.|เภสัชกร(?:หญิง)?(?!ชำนาญ|ปฏิบัติ)|ภก\.|ภญ\.|น\.สพ\.|สพ\.ญ\.|นายสัตวแพทย์|สัตวแพทย์หญิง"
    r"|หม่อมราชวงศ์|หม่อมหลวง|ม\.ร\.ว\.|ม\.ล\.|พระมหา|พระครู|ฯพณฯ"
    rf"|ว่าที่\s?(?:พัน|ร้อย){_RANKED}(?:หญิง)?|ว่าที่\s?(?:พ\.|ร\.)[อตท]\.(?:หญิง)?|พลตำรวจ{_RANKED}|พันตำรวจ{_RANKED}|ร้อยตำรวจ{_RANKED}|ดาบตำรวจ|พล(?:เรือ|อากาศ)?{_RANKED}|พัน(?:จ่า)?{_RANKED}(?:หญิง)?|ร้อย{_RANKED}(?:หญิง)?|จ่าสิบ{_RANKED}|สิบ{_RANKED}"
    rf"|(?:นาวา|เรือ)(?:อากาศ)?{_RANKED}|พล\.ต\.[อทต]\.|พ\.ต\.[อทต]\.|ร\.ต\.[อทต]\.|พล\.(?:ร\.|อ\.)?[อทต]\.|พ\.[อทต]\.|ร\.[อทต]\.|จ\.ส\.[อทต]\.|ส\.[อทต]\.|น\.[อทต]\.|ด\.ต\."
    r"|(?:Assoc(?:iate|\.)?\s|Asst\.?\s|Assistant\s)?Prof(?:essor\b|\.)|Dr\.?(?=\s?[A-Z])|Mr\.?(?=\s[A-Z])|Mrs\.?(?=\s[A-Z])|Ms\.?(?=\s[A-Z])|Miss(?=\s[A-Z])|Khun(?=\s[A-Z])|Pol\.\s?(?:Gen|Col|Maj)\.|Gen\.|Col\.|M\.L\."
)
_TH_NAME = r"[ก-ฮเ-ไ][ก-ฮะ-ฺเ-๎]{1,30}"
_EN_NAME = r"[A-Z][A-Za-z'’-]{1,30}\.?"
PERSON = re.compile(
    rf"(?:(?<=[\s(:,/])|(?<=และ)|(?<=โดย)|(?<=กับ)|(?<=แก่)|^)(?P<prefix>(?:(?:{_PREFIX})\s{{0,2}}){{1,3}})"
    rf"(?:(?P<given>{_TH_NAME})(?:\s{{1,3}}(?P<family>(?:ณ\s{_TH_NAME}|{_TH_NAME})(?:\sณ\s{_TH_NAME})?))?"
    rf"|(?P<en_given>{_EN_NAME})(?:\s(?P<en_family>{_EN_NAME}(?:\s{_EN_NAME})?))?)"
)
_ROLE = (
    ("moderator", re.compile(r"ผู้ดำเนินรายการ|ผู้ดำเนินการ(?:อภิปราย|เสวนา)|พิธีกร|คุณอำนวย|ผู้ดำเนินวง|moderator|facilitator", re.I)),
    ("chair", re.compile(r"ประธาน(?:ใน|การ|เปิด|กลุ่ม)?|chair", re.I)),
    (
        "speaker",
        re.compile(r"วิทยากร|ผู้บรรยาย|ผู้อภิปราย|ผู้นำเสนอ|ผู้เล่า|ผู้ร่วมเสวนา|องค์ปาฐก|โดย|speaker|presenter|panell?ist|lecturer|by", re.I),
    ),
)
_LABEL_WORDS = (
    r"(?:(?:รายชื่อ|ชื่อ)?(?:วิทยากร(?:รับเชิญ|หลัก|ร่วม|กระบวนการ)?|ผู้บรรยาย|ผู้อภิปราย|ผู้นำเสนอ|ผู้เล่า(?:เรื่อง|ประสบการณ์)?|ผู้ร่วมเสวนา|ผู้ดำเนินรายการ|ผู้ดำเนินการ(?:อภิปราย|เสวนา)|พิธีกร|คุณอำนวย|องค์ปาฐก"
    r"|ประธาน(?:กลุ่ม|ในพิธี)?|เลขานุการกลุ่ม|นำเสนอโดย|บรรยายโดย)|speakers?|presenters?|moderators?|panell?ists?|facilitators?|presented by)"
    r"(?:\s?\((?:s|ที่\s?\d)\))?(?:\s?คนที่\s?\d)?"
)
LABEL = re.compile(rf"{_LABEL_WORDS}\s{{0,3}}(?:[:：–-]|(?=โดย)|$)\s{{0,3}}|(?:โดย\s{{0,3}}[:：]?|by\s)\s{{0,2}}", re.I)
_BARE_LABEL = re.compile(rf"{_LABEL_WORDS}\s{{1,3}}(?=\S)", re.I)


def label_end(text: str) -> int:
    """The offset behind a label such as "วิทยากร :"; without its colon only when a person follows. 0: no label."""
    if found := LABEL.match(text):
        return found.end()
    bare = _BARE_LABEL.match(text)
    return bare.end() if bare and PERSON.match(text, bare.end()) else 0


_GLUED_AND = re.compile(rf"(?<=\S)และ(?=\s?(?:{_PREFIX}))")


def find_people(text: str, vocabulary: Vocabulary) -> list[Speaker]:
    """Everyone a header or label line names, with position and agency; people joined by และ share what follows."""
    text = _GLUED_AND.sub(" และ", text)
    found = [m for m in PERSON.finditer(text[:4000]) if m["given"] or m["en_given"]]
    people: list[Speaker] = []
    for n, match in enumerate(found):
        end = found[n + 1].start() if n + 1 < len(found) else len(text)
        person, rest_at = _named(match)
        position, agency = position_and_agency(text[rest_at:end], vocabulary)
        people.append(
            replace(person, position=position, agency=agency or "", role=_role(text, match, found[n - 1].end() if n else 0))
        )
    for n in range(len(people) - 2, -1, -1):
        gap = text[_named(found[n])[1] : found[n + 1].start()].strip(" ,/")
        if not people[n].position and not people[n].agency and gap in ("", "และ", "กับ", "and", "&"):
            people[n] = replace(people[n], position=people[n + 1].position, agency=people[n + 1].agency)
    return people


def _named(match: re.Match[str]) -> tuple[Speaker, int]:
    """The person and the offset behind the name; a second word that is a position or an agency is no family name."""
    given, family = match["given"] or match["en_given"] or "", match["family"] or match["en_family"] or ""
    end = match.end()
    if family and (POSITION.match(family) or starts_agency(family) or family in _NO_FAMILY):
        end = match.end("given") if match["given"] else match.end("en_given")
        family = ""
    prefix = collapse(match["prefix"])
    return Speaker(prefix=prefix, given=given, family=family), end


_NO_FAMILY = (
    "กล่าวว่า",
    "กล่าว",
    "ได้",
    "และ",
    "เป็น",
    "พร้อม",
    "พร้อมด้วย",
    "ในฐานะ",
    "โดย",
    "ตำแหน่ง",
    "สังกัด",
    "จาก",
    "เรื่อง",
    "and",
    "from",
)


def _role(text: str, match: re.Match[str], since: int) -> str:
    before = text[max(since, match.start() - 40) : match.start()]
    return next((role for role, pattern in _ROLE if pattern.search(before)), "speaker")


_LEAD = re.compile(r"^[\s,()–-]*(?:ตำแหน่ง|สังกัด|จาก|หน่วยงาน|from\b|of\b)?\s{0,2}[:：]?\s*")


def position_and_agency(rest: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """(position, agency) from what follows a name; the position keeps its unit, the agency is the highest-ranking one."""
    rest = collapse(rest).strip(" ,;")
    rest = _LEAD.sub("", rest, count=1)
    rest = re.sub(r"\s?(?:และ|กับ|and)$", "", rest).strip(" ,()")
    agencies = _agency_tokens(rest)
    agency = _best(agencies, vocabulary)
    if POSITION.match(rest):
        cut = next((at for at, name in agencies if at and rest[at - 1] in " ,(" and rank_of(name) >= 2), None)
        position = rest[:cut].strip(" ,(") if cut else rest
        if agency is None:
            agency = find_agency(rest, vocabulary)
        return position[:200], agency
    return "", agency or find_agency(rest, vocabulary)


def _agency_tokens(rest: str) -> list[tuple[int, str]]:
    """(offset, name) of the agencies that stand as words of their own."""
    found = [
        (m.start(), trim_agency(m.group())) for m in AGENCY.finditer(rest) if m.start() == 0 or rest[m.start() - 1] in " ,(/"
    ]
    return [(at, name) for at, name in found if name] or [(m.start(), m.group()) for m in AGENCY_EN.finditer(rest)]


def _best(agencies: list[tuple[int, str]], vocabulary: Vocabulary) -> str | None:
    known = {name for name, _ in vocabulary.names()}
    for _, name in agencies:
        if name in known:
            return name
    ranked = sorted(agencies, key=lambda a: -rank_of(a[1]))
    return ranked[0][1].strip() if ranked else None


def is_agency_line(text: str) -> bool:
    """A short line that is nothing but the name of an agency (or two, unit and department)."""
    words = text.split()
    return 0 < len(words) <= 6 and len(text) <= 120 and starts_agency(text) and all(
        starts_agency(w) or (n and words[n - 1] == "สำนักงาน") for n, w in enumerate(words) if re.match("[ก-๙]", w)
    ) and not re.search(rf"(?:{ABBREVIATED})\s?(?:ควร|มี|ได้|จะ)", text)  # fmt: skip
