"""From source to draft, and what a draft says: `parse`, `candidate`, `coverage`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from .front import find_front
from .headers import is_session, is_speaker_line, unit_header
from .headings import heading, labelled
from .inline import entries, with_spans
from .kinds import cue_of, last_role
from .model import Block, Draft, Source, SourceLine, Vocabulary, Warn
from .outline import Outline
from .paragraphs import Para, asides, following, is_ornament, paragraphs
from .text import bare, collapse

_ZONE = 30
_SHORTEST_PART = 12
NOT_ITEMS = frozenset(
    {"continuation", "headline", "front-matter", "source-note", "page-furniture", "note", "credit", "participant"}
)
"""Rules of paragraphs that are no statement of their own."""


def parse(source: Source, vocabulary: Vocabulary | None = None) -> Draft:
    """Understand a source. Never fails: what no rule claims stays, in order, as a flagged paragraph."""
    vocabulary = vocabulary or Vocabulary()
    paras = paragraphs(source)
    zone = _zone(paras)
    front = find_front(paras, zone, vocabulary)
    body = [p for n, p in enumerate(paras) if n not in front.used]
    told = {paras[n].first for n in front.told}
    blocks = _build(body, told, vocabulary)
    blocks += [_aside(line) for line in asides(source)]
    used = tuple(no for n in sorted(front.used) for no in range(paras[n].first, paras[n].last + 1))
    ornaments = tuple(x.no for x in source.lines if x.place == "body" and is_ornament(x.raw))
    return Draft(
        title=front.title, genre=front.genre, start=front.start, end=front.end, venue=front.venue, province=front.province,
        organiser=front.organiser, language=front.language, edition_year=front.year, front=tuple(sorted({*used, *ornaments})),
        blocks=tuple(with_spans(b) for b in blocks), warnings=(*source.warnings, *_doubts(front.title.value, front.start.value, blocks)),
    )  # fmt: skip


def _zone(paras: Sequence[Para]) -> int:
    """How many paragraphs stand before the outline begins."""
    for n, para in enumerate(paras[:_ZONE]):
        after = following(paras, n)
        if para.cells or is_session(para) or (para.marker and not para.centred) or len(para.text) > 500:
            return n
        if (n and unit_header(para, after)) or is_speaker_line(para):
            return n
        if (
            n
            and para.heading is None
            and ((told := labelled(para)) and told[2].rest <= 4 and told[2].kind not in ("practice", "metric"))
        ):
            return n
        if n > 1 and (found := heading(paras, n)) and found.role and found.role.rest <= 6:
            return n
    return min(len(paras), _ZONE)


def _build(body: Sequence[Para], told: set[int], vocabulary: Vocabulary) -> list[Block]:
    lead: list[Block] = []
    rest = list(body)
    while rest and rest[0].first in told:
        para = rest.pop(0)
        lead.append(
            Block(
                f"L{para.first}",
                "paragraph",
                collapse(para.text),
                para.first,
                para.last,
                confidence=0.7,
                rule="front-matter",
                marker=para.marker,
            )
        )
    outline = Outline(rest, vocabulary)
    return [*lead, *(_retold(b, told) for b in outline.build())]


def _retold(block: Block, told: set[int]) -> Block:
    if block.first in told and block.type == "paragraph":
        return replace(block, kind=None, rule="front-matter", flagged=False, confidence=0.6)
    return block


def _aside(line: SourceLine) -> Block:
    rule = "note" if line.place == "note" else "page-furniture"
    return Block(f"L{line.no}", "paragraph", line.raw, line.no, line.no, confidence=0.9, rule=rule)


def _doubts(title: str, start: str, blocks: Sequence[Block]) -> list[Warn]:
    found = []
    if not title:
        found.append(Warn("no_title"))
    if not start:
        found.append(Warn("no_date"))
    if not any(b.type == "item" for b in blocks):
        found.append(Warn("no_lists"))
    return found


def coverage(source: Source, draft: Draft) -> list[SourceLine]:
    """Source lines of which a part is in no block and not in the metadata: what was lost. Must be empty."""
    held: dict[int, list[str]] = defaultdict(list)
    for block in draft.blocks:
        for entry in (e for row in block.rows for cell in row for e in cell.entries):
            held[entry.line].append(_letters(f"{entry.marker or ''}{entry.text}"))
        letters = _letters(f"{block.marker or ''}{block.text}")
        for no in () if block.rows else range(block.first, block.last + 1):
            held[no].append(letters)
    front = set(draft.front)
    return [x for x in source.lines if x.no not in front and _letters(x.text) not in "".join(held[x.no])]


def _letters(text: str) -> str:
    """What must not be lost: everything but blanks and the colon that parts a label from its text."""
    return bare(collapse(text)).replace(":", "").replace("：", "")


def candidate(draft: Draft) -> dict[str, Any]:
    """The draft as one plain dict, in the form the scorer reads; `blocks` and `front` hold all the rest."""
    return {
        "title": draft.title.value or None,
        "genre": draft.genre.value or None,
        "start": draft.start.value or None,
        "end": draft.end.value or None,
        "venue": draft.venue.value or None,
        "province": draft.province.value or None,
        "organiser": draft.organiser.value or None,
        "language": draft.language,
        "sessions": [{"title": b.title or b.text, "line": b.first} for b in draft.blocks if b.type == "session"],
        "units": [_unit(b) for b in draft.blocks if b.type == "unit"],
        "items": _items(draft.blocks),
        "front": list(draft.front),
        "blocks": draft.to_json()["blocks"],
        "warnings": [w.code for w in draft.warnings],
    }


def _unit(block: Block) -> dict[str, Any]:
    return {
        "title": block.title or block.text.split("\n")[0],
        "agency": block.agency,
        "type": block.unit_type,
        "category": block.categories[0] if block.categories else None,
        "speakers": [
            {"given": s.given, "family": s.family, "prefix": s.prefix, "position": s.position, "agency": s.agency}
            for s in block.speakers
        ],
        "line": block.first,
    }


def _items(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """List items, table entries, and paragraphs as they stand (type tells which); continuations join their item."""
    items: list[dict[str, Any]] = []
    at_level: dict[int, dict[str, Any]] = {}
    for block in blocks:
        if block.type == "table":
            items.extend(_entries(block))
        elif block.type == "paragraph" and block.rule == "continuation" and (owner := at_level.get(block.level)):
            owner["text"] += "\n" + block.text
        elif block.type in ("item", "paragraph") and block.rule not in NOT_ITEMS:
            item = {"text": block.text, "kind": block.kind or "practice", "type": block.type, "line": block.first, "level": block.level, "confidence": block.confidence, "flagged": block.flagged, "codes": list(block.codes), "categories": list(block.categories)}  # fmt: skip
            items.append(item)
            at_level = {k: v for k, v in at_level.items() if k < block.level} | {block.level: item}
            items.extend(_parts(block))
        elif block.type in ("session", "unit", "section"):
            at_level = {}
    return items


def _entries(block: Block) -> list[dict[str, Any]]:
    return [
        {"text": e.text, "kind": e.kind, "type": "table", "line": e.line, "confidence": block.confidence, "flagged": block.flagged}
        for row in block.rows for cell in row if not cell.header for e in cell.entries if e.kind
    ]  # fmt: skip


def _parts(block: Block) -> list[dict[str, Any]]:
    """The entries of an inline list, beside the sentence that holds them: numbered in the source, so not invented."""
    lead = last_role(block.text[: block.spans[0][0]][-90:]) if block.spans else None
    return [
        {
            "text": f"{marker}{text}",
            "kind": lead or cue_of(text) or block.kind or "practice",
            "type": "part",
            "line": block.first,
            "marker": marker,
        }
        for marker, text in entries(block.text, block.spans)
        if len(text) >= _SHORTEST_PART
    ]
