"""The outline: paragraphs in order become sessions, units, sections, items, tables and paragraphs.

One pass; each step asks, from the surest to the vaguest, what the paragraph is. Whatever nothing claims stays a flagged
paragraph in its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .headers import ATTENDANCE, is_bullet, is_session, opens_speakers, session_title, unit_header
from .headings import Heading, announces, heading, labelled
from .inline import last_number, opens_with_number
from .kinds import Role, defines, voice_of
from .lists import Lists, Sections, list_style
from .model import Block, BlockType, Vocabulary
from .paragraphs import Para, following
from .people import PERSON
from .tables import table_block
from .text import collapse
from .units import read_unit
from .words import BOUND, CODE_LEAD, CONNECTOR, INTRO, ORDINAL, categories, codes

DEFAULT_KIND = "practice"
_CREDIT = re.compile(
    r"(?:(?:เริ่ม|เปิด|ปิด|เลิก)(?:การ)?ประชุม(?:เมื่อ)?เวลา|ผู้(?:จด|ตรวจ)รายงาน(?:การประชุม)?|ผู้(?:จด)?บันทึก|ผู้สรุป|ผู้จัดทำ|ผู้ถอดความ|ผู้ถอดบทเรียน|ผู้รายงาน|ผู้พิมพ์|สรุปโดย|รวบรวมโดย|เรียบเรียงโดย|summari[sz]ed by|recorded by|prepared by)"
    r"\s{0,3}[:：]?",
    re.I,
)
# Words with which running text leaves the list above it.
_SHIFT = re.compile(
    r"(?:ทั้งนี้|ในการนี้|อย่างไรก็ตาม|โอกาสนี้|ในโอกาสนี้|ท้ายนี้|สำหรับ|นอกจากนี้|ด้าน(?=\s?[ก-ฮน])|ต่อมา|ในตอนท้าย|สรุป|finally|in conclusion|meanwhile)",
    re.I,
)
_SOURCE = re.compile(
    r"[*=_~-]{3,}\s{0,3}[\d๐-๙]{1,2}\s\S{3,20}\s[\d๐-๙]{4}$|(?:ที่มา|แหล่งข้อมูล|อ้างอิง|source|reference)s?\s{0,3}[:：]|https?://\S+$",
    re.I,
)


@dataclass(slots=True)
class Outline:
    """Builds the blocks; `paras` is the body without the lines that were only metadata."""

    paras: Sequence[Para]
    vocabulary: Vocabulary
    blocks: list[Block] = field(default_factory=list)
    lists: Lists = field(default_factory=Lists)
    sections: Sections = field(default_factory=Sections)
    kind: str | None = None
    list_kind: tuple[str, int] | None = None
    asked: bool = False
    attendance: bool = False
    ids: set[str] = field(default_factory=set)

    def build(self) -> list[Block]:
        """All blocks, in order."""
        at = 0
        while at < len(self.paras):
            at += self._take(at)
        return self.blocks

    def _take(self, at: int) -> int:
        """Consume the paragraph at `at` (and those that belong to its header); the number of paragraphs taken."""
        para = self.paras[at]
        if para.furniture:
            self._add(para, "paragraph", confidence=0.9, rule="page-furniture")
            return 1
        if para.cells:
            self._put(table_block(para, self.kind, self._last_text()))
            return 1
        if is_session(para):
            self._add(para, "session", title=session_title(para.text), confidence=0.95, rule="session")
            self._reset()
            return 1
        header = unit_header(para, following(self.paras, at))
        if header is None and opens_speakers(para, following(self.paras, at)):
            header = ("", "speaker-line", 0.7)
        if header is not None:
            unit, taken = read_unit(self.paras, at, header, self.vocabulary)
            self._put(unit)
            self._reset()
            return taken
        self._content(at)
        return 1

    def _content(self, at: int) -> None:
        para = self.paras[at]
        told = labelled(para)
        if told and self._labelled(para, *told):
            return
        found = heading(self.paras, at)
        if found and not self._is_sibling(para, found):
            self._section(para, found)
        elif self.attendance and PERSON.match(para.text):
            self._add(para, "item", confidence=0.7, rule="participant")
        elif how := _item_rule(para):
            self._item(para, how)
        else:
            self._paragraph(at)

    def _labelled(self, para: Para, label: str, rest: str, role: Role) -> bool:
        """ "ปัญหา : …" on one line: the label names a section, the rest is its first item. "Q: …" is one item."""
        if not rest:
            if is_bullet(para) and role.rest:
                return False
            self._section(para, Heading(0.9, "label", role))
            return True
        if role.kind in ("question", "answer") and role.rest == 0:
            marker = collapse(f"{para.marker or ''} {para.text[: len(para.text) - len(rest)]}")
            self._add(replace(para, marker=marker, text=rest), "item", kind=role.kind, confidence=0.85, rule="label-item")
            self.asked = self.asked or role.kind == "question"
            return True
        if para.marker or len(rest) < 8:
            return False
        self._section(replace(para, text=f"{label} :"), Heading(0.8, "label", role))
        self._item(replace(para, text=rest, marker=None), "label-item")
        return True

    def _is_sibling(self, para: Para, found: Heading) -> bool:
        """A list item that only looks like a heading: it stands in a list of its style and names the running kind."""
        if found.rule != "heading-bullet" or found.role is None or found.role.kind != self.kind:
            return False
        return any(o.style == para.style for o in self.lists.open)

    def _section(self, para: Para, found: Heading) -> None:
        level = self.sections.place(para)
        role = found.role
        kind = role.kind if role and (role.at <= 25 or role.rest <= 12) else self.sections.inherited(level)
        self.sections.enter(para, level, kind)
        unsure = found.confidence < 0.55
        self._add(para, "section", kind=kind, level=level, confidence=found.confidence, rule=found.rule, flagged=unsure)
        self.kind = kind
        self.attendance = bool(ATTENDANCE.match(para.text))
        self.asked = self.asked or kind == "question"
        self.lists.close()
        self.list_kind = None

    def _item(self, para: Para, rule: str) -> None:
        level = self.lists.place(para, self._last())
        kind, sure = ("definition", 0.8) if rule == "definition" else self._kind_of(para.text)
        shown = para if para.text else replace(para, text=para.marker or "", marker=None)
        self._add(shown, "item", kind=kind, level=level, confidence=sure, rule=rule)
        announced = announces(para.text)
        if announced:
            self.list_kind = announced.kind, level + 1

    def _kind_of(self, text: str) -> tuple[str, float]:
        """(kind, confidence) of an item: its section speaks first, then the list it is in, then its own words."""
        if self.kind:
            return self.kind, 0.9
        if self.list_kind and self.lists.open and self.lists.open[-1].level >= self.list_kind[1]:
            return self.list_kind[0], 0.8
        if cue := voice_of(text):
            return cue, 0.65
        return ("answer", 0.6) if self.asked else (DEFAULT_KIND, 0.6)

    def _paragraph(self, at: int) -> None:
        para = self.paras[at]
        if aside := _CREDIT.match(para.text) or _SOURCE.match(para.text):
            rule = "credit" if aside.re is _CREDIT else "source-note"
            self._add(para, "paragraph", confidence=0.8, rule=rule)
            return
        if self._continues(at):
            last = self._last() or self.blocks[-1]
            level = last.level if last.rule == "continuation" or self._is_whole(last, para) else max(0, last.level - 1)
            self._add(para, "paragraph", level=level, confidence=0.7, rule="continuation")
            self.lists.close(level)
            return
        announced = announces(para.text)
        if announced and announced.kind != "practice" and len(para.text) <= 140:
            self._section(para, Heading(0.7, "announcement", announced))
            return
        self._prose(para, announced)

    def _prose(self, para: Para, announced: Role | None) -> None:
        """A paragraph of its own: never an item, but with the kind it sounds like as a suggestion."""
        if _SHIFT.match(para.text) and self.lists.open:
            self.kind = None
        kind, _ = self._kind_of(para.text)
        sure = 0.6 if self.kind else 0.45
        level = self.lists.open[0].level if self.lists.open else 0
        introduces = bool(INTRO.search(para.text))
        rule = "announcement" if introduces else "prose"
        self._add(para, "paragraph", kind=kind, level=level, confidence=sure, rule=rule, flagged=sure < 0.5)
        if introduces:
            self.lists.announce()
        else:
            self.lists.close()
        self.list_kind = (announced.kind, 1) if announced else None

    def _continues(self, at: int) -> bool:
        """Whether an unmarked paragraph goes on with the item above: by its first word, or because the list goes on."""
        last = self._last()
        para = self.paras[at]
        if last is None or last.type not in ("item", "paragraph") or INTRO.search(para.text):
            return False
        if self._is_whole(last, para):
            return True
        if last.type == "paragraph" and last.rule != "continuation":
            return bool(last.kind and self.kind and CONNECTOR.match(para.text)) and not self.lists.open
        return bool(BOUND.match(para.text)) or self._list_goes_on(at)

    def _is_whole(self, last: Block, para: Para) -> bool:
        """A line that breaks off inside an inline list: "… 3) ก" and then "ข 4) ค"."""
        number = last_number(last.text)
        return number is not None and opens_with_number(para.text, number + 1)

    def _list_goes_on(self, at: int) -> bool:
        for later in self.paras[at + 1 : at + 4]:
            if later.cells or later.heading is not None:
                return False
            if list_style(later):
                return self.lists.holds(later)
        return False

    def _last(self) -> Block | None:
        """The block above, page headers and numbers aside."""
        return next((b for b in reversed(self.blocks[-3:]) if b.rule != "page-furniture"), None)

    def _last_text(self) -> str:
        last = self._last()
        return last.text if last else ""

    def _reset(self) -> None:
        self.lists, self.sections = Lists(), Sections()
        self.kind = self.list_kind = None
        self.asked = self.attendance = False

    def _add(self, para: Para, type_: BlockType, **fields: Any) -> None:
        text = collapse(para.text)
        marks: dict[str, Any] = {} if type_ == "session" else {"categories": categories(text), "codes": codes(text)}
        block = Block(f"L{para.first}", type_, text, para.first, para.last, marker=para.marker, **marks, **fields)
        self._put(block)

    def _put(self, block: Block) -> None:
        """Append a block; a second one from the same line gets a number behind its id."""
        key, n = block.id, 0
        while key in self.ids:
            n += 1
            key = f"{block.id}.{n}"
        self.ids.add(key)
        self.blocks.append(replace(block, id=key))


def _item_rule(para: Para) -> str:
    """Why a paragraph is a list item; '' when it is none."""
    if para.marker:
        return "marker"
    if CODE_LEAD.match(para.text):
        return "code"
    if len(para.text) < 200 and defines(para.text):
        return "definition"
    return "ordinal" if ORDINAL.match(para.text) else ""
