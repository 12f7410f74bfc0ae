"""Names typed after "@" in a cleaned text, by people whose editor has no list to choose from: found, and turned into links.

Only in running text: not inside a link, nor in code. The first word decides whom to look for; the second belongs to the name where it fits.
"""

import re
from collections.abc import Callable, Iterator

from kmportal.core import clean

_TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
_WORD = r"[^\s@,.:;!?()\[\]{}<>&\"'/\d][^\s@,.:;!?()\[\]{}<>&\"'/]*"
# A letter before the sign makes it a mail address.
_TYPED = re.compile(rf"(?<![^\s(>])@({_WORD})(?:[ \u00a0]({_WORD}))?")
_CLOSED = ("a", "code", "pre")
MOST = 10

Find = Callable[[str, str], tuple[str, str] | None]
"""Of two words, the second perhaps none of the name: the name as it stands there and the address of the page; None for nobody."""


def typed(html: str) -> list[str]:
    """First words of what may be names, each once."""
    words = (found[1] for text, is_open in _pieces(html) if is_open for found in _TYPED.finditer(text))
    return list(dict.fromkeys(words))[:MOST]


def linked(html: str, find: Find) -> str:
    """The text with links where `find` knows somebody; cleaned again."""

    def link(found: "re.Match[str]") -> str:
        first, second = found[1], found[2] or ""
        who = find(first, second)
        if who is None:
            return found[0]
        name, address = who
        rest = found[0][len(name) + 1 :]
        return f'<a href="{address}">@{name}</a>{rest}'

    pieces = [_TYPED.sub(link, text) if is_open else text for text, is_open in _pieces(html)]
    return str(clean.html("".join(pieces)))


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    """Tags and the text between them; whether names are looked for in it."""
    inside = 0
    for piece in _TAG.split(html):
        if not piece.startswith("<"):
            yield piece, inside == 0
            continue
        name = piece.strip("</> ").split(" ", 1)[0].lower()
        if name in _CLOSED:
            inside += -1 if piece.startswith("</") else 1
        yield piece, False
