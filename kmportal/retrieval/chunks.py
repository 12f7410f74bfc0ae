"""Cutting a long text into passages: at the end of a line, else of a sentence or word, never inside a letter."""

import re
from collections.abc import Iterator

from kmportal.core.text import graphemes

LONGEST = 800
_SPACES = re.compile(r"[^\S\n]+")


def split(text: str, longest: int = LONGEST) -> list[str]:
    """Pieces of at most `longest` characters, lines kept together where they fit. Joined they hold every word once."""
    pieces: list[str] = []
    for line in _lines(text, longest):
        if pieces and len(pieces[-1]) + 1 + len(line) <= longest:
            pieces[-1] += f"\n{line}"
        else:
            pieces.append(line)
    return pieces


def _lines(text: str, longest: int) -> Iterator[str]:
    for raw in text.splitlines():
        line = _SPACES.sub(" ", raw).strip()
        while len(line) > longest:
            cut = _cut(line, longest)
            yield line[:cut].rstrip()
            line = line[cut:].lstrip()
        if line:
            yield line


def _cut(line: str, longest: int) -> int:
    """The last space in the second half; a run without spaces is cut between two letters."""
    space = line.rfind(" ", longest // 2, longest + 1)
    if space > 0:
        return space
    last = len(graphemes(line[: longest + 1])[-1])
    return longest + 1 - last if last <= longest else longest
