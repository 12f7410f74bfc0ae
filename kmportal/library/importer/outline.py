"""The outline: paragraphs in order become sessions, units, sections, items, tables and paragraphs.

One pass; each step asks, from the surest to the vaguest, what the paragraph is. Whatever nothing claims stays a flagged
paragraph in its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .headings import (
    Heading,
    announces,
    heading,
    is_agency,
    is_session,
    is_speaker_line,
    labelled,
    session_title,
    unit_header,
)  # fmt: skip
from .kinds import Role, cue_of, defines
from .markers import number_of, style_of
from .model import Block, Speaker, Vocabulary
from .paragraphs import Para, following
from .people import LABEL, find_people
from .tables import table_block
from .text import collapse, digits
from .words import CATEGORY, CODE, CODE_LEAD, CONNECTOR, GROUP, INTRO, ORDINAL, find_agency, rank_of

DEFAULT_KIND = "practice"
_FLAT = ("session", "unit", "section")


@dataclass(slots=True)
class Level:
    """An open list: the style of its markers, its declared level, and where it stands."""

    style: str
    hint: int | None
    level: int


@dataclass(slots=True)
class Outline:
    """Builds the blocks; `paras` is the body without the lines that were only metadata."""

    paras: Sequence[Para]
    vocabulary: Vocabulary
    blocks: list[Block] = field(default_factory=list)
    open_lists: list[Level] = field(default_factory=list)
    kind: str | None = None
    list_kind: str | None = None
    list_root: int = 0
    sections: list[tuple[str, int, str | None]] = field(default_factory=list)
    asked: bool = False
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
        if para.cells:
            self.blocks.append(self._unique(table_block(para, self.kind, self._last_text())))
            return 1
        if is_session(para):
            self._session(para)
            return 1
        if opened := unit_header(para, following(self.paras, at), self.vocabulary):
            return self._unit(at, *opened)
        if self._speakers_alone(at):
            return self._unit(at, "", "speaker-line", 0.7)
        if (told := labelled(para)) and self._labelled(para, *told):
            return 1
        if (found := heading(self.paras, at)) and not self._is_sibling(para, found):
            self._section(para, found)
        elif (
            para.marker or CODE_LEAD.match(para.text) or ORDINAL.match(para.text) or (defines(para.text) and len(para.text) < 200)
        ):
            self._item(para)
        else:
            self._paragraph(at)
        return 1

    # --- sessions and units

    def _session(self, para: Para) -> None:
        self._add(para, "session", title=session_title(para.text), confidence=0.95, rule="session")
        self._reset()

    def _unit(self, at: int, title: str, rule: str, confidence: float) -> int:
        """A unit header, with the speaker and agency lines that follow it."""
        end = at + 1
        while end < len(self.paras) and end - at <= 8 and self._belongs(at, end):
            end += 1
        header = self.paras[at:end]
        text = "\n".join(p.text for p in header)
        people = self._people(header, title)
        agency = self._agency(header, title, people)
        people = [
            replace(p, agency=agency) if agency and rank_of(p.agency) < 2 and not _known(p.agency, self.vocabulary) else p
            for p in people
        ]
        group = rule == "group-header" or (not people and bool(GROUP.search(title)))
        self._add(
            replace(header[0], text=text, last=header[-1].last), "unit", title=collapse(title) or "", confidence=confidence, rule=rule,
            unit_type="group" if group else "talk", agency=agency, speakers=tuple(people), categories=categories(title), codes=codes(title),
        )  # fmt: skip
        self._reset()
        return end - at

    def _belongs(self, at: int, end: int) -> bool:
        para = self.paras[end]
        if is_speaker_line(para) or (LABEL.match(para.text) and len(para.text) <= 200 and not para.cells):
            return unit_header(para, following(self.paras, end), self.vocabulary) is None
        return is_agency(para) and not para.marker and not any(is_agency(p) for p in self.paras[at:end])

    def _people(self, header: Sequence[Para], title: str) -> list[Speaker]:
        people: list[Speaker] = []
        for para in header:
            people.extend(find_people(para.text, self.vocabulary))
        return people

    def _agency(self, header: Sequence[Para], title: str, people: Sequence[Speaker]) -> str | None:
        named = next((p.agency for p in people if rank_of(p.agency) >= 2 or _known(p.agency, self.vocabulary)), None)
        alone = next((p.text for p in header[1:] if is_agency(p)), None)
        if alone:
            return find_agency(alone, self.vocabulary) or alone
        by_title = find_agency(title, self.vocabulary)
        if named or by_title:
            return named or by_title
        return next((p.agency for p in people if p.agency), None)

    def _speakers_alone(self, at: int) -> bool:
        """A speaker line with no header above it: it opens a unit of its own unless one is open and still empty."""
        para = self.paras[at]
        return is_speaker_line(para) and (bool(LABEL.match(para.text)) or not para.marker)

    # --- sections

    def _labelled(self, para: Para, label: str, rest: str, role: Role) -> bool:
        """ "ปัญหา : …" on one line: the label names a section, the rest is its first item."""
        if not rest:
            if para.marker and style_of(para.marker)[0] == "bullet" and role.rest:
                return False
            self._section(para, Heading(0.9, "label", role))
            return True
        if role.kind in ("question", "answer") and role.rest == 0:
            self._add(
                replace(para, marker=collapse(f"{para.marker or ''} {label} :"), text=rest),
                "item",
                kind=role.kind,
                confidence=0.85,
                rule="label-item",
            )
            self.asked = self.asked or role.kind == "question"
            return True
        if para.marker or len(rest) < 8:
            return False
        self._section(replace(para, text=f"{label} :"), Heading(0.8, "label", role))
        self._item(replace(para, text=rest, marker=None), rule="label-item")
        return True

    def _is_sibling(self, para: Para, found: Heading) -> bool:
        """A list item that only looks like a heading: it stands in a list of its style and names the running kind."""
        if not para.marker or found.rule in ("heading-style", "heading-bold", "heading-number", "heading-colon"):
            return False
        running = any(o.style == para.style for o in self.open_lists)
        return running and found.role is not None and found.role.kind == self.kind and found.rule == "heading-bullet"

    def _section(self, para: Para, found: Heading) -> None:
        level = self._section_level(para)
        role = found.role
        kind = role.kind if role and (role.at <= 25 or role.rest <= 12) else self._inherited(level)
        self.sections = [s for s in self.sections if s[1] < level] + [(_heading_style(para), level, kind)]
        self._add(
            para,
            "section",
            kind=kind,
            level=level,
            confidence=found.confidence,
            rule=found.rule,
            title="",
            flagged=found.confidence < 0.55,
        )
        self.kind = kind
        self.asked = self.asked or kind == "question"
        self.open_lists = []
        self.list_kind = None

    def _section_level(self, para: Para) -> int:
        style = _heading_style(para)
        for known, level, _ in self.sections:
            if known == style:
                return level
        if para.heading:
            above = [s for s in self.sections if s[0].startswith("h") and s[0] < style]
            return above[-1][1] + 1 if above else 0
        name, depth = style_of(para.marker)
        if name == "n.n":
            return depth
        numbered = [s for s in self.sections if s[0][:1] != "p"]
        return numbered[-1][1] + 1 if numbered and not (para.marker and style.startswith("n")) else 0

    def _inherited(self, level: int) -> str | None:
        above = [kind for _, at, kind in self.sections if at < level]
        return above[-1] if above else None

    # --- items and paragraphs

    def _item(self, para: Para, rule: str = "") -> None:
        level = self._item_level(para)
        kind, sure = self._kind_of(para.text)
        how = rule or (
            "marker"
            if para.marker
            else "code"
            if CODE_LEAD.match(para.text)
            else "definition"
            if defines(para.text)
            else "ordinal"
        )
        if how == "definition":
            kind = "definition"
        self._add(
            para if para.text else replace(para, text=para.marker or "", marker=None),
            "item",
            kind=kind,
            level=level,
            confidence=sure,
            rule=how,
            flagged=sure < 0.4,
        )
        announced = announces(para.text)
        if announced and announced.kind != "practice":
            self.list_kind, self.list_root = announced.kind, level + 1

    def _item_level(self, para: Para) -> int:
        style = para.style or ("code" if CODE_LEAD.match(para.text) else "text")
        if style == "text":
            return self.open_lists[-1].level if self.open_lists else 0
        for n, known in enumerate(self.open_lists):
            if known.style == style and known.hint == para.level_hint:
                del self.open_lists[n + 1 :]
                return known.level
        if self._goes_on_counting(para):
            return self.open_lists[-1].level
        shallower = [
            o for o in self.open_lists if para.level_hint is not None and o.hint is not None and o.hint > para.level_hint
        ]
        if shallower:
            self.open_lists = self.open_lists[: self.open_lists.index(shallower[0])]
        level = self.open_lists[-1].level + 1 if self.open_lists else 0
        self.open_lists.append(Level(style, para.level_hint, level))
        return level

    def _goes_on_counting(self, para: Para) -> bool:
        """ "2." between "1)" and "3)": another style, but the next number."""
        number = number_of(para.marker) if para.level_hint is None else None
        last = self.blocks[-1] if self.blocks else None
        if number is None or last is None or last.type != "item" or not self.open_lists:
            return False
        return number > 1 and number_of(last.marker) == number - 1 and style_of(para.marker)[1] == style_of(last.marker)[1] == 0

    def _kind_of(self, text: str) -> tuple[str, float]:
        """(kind, confidence) of an item: its section speaks first, then the list it is in, then its own words."""
        if self.kind:
            return self.kind, 0.9
        if self.list_kind and self.open_lists and self.open_lists[-1].level >= self.list_root:
            return self.list_kind, 0.8
        if cue := cue_of(text):
            return cue, 0.65
        return ("answer", 0.6) if self.asked else (DEFAULT_KIND, 0.6)

    def _paragraph(self, at: int) -> None:
        para = self.paras[at]
        if self._continues(at):
            level = self._parent_level()
            self._add(para, "paragraph", level=level, confidence=0.7, rule="continuation")
            while self.open_lists and self.open_lists[-1].level > level:
                self.open_lists.pop()
            return
        announced = announces(para.text)
        if announced and announced.kind != "practice" and len(para.text) <= 140:
            self._section(para, Heading(0.7, "announcement", announced))
            return
        kind, _ = self._kind_of(para.text)
        sure = 0.6 if self.kind else 0.45
        level = self.open_lists[0].level if self.open_lists else 0
        self._add(
            para,
            "paragraph",
            kind=kind,
            level=level,
            confidence=sure,
            rule="announcement" if INTRO.search(para.text) else "prose",
            flagged=sure < 0.5,
        )
        self.open_lists = [Level("text", None, 0)] if INTRO.search(para.text) else []
        self.list_kind, self.list_root = (announced.kind, 1) if announced and announced.kind != "practice" else (None, 0)

    def _continues(self, at: int) -> bool:
        """Whether an unmarked paragraph goes on with the item above: by its first word, or because the list goes on."""
        last = self.blocks[-1] if self.blocks else None
        para = self.paras[at]
        if last is None or last.type in (*_FLAT, "table") or INTRO.search(para.text):
            return False
        if last.type == "paragraph" and last.rule != "continuation":
            return (
                last.kind is not None
                and self.kind is not None
                and bool(CONNECTOR.match(para.text))
                and bool(last.kind)
                and not self.open_lists
            )
        return bool(CONNECTOR.match(para.text)) or self._list_goes_on(at)

    def _list_goes_on(self, at: int) -> bool:
        for later in self.paras[at + 1 : at + 4]:
            if later.cells or later.heading is not None:
                return False
            style = later.style or ("code" if CODE_LEAD.match(later.text) else "")
            if style:
                return any(o.style == style for o in self.open_lists) and not _restarts(later)
        return False

    def _parent_level(self) -> int:
        """After a list within a list the text goes on with the outer item."""
        levels = [b.level for b in self.blocks[-1:] if b.type == "item"]
        if self.blocks[-1].rule == "continuation":
            return self.blocks[-1].level
        return max(0, levels[0] - 1) if levels else 0

    # --- common

    def _last_text(self) -> str:
        return self.blocks[-1].text if self.blocks else ""

    def _reset(self) -> None:
        self.open_lists, self.sections = [], []
        self.kind = self.list_kind = None
        self.asked = False

    def _add(self, para: Para, type_: str, **fields: object) -> None:
        text = para.text if type_ == "unit" else collapse(para.text)
        found = {"categories": categories(text), "codes": codes(text)} if type_ in ("item", "paragraph", "section") else {}
        block = Block(
            id=f"L{para.first}",
            type=type_,
            text=text,
            first=para.first,
            last=para.last,
            marker=para.marker,
            **{**found, **fields},
        )  # type: ignore[arg-type]
        self.blocks.append(self._unique(block))

    def _unique(self, block: Block) -> Block:
        key, n = block.id, 0
        while key in self.ids:
            n += 1
            key = f"{block.id}.{n}"
        self.ids.add(key)
        return replace(block, id=key)


def _known(name: str, vocabulary: Vocabulary) -> bool:
    return bool(name) and any(name == known for known, _ in vocabulary.names())


def _restarts(para: Para) -> bool:
    return digits(para.marker or "").strip("().ข้อที่ ") == "1"


def _heading_style(para: Para) -> str:
    if para.heading:
        return f"h{para.heading}"
    if not para.marker:
        return "pb" if para.bold else "p"
    name, depth = style_of(para.marker)
    return f"n{name}{depth}"


def categories(text: str) -> tuple[str, ...]:
    """PMQA categories named in the text, in order, each once."""
    return tuple(dict.fromkeys(CATEGORY.findall(digits(text))))


def codes(text: str) -> tuple[str, ...]:
    """PMQA codes in the text: "IT 2,3" gives IT2 and IT3."""
    found: dict[str, None] = {}
    for letters, number, more in CODE.findall(digits(text)):
        for n in (number, *re.findall(r"\d+", more)):
            found[f"{letters}{n}"] = None
    return tuple(found)


CONNECTS = CONNECTOR
