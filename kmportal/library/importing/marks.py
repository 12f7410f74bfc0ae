"""Markers that say something: "ถาม :" or "09.00" must come onto the page, "1." and "•" need not."""

import re

from kmportal.library.importer.model import Block

_WORDS = re.compile(r"[ก-๎A-Za-z]{2,}|[\d๐-๙]{1,2}[.:][\d๐-๙]{2}(?![\d๐-๙.])")


def tells(marker: str | None) -> bool:
    """Whether a marker is a word or a time of day, no number or bullet."""
    return bool(marker and _WORDS.search(marker))


def in_full(block: Block) -> str:
    """The text of a block with the words of its marker."""
    return f"{block.marker} {block.text}" if tells(block.marker) else block.text
