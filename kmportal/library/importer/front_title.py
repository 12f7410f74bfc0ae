"""The name of the event: from a genre line, a label, a title style, a quoted name after an event word, or the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .model import Found
from .paragraphs import Para
from .people import is_agency_line
from .text import bare, collapse
from .when import find_dates
from .words import starts_agency

_EVENT = r"(?:ประชุม|สัมมนา|เสวนา|อบรม|ฝึกอบรม|อภิปราย|บรรยาย|ปาฐกถา|แลกเปลี่ยนเรียนรู้|ถอดบทเรียน|จัดการความรู้|ระดมความคิดเห็น|ระดมสมอง|ศึกษาดูงาน|เวที|ประชาพิจารณ์|มหกรรม|นิทรรศการ|workshop|seminar|conference|forum|meeting|symposium|webinar|training|cop\b)"
_EVENT_TAIL = r"(?:สัมมนา|วิชาการ|เชิงปฏิบัติการ|เชิงวิชาการ|เชิงบูรณาการ|ระดับชาติ|ใหญ่|สามัญ|กลุ่มย่อย|กลุ่ม|ระดมความคิดเห็น|ระดมสมอง|แลกเปลี่ยนเรียนรู้|ชี้แจง|หารือ|ชุมชนนักปฏิบัติ|ทางวิชาการ|และ|/|การ|แบบออนไลน์|ออนไลน์|ประจำปี|โครงการ|หลักสูตร|ติดตาม|สัญจร|สรุป|ผล)*"
_GENRE = re.compile(
    r"(?:\(?ร่าง\)?\s?)?(?:เอกสาร|แบบฟอร์ม|แบบ)?(?:การ)?(?:รายงานสรุป|รายงานผล|สรุปรายงาน|สรุป|รายงาน|บันทึก|ถอดบทเรียน|ผล)(?:ผล|ประเด็นสำคัญ|ประเด็น|สาระสำคัญ|สาระ|เนื้อหาสาระ|เนื้อหา|องค์ความรู้|ความรู้|บทเรียน|การดำเนินงาน|การดำเนินการ|การดำเนินโครงการ|ภาพรวม|การถอดบทเรียน)*"
    rf"(?:ที่ได้)?(?:จาก|ใน|ของ)?(?:การ)?(?:จัด)?(?:กิจกรรม|โครงการ|เวที|งาน)?(?:การ)?{_EVENT}{_EVENT_TAIL}"
    r"|(?:การ)?(?:ถอดบทเรียน|ถอดองค์ความรู้|แลกเปลี่ยนเรียนรู้)"
    r"|(?:executive )?(?:summary|report|proceedings|minutes|notes|highlights|key takeaways|lessons learned)(?: report| notes)?(?: (?:of|from|on|for))?(?: the)?(?: (?:annual|national|regional|international|joint|online|\d+(?:st|nd|rd|th)))*"
    r"(?: (?:workshop|seminar|conference|forum|meeting|symposium|webinar|training|knowledge[- ]sharing session))?"
    r"|(?:workshop|seminar|conference|forum|meeting|symposium|webinar|training) (?:summary|report|notes|minutes|proceedings|highlights)",
    re.I,
)
_GLUED = re.compile(r"(?:การ)?ถอด(?:บทเรียน|องค์ความรู้)|(?:สรุป|รายงาน)(?:ผล|ประเด็น|สาระสำคัญ|รายงาน|เนื้อหา)*")
_ONLY_EVENT = re.compile(rf"(?:การ|โครงการ|งาน)?{_EVENT}{_EVENT_TAIL}(?:ครั้งที่\s?[\d๐-๙/]+)?", re.I)
_LABEL = re.compile(
    r"(?:ชื่อ)?(?:โครงการ/กิจกรรม|เรื่อง|หัวข้อ(?:เรื่อง|การ\S{2,20})?|หลักสูตร|โครงการ|กิจกรรม|การประชุม|การสัมมนา|ชื่องาน|title|topic|subject|theme|event|seminar|workshop)\s{0,3}[:：]\s{0,3}(?P<name>\S.*)",
    re.I | re.S,
)
_LEAD = re.compile(
    r"[\s:：–-]*(?:(?:ใน)?(?:เรื่อง|หัวข้อ(?:เรื่อง)?|ประเด็น|หลักสูตร)\s{0,3}[:：]?|(?:entitled|titled|on|about)\b(?:\s(?:the\stopic|theme))?[:：]?)?\s*",
    re.I,
)
_QUOTED = re.compile(r"[“\"«‘](?P<name>[^“”\"«»’]{8,220})[”\"»’]")
_NAMED = re.compile(
    rf"(?:{_EVENT}[^\s“\"]{{0,60}}ฯ?|หัวข้อ|เรื่อง|โครงการ|กิจกรรม|ประเด็น|งาน|ตอน|ชื่อ|theme|entitled|titled|on)\s{{0,3}}[:：]?\s{{0,2}}[“\"«‘](?P<name>[^“”\"«»’]{{8,220}})[”\"»’]",
    re.I,
)
_PHRASE = re.compile(r"(?:สรุปผล|ผลสรุป|แถลงผล|ผล)(?:การจัด)?(?:กิจกรรม|โครงการ)?(?P<name>การ[^\s“”\"(]{12,160})")
_HELD = re.compile(
    rf"(?:จัด|เปิด|ร่วม|เข้าร่วม|ประธาน(?:ใน|การ)?|ผ่าน)(?:งาน|โครงการ|กิจกรรม)?(?P<name>(?:การ)?(?:โครงการ)?{_EVENT}[^“”\"()]{{10,180}}?)(?=\s(?:ซึ่ง|โดย|เมื่อ|ณ|ระหว่าง|วันที่|ใน(?:วันที่|ระหว่าง)|เพื่อ|ที่|พร้อม|มี|ให้)|\s?[“”\"()]|$)",
    re.I,
)
_NARROWER = re.compile(r"^.{0,160}?เรื่อง\s{0,2}[:：]?\s{0,2}(?=.{10})|\s?(?:ภายใต้|ใน|กับ)(?:แนวคิด|หัวข้อ|ธีม|ชื่อ|ประเด็น)[^\s]{0,10}$")
_SUBJECT = re.compile(r"\s{0,3}(?:เรื่อง|หัวข้อ|entitled|on)?\s{0,3}[:：]?\s{0,3}$", re.I)
_SITE = re.compile(r"รัฐบาลไทย\s?-\s?ข่าวทำเนียบรัฐบาล\s?-\s?")
_SPEECH = re.compile(r"(?:กล่าว(?:ว่า)?|ย้ำ|ชี้|เผย|ลั่น|ระบุ|คือ|said|says)\s{0,2}$")
_NEXT = re.compile(
    r"(?:ครั้งที่|ประจำปี|ปีงบประมาณ|รุ่นที่|วันที่|ระหว่างวันที่|เมื่อวันที่|ณ\s|สถานที่|โดย|จัดโดย|วิทยากร|เวลา|date|venue|place|held|at\s|organi[sz]ed)",
    re.I,
)
_RUN_ON = re.compile(r"(?:และ|ของ|เพื่อ|สู่|ใน|ด้วย|ตาม|สำหรับ|ภายใต้|and\b|for\b|of\b|to\b|with\b|in\b|towards?\b)", re.I)


@dataclass(frozen=True, slots=True)
class Guess:
    """A title somebody may have meant."""

    name: str
    lines: tuple[int, ...]
    confidence: float
    rule: str
    genre: str = ""


def find_title(paras: Sequence[Para], zone: int) -> tuple[Found, Found]:
    """(title, genre). `zone`: how many paragraphs stand before the first session, talk, heading or list."""
    guesses = [*_from_front(paras[:zone]), *_from_prose(paras)]
    if not guesses:
        return Found(), Found()
    best = max(guesses, key=lambda g: (g.confidence, -g.lines[0]))
    genre = next((g for g in guesses if g.genre), None)
    title = Found(best.name, best.lines, best.confidence, best.rule)
    return title, Found(genre.genre, genre.lines[:1], 0.8, genre.rule) if genre else Found()


def headline(text: str) -> str:
    """The text without the name of a news site before it."""
    found = _SITE.match(text)
    return text[found.end() :].strip() if found else text.strip()


def _from_front(front: Sequence[Para]) -> list[Guess]:
    found: list[Guess] = []
    for n, para in enumerate(front):
        text = headline(para.text)
        if not text or len(text) > 320 or para.cells:
            continue
        guess = _labelled(para, text) or _after_genre(front, n, text) or _styled(front, n, text) or _quoted(para, text, n)
        if guess:
            found.append(guess)
    first = next((p for p in front if len(p.text) >= 8 and not p.marker and not p.cells and not _NEXT.match(p.text)), None)
    if first is not None:
        name = collapse(headline(first.text)).strip('“”" ')
        found.append(Guess(name, (first.first,), 0.3 if len(name) <= 200 else 0.2, "title-first-line"))
    return found


def _labelled(para: Para, text: str) -> Guess | None:
    found = _LABEL.match(text)
    if not found or find_dates(found["name"][:40]):
        return None
    return Guess(_tidy(found["name"]), (para.first,), 0.88, "title-label")


def _after_genre(front: Sequence[Para], n: int, text: str) -> Guess | None:
    """A line that says what the document is: the name follows on it, in quotation marks, or on the next lines."""
    found = _GENRE.match(text)
    if not found or found.end() < 6:
        return None
    para = front[n]
    rest = text[found.end() :]
    if quoted := _QUOTED.search(rest):
        return Guess(
            _tidy(quoted["name"]),
            (para.first,),
            0.92,
            "title-genre-quote",
            _SUBJECT.sub("", text[: found.end() + quoted.start()]),
        )
    lead = _LEAD.match(rest)
    name = rest[lead.end() if lead else 0 :]
    if len(bare(name)) < 6 or _NEXT.match(name.strip()):
        return _next_line(front, n, text)
    if first := _line_above(front, n, text):
        return first
    if lead and lead.end():
        lines, name = _run_on(front, n, name)
        named = 0.9 if lead.group().strip() else 0.8
        return Guess(_tidy(name), lines, named, "title-genre", found.group())
    genre = _GLUED.match(text)
    lines, name = _run_on(front, n, text[genre.end() if genre else 0 :])
    return Guess(_tidy(name), lines, 0.7, "title-genre-glued", genre.group() if genre else found.group())


def _line_above(front: Sequence[Para], n: int, genre: str) -> Guess | None:
    """In English the name often stands above the line that says what the document is."""
    above = front[0].text if n == 1 else ""
    if not above.isascii() or not 8 <= len(above) <= 120 or _NEXT.match(above) or starts_agency(above) or find_dates(above):
        return None
    return Guess(_tidy(above), (front[0].first,), 0.85, "title-above-genre", genre)


def _next_line(front: Sequence[Para], n: int, genre: str) -> Guess | None:
    for at in range(n + 1, min(n + 4, len(front))):
        text = front[at].text
        if front[at].cells or front[at].marker or len(text) > 300:
            return None
        if _NEXT.match(text) or find_dates(text) or is_agency_line(text):
            continue
        quoted = _QUOTED.search(text)
        if quoted and len(bare(quoted["name"])) * 2 > len(bare(text)):
            return Guess(_tidy(quoted["name"]), (front[n].first, front[at].first), 0.92, "title-next-quote", genre)
        lead = _LEAD.match(text)
        lines, name = _run_on(front, at, text[lead.end() if lead else 0 :])
        return Guess(_tidy(name), (front[n].first, *lines), 0.85, "title-next", genre)
    return Guess(_tidy(genre), (front[n].first,), 0.5, "title-genre-alone", genre)


def _run_on(front: Sequence[Para], n: int, name: str) -> tuple[tuple[int, ...], str]:
    """A title broken over two or three lines: an open quotation mark, a conjunction, or one centred style."""
    lines = [front[n].first]
    for para in front[n + 1 : n + 3]:
        open_quote = name.count("“") > name.count("”")
        alike = para.heading == 0 and front[n].heading == 0
        if (
            para.marker
            or para.cells
            or _NEXT.match(para.text)
            or find_dates(para.text)
            or not (open_quote or alike or _RUN_ON.match(para.text))
        ):
            break
        if para.gap and not open_quote:
            break
        name = f"{name} {para.text}"
        lines.append(para.first)
    return tuple(lines), name


def _styled(front: Sequence[Para], n: int, text: str) -> Guess | None:
    para = front[n]
    if para.heading == 0 or (para.heading == 1 and n == 0):
        lead = _LEAD.match(text)
        lines, name = _run_on(front, n, text[lead.end() if lead else 0 :])
        return Guess(_tidy(name), lines, 0.8, "title-style")
    if para.centred and para.bold and n < 3 and not _NEXT.match(text) and not find_dates(text):
        lines, name = _run_on(front, n, text)
        return Guess(_tidy(name), lines, 0.6, "title-centred")
    found = _ONLY_EVENT.match(text)
    if found and len(text) <= 250 and n < 6:
        lead = _LEAD.match(text, found.end())
        name = text[lead.end() :] if lead and lead.end() > found.end() else ""
        quoted = _QUOTED.search(text)
        name = quoted["name"] if quoted else name
        if len(bare(name)) >= 6 and not _NEXT.match(name):
            return Guess(_tidy(name), (para.first,), 0.72, "title-event")
    return None


def _quoted(para: Para, text: str, n: int) -> Guess | None:
    named = _NAMED.search(text)
    if named:
        return Guess(_tidy(named["name"]), (para.first,), 0.8 if n < 6 else 0.6, "title-named")
    whole = _QUOTED.fullmatch(text)
    return Guess(_tidy(whole["name"]), (para.first,), 0.75, "title-quote") if whole and n < 8 else None


def _from_prose(paras: Sequence[Para]) -> list[Guess]:
    """Names of the event inside running text; one that is said more than once is surer."""
    found: list[Guess] = []
    everything = bare(" ".join(p.text for p in paras[:60]))
    for n, para in enumerate(paras[:12]):
        text = para.text[:3000]
        for pattern, weight, rule in (
            (_NAMED, 0.55, "title-prose-quote"),
            (_PHRASE, 0.45, "title-prose-result"),
            (_HELD, 0.4, "title-prose-held"),
        ):
            match = pattern.search(text)
            if not match or _SPEECH.search(text[: match.start("name") - 1]):
                continue
            name = _tidy(_NARROWER.sub("", match["name"]) if pattern is _HELD else match["name"])
            better = 0.03 * name.startswith(("การ", "โครงการ"))
            more = min(everything.count(bare(name)), 3) - 1
            if len(bare(name)) >= 10:
                found.append(Guess(name, (para.first,), weight + better + 0.08 * more - 0.01 * n, rule))
    return found


def _tidy(name: str) -> str:
    name = collapse(name)
    dates = find_dates(name)
    if dates and dates[0].at > 12:
        name = re.sub(r"\s*(?:เมื่อ|ระหว่าง|ใน)?(?:วัน\S{0,10}ที่)?\s*$", "", name[: dates[0].at])
    name = re.split(r"\s(?:ณ|at)\s(?=\S)", name)[0] if len(name) > 40 else name
    name = name.strip(" :：–-,")
    if name.startswith(("“", '"', "«", "‘")) and name.endswith(("”", '"', "»", "’")):
        name = name[1:-1].strip()
    return name
