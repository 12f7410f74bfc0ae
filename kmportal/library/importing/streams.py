"""A draft as the stream of a seminar page. Every block finds its place there; what a block type cannot hold stands beside it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any
from uuid import UUID, uuid5

from kmportal.library.importer.model import Block, Draft
from kmportal.library.importing.marks import in_full
from kmportal.library.importing.names import key_of_agency, key_of_person
from kmportal.taxonomy.kinds import ItemKind
from kmportal.taxonomy.models import PmqaCategory

Raw = dict[str, Any]
TITLE, POSITION, CAPTION, CODES = 300, 200, 200, 120
DEEPEST = 3
_NAMESPACE = UUID("b7f2a4de-7d2f-4b39-8f56-0a6cf2a2d1c5")
_BLANK = re.compile(r"\s+")
# Words that only join a title with its speakers: a talk whose header holds nothing else besides is told in full by its fields.
_JOINING = re.compile(r"วิทยากร|ผู้บรรยาย|ผู้นำเสนอ|ผู้อภิปราย|ผู้ดำเนินรายการ|บรรยายโดย|นำเสนอโดย|โดย|และ|speakers?|by|and", re.IGNORECASE)
SAME_ENOUGH = 0.8


def stream_of(draft: Draft, ids: Mapping[str, int], seed: str) -> list[Raw]:
    """The raw stream.

    Args:
        draft: without the blocks that were left out.
        ids: ids of agencies and people by their key (names.key_of_…); names that are not in it are told as text.
        seed: makes the ids of blocks; the same seed and draft give the same ids.
    """
    stream: list[Raw] = []
    for block in draft.blocks:
        if _continues(block, stream[-1:]):
            stream[-1]["value"]["text"] += f"\n{block.text}"
            continue
        for number, (kind, value) in enumerate(_blocks(block, ids)):
            stream.append({"type": kind, "value": value, "id": str(uuid5(_NAMESPACE, f"{seed}:{block.id}:{number}"))})
    return stream


def _continues(block: Block, last: Sequence[Raw]) -> bool:
    """Whether a paragraph goes on with what the item right before it says."""
    if block.type != "paragraph" or block.rule != "continuation" or not last or last[0]["type"] != "item":
        return False
    return bool(last[0]["value"]["level"] == min(block.level, DEEPEST))


def _blocks(block: Block, ids: Mapping[str, int]) -> Iterator[tuple[str, Raw]]:
    makers: dict[str, Callable[[Block, Mapping[str, int]], Iterator[tuple[str, Raw]]]] = {
        "session": _titled, "section": _titled, "unit": _talk, "item": _item, "table": _table, "paragraph": _paragraph,
    }  # fmt: skip
    return makers[block.type](block, ids)


def _titled(block: Block, _ids: Mapping[str, int]) -> Iterator[tuple[str, Raw]]:
    title, rest = cut(in_full(block), TITLE)
    yield block.type, {"title": title}
    if rest:
        yield "paragraph", {"text": rest, "flagged": True}


def _talk(block: Block, ids: Mapping[str, int]) -> Iterator[tuple[str, Raw]]:
    title, rest = cut((block.title or block.text).rstrip(" :：–-") or block.text, TITLE)
    agency = ids.get(key_of_agency(block.agency)) if block.agency else None
    known = [speaker for speaker in block.speakers if key_of_person(speaker) in ids]
    yield (
        "talk",
        {
            "kind": block.unit_type or "talk",
            "title": title,
            "agency": agency,
            "speakers": _listed([{"person": ids[key_of_person(s)], "position": s.position[:POSITION]} for s in known]),
            "categories": _categories(block.categories),
            "codes": _codes(block.codes),
        },
    )
    if rest:
        yield "paragraph", {"text": rest, "flagged": True}
    said = [title, rest, (block.agency or "") if agency else ""]
    for speaker in known:
        said += [speaker.prefix, speaker.given, speaker.family, speaker.position[:POSITION]]
        said += [speaker.agency] if key_of_agency(speaker.agency) in ids else []
    if _left_unsaid(in_full(block), said):
        yield "paragraph", {"text": in_full(block), "flagged": True}
    for speaker in block.speakers:
        if speaker not in known or len(speaker.position) > POSITION:
            yield "paragraph", {"text": f"{speaker.name} {speaker.position}".strip(), "flagged": True}


def _item(block: Block, _ids: Mapping[str, int]) -> Iterator[tuple[str, Raw]]:
    yield (
        "item",
        {
            "kind": block.kind or ItemKind.OBSERVATION.value,
            "text": in_full(block),
            "level": max(0, min(block.level, DEEPEST)),
            "categories": _categories(block.categories),
            "codes": _codes(block.codes),
        },
    )


def _paragraph(block: Block, _ids: Mapping[str, int]) -> Iterator[tuple[str, Raw]]:
    yield "paragraph", {"text": in_full(block), "flagged": block.flagged}


def _table(block: Block, _ids: Mapping[str, int]) -> Iterator[tuple[str, Raw]]:
    rows = [[cell.text for cell in row] for row in block.rows]
    # The text of a table block is its head row, unless the table has a name.
    told = _bare("".join("".join(row) for row in rows))
    caption = "" if _bare(block.text.replace("|", "")) in told else block.text
    if len(caption) > CAPTION:
        yield "paragraph", {"text": caption, "flagged": block.flagged}
        caption = ""
    if rows and not any(cell.header for cell in block.rows[0]):
        # The first row of a table block is its header: a table that has none gets an empty one.
        rows.insert(0, [""] * max(map(len, rows)))
    yield "table", {"caption": caption, "rows": _listed([_listed(row) for row in rows])}


def _listed(values: Sequence[Any]) -> list[Raw]:
    """A Wagtail list. Each entry needs an id (Wagtail reads a list without them as plain values); the same content gets the same one."""
    return [
        {"type": "item", "value": value, "id": str(uuid5(_NAMESPACE, f"{at}:{json.dumps(value, sort_keys=True)}"))}
        for at, value in enumerate(values)
    ]


def _categories(numbers: Iterable[str]) -> list[str]:
    return [number for number in PmqaCategory.NUMBERS if number in numbers]


def _codes(codes: Iterable[str]) -> str:
    kept: list[str] = []
    for code in codes:
        if len(", ".join([*kept, code])) <= CODES:
            kept.append(code)
    return ", ".join(kept)


def paragraph(text: str, seed: str) -> Raw:
    """A paragraph for the editor to look at."""
    return {"type": "paragraph", "value": {"text": text, "flagged": True}, "id": str(uuid5(_NAMESPACE, seed))}


def cut(text: str, length: int) -> tuple[str, str]:
    """The text in two: at most `length` letters, at a blank where there is one, and the rest."""
    if len(text) <= length:
        return text, ""
    at = text.rfind(" ", length // 2, length)
    at = at if at > 0 else length
    return text[:at].strip(), text[at:].strip()


def _bare(text: str) -> str:
    return _BLANK.sub("", text)


def _left_unsaid(text: str, said: Iterable[str]) -> bool:
    """Whether the header of a talk holds letters that none of its fields tells."""
    left = _bare(text)
    for part in sorted(map(_bare, said), key=len, reverse=True):
        left = left.replace(part, "", 1) if part else left
    return any(sign.isalnum() for sign in _JOINING.sub("", left))


# --- A new version of a page that is there already -------------------------------------------------------------------------------
def with_ids_of(old: Sequence[Raw], new: Sequence[Raw]) -> list[Raw]:
    """The new stream, where blocks that say the same as before, or nearly, keep their ids, so that links from lessons survive."""
    before, after = [_gist(raw) for raw in old], [_gist(raw) for raw in new]
    ids: dict[int, str] = {}
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            ids.update({j: old[i]["id"] for i, j in zip(range(i1, i2), range(j1, j2), strict=True)})
        elif tag == "replace":
            ids.update(_nearly_same(old, new, range(i1, i2), range(j1, j2)))
    return [{**raw, "id": ids.get(at, raw["id"])} for at, raw in enumerate(new)]


def _gist(raw: Raw) -> tuple[str, str]:
    return raw["type"], _bare(text_of(raw))


def _nearly_same(old: Sequence[Raw], new: Sequence[Raw], was: range, now: range) -> dict[int, str]:
    """Pairs in order: each new block takes the id of the first unused old one that is nearly the same."""
    kept: dict[int, str] = {}
    start = was.start
    for j in now:
        for i in range(start, was.stop):
            one, other = _gist(old[i])[1], _gist(new[j])[1]
            if old[i]["type"] == new[j]["type"] and SequenceMatcher(None, one, other, autojunk=False).ratio() >= SAME_ENOUGH:
                kept[j] = old[i]["id"]
                start = i + 1
                break
    return kept


def text_of(raw: Raw) -> str:
    """All words of a raw block, in order."""
    return " ".join(_words(raw["value"]))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in ("kind", "type", "id", "categories"):
                yield from _words(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _words(part)
