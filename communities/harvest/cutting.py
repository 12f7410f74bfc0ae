"""Taking somebody's words out of a text, however its lines break. Pure: works on the text it is given."""

import re

from django.utils.html import escape

from kmportal.library.searched_pages import plain

_BLOCK = re.compile(r"<(p|li|blockquote|h[2-6]|pre|td)\b[^>]*>(.*?)</\1>", re.DOTALL)
_EMPTY = re.compile(r"<(ul|ol|blockquote|p)\b[^>]*>\s*</\1>")
SURE = 20
"""Signs of the beginning by which shortened words are known again."""


def same(text: str) -> str:
    """The text with single spaces: what is compared."""
    return " ".join(text.split())


def stands(text: str, gone: str) -> bool:
    return bool(gone.strip()) and same(gone) in same(text)


def out_of_plain(text: str, gone: str) -> str:
    """Plain words without these; also where they were shortened to fit."""
    if not gone.strip():
        return text
    left = re.sub(r"\s+".join(map(re.escape, gone.split())), "", text)
    begins = same(gone)[:SURE]
    at = same(left).find(begins) if len(begins) == SURE else -1
    if at >= 0 and same(gone).startswith(same(left)[at:].rstrip("… ")):
        return same(left)[:at].strip()
    return left.strip() if left != text else text


def out_of_html(html: str, gone: str) -> str:
    """Rich text without these words: whole paragraphs go, and of a paragraph that says more only the rest stays, without its marks."""
    if not stands(plain(html), gone):
        return html
    left = _BLOCK.sub(lambda block: _rest(block, gone), html)
    return _EMPTY.sub("", _without_run(left, gone) if stands(plain(left), gone) else left)


def _rest(block: "re.Match[str]", gone: str) -> str:
    words = plain(block[2])
    if not stands(words, gone):
        return block[0]
    rest = out_of_plain(words, gone)
    return f"<{block[1]}>{escape(rest)}</{block[1]}>" if rest else ""


def _without_run(html: str, gone: str) -> str:
    """Without the paragraphs that together are these words."""
    blocks = list(_BLOCK.finditer(html))
    for start in range(len(blocks)):
        said = ""
        for end in range(start, len(blocks)):
            said = same(f"{said} {plain(blocks[end][2])}")
            if said == same(gone):
                return html[: blocks[start].start()] + html[blocks[end].end() :]
    return html
