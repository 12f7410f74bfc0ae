"""Talks and group discussions: the header line with the speaker and agency lines that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .headers import Header, is_agency, is_speaker_line, unit_header
from .model import Block, Speaker, Vocabulary
from .paragraphs import Para, following
from .people import LABEL, PERSON, find_people, label_end
from .text import collapse
from .words import GROUP, categories, codes, find_agency, rank_of

_MOST_LINES = 8


def read_unit(paras: Sequence[Para], at: int, header: Header, vocabulary: Vocabulary) -> tuple[Block, int]:
    """(the unit block, how many paragraphs it took). The agency: of a speaker, else named by the title."""
    title, rule, confidence = header
    end = at + 1
    while end < len(paras) and end - at <= _MOST_LINES and _belongs(paras, at, end):
        end += 1
    lines = paras[at:end]
    people = [person for line in lines for person in find_people(line.text, vocabulary)]
    agency = _agency(lines, title, people, vocabulary)
    if agency:
        people = [p if rank_of(p.agency) >= 2 or _is_known(p.agency, vocabulary) else replace(p, agency=agency) for p in people]
    group = rule == "group-header" or (not people and bool(GROUP.search(title)))
    block = Block(
        id=f"L{lines[0].first}", type="unit", text="\n".join(line.text for line in lines), first=lines[0].first, last=lines[-1].last,
        confidence=confidence, rule=rule, marker=lines[0].marker, title=collapse(title), unit_type="group" if group else "talk",
        agency=agency, speakers=tuple(people), categories=categories(title), codes=codes(title),
    )  # fmt: skip
    return block, end - at


def _belongs(paras: Sequence[Para], at: int, end: int) -> bool:
    para = paras[end]
    label = label_end(para.text) if not para.cells and len(para.text) <= 200 else 0
    if label or is_speaker_line(para):
        return unit_header(para, following(paras, end)) is None
    if LABEL.fullmatch(paras[at].text) and para.marker and PERSON.match(para.text):
        return True
    return not para.marker and is_agency(para) and not any(is_agency(p) for p in paras[at:end])


def _agency(lines: Sequence[Para], title: str, people: Sequence[Speaker], vocabulary: Vocabulary) -> str | None:
    alone = next((line.text for line in lines[1:] if is_agency(line)), None)
    if alone:
        return find_agency(alone, vocabulary) or alone
    named = next((p.agency for p in people if rank_of(p.agency) >= 2 or _is_known(p.agency, vocabulary)), None)
    return named or find_agency(title, vocabulary) or next((p.agency for p in people if p.agency), None)


def _is_known(name: str, vocabulary: Vocabulary) -> bool:
    return bool(name) and any(name == known for known, _ in vocabulary.names())
