"""Untrusted text to safe HTML: the one gate. Every piece of user HTML passes `html()` when it is written.

nh3 is the wall. bleach reached its end of life in June 2026 and has an unfixable hole in its address check, so it only turns plain
addresses into links *before* the wall, never after it. Size and depth are capped first, because a parser's work grows with both.
"""

import re
from html import escape

import bleach
import nh3
from django.utils.safestring import SafeString, mark_safe

MAX_CHARACTERS = 64_000
MAX_TAGS_OPEN = 100
TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "b",
    "i",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "a",
    "h3",
    "h4",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
# "*": nh3 would otherwise let title and lang pass on every tag.
ATTRIBUTES = {"*": set[str](), "a": {"href"}, "th": {"scope"}, "td": {"colspan", "rowspan"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_OPENING = re.compile(r"<[a-zA-Z]")


class TooMuchHtml(ValueError):
    """The text is longer, or nested deeper, than a person writes."""


def html(text: str) -> SafeString:
    """Safe HTML out of HTML from a person.

    Raises:
        TooMuchHtml: over 64,000 characters or 2,000 tags.
    """
    if len(text) > MAX_CHARACTERS or len(_OPENING.findall(text)) > MAX_TAGS_OPEN * 20:
        raise TooMuchHtml(len(text))
    return _cleaned(text)


def _cleaned(text: str) -> SafeString:
    cleaned = nh3.clean(text, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener noreferrer")
    return mark_safe(cleaned)  # noqa: S308 - the one place where cleaned HTML becomes trusted


def plain(text: str) -> SafeString:
    """Safe HTML out of plain text: paragraphs, line breaks, and links for the addresses in it."""
    paragraphs = re.split(r"\n\s*\n", text.strip()[:MAX_CHARACTERS])
    body = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip())
    return _cleaned(bleach.linkify(body, callbacks=[]))
