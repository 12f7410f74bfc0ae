"""Untrusted text to safe HTML: the one gate. Every piece of user HTML passes `html()` when it is written.

nh3 is the wall. bleach reached its end of life in June 2026 and has an unfixable hole in its address check, so it only turns plain
addresses into links *before* the wall, never after it. Size and depth are capped first, because a parser's work grows with both.

A picture in such a text is one of ours (kmportal.pictures) or it goes: a foreign one would tell its server who reads.
"""

import re
from collections.abc import Collection
from html import escape, unescape

import bleach
import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

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
    "img",
}
# "*": nh3 would otherwise let title and lang pass on every tag.
ATTRIBUTES = {
    "*": set[str](),
    "a": {"href"},
    "th": {"scope"},
    "td": {"colspan", "rowspan"},
    "img": {"src", "alt", "width", "height"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
_OPENING = re.compile(r"<[a-zA-Z]")
_KEY = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PICTURE = re.compile(rf"/pictures/({_KEY})/(?:small|large)")
# Signs that nobody sees, or that turn the line around: an address that holds one is not what it looks like.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\\\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
# As nh3 writes them: quotes inside a value are references, so a value ends at the next quote.
_IMAGE = re.compile(r'<img(?: (?:src|alt|width|height)="[^"]*")*>')
_SOURCE = re.compile(rf' src="/pictures/({_KEY})/(?:small|large)"')
_ALT = re.compile(r' alt="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_PERSON = re.compile(r'<a href="(?:/[a-z]{2})?/people/([a-z0-9-]{1,20})/" rel="[^"]*">@')
# What a plain text becomes, and nothing else: then it can be given back as it was typed.
_TYPED = re.compile(r'<p>|</p>|<br>|<a href="[^"]*" rel="[^"]*">([^<]*)</a>')


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


def again(text: str) -> SafeString:
    """HTML that passed `html()` when it was written, for showing it: a row that came in by another road is no way past the wall.

    A table scrolls in a frame of its own: on a phone it must not push the page sideways.
    """
    frame = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(gettext("Table"))}"><table>'
    # Inside values nh3 writes "<" as a reference, so these are tags.
    shown = _cleaned(text).replace("<table>", frame).replace("</table>", "</table></div>")
    return mark_safe(shown)  # noqa: S308 - cleaned, and our own frame


def without_links(text: str) -> SafeString:
    """Safe HTML for readers who must not learn whose it is: links keep their words alone, pictures go."""
    shown = nh3.clean(_lines(text), tags=TAGS - {"a", "img"}, attributes={name: kept for name, kept in ATTRIBUTES.items() if name not in {"a", "img"}}, link_rel=None)  # fmt: skip
    return again(shown)


def _cleaned(text: str) -> SafeString:
    cleaned = nh3.clean(
        _lines(text), tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener noreferrer",
        attribute_filter=_value,
    )  # fmt: skip
    cleaned = _IMAGE.sub(lambda image: image[0] if _SOURCE.search(image[0]) else "", _lines(cleaned))
    return mark_safe(cleaned)  # noqa: S308 - the one place where cleaned HTML becomes trusted


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _value(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return None if _UNSEEN.search(value) else value
    if tag != "img":
        return value
    if name == "src":
        return value if _PICTURE.fullmatch(value) else None
    if name == "alt":
        return " ".join(value.split())[:300]
    return value if _NUMBER.fullmatch(value) else None


def pictures_in(cleaned: str) -> list[str]:
    """The keys of the pictures in a cleaned text, each once."""
    return list(dict.fromkeys(key for image in _IMAGE.findall(cleaned) for key in _SOURCE.findall(image)))


def without_pictures(cleaned: str, keys: Collection[str]) -> str:
    """A cleaned text without these pictures."""

    def kept(image: "re.Match[str]") -> str:
        source = _SOURCE.search(image[0])
        return "" if source and source[1] in keys else image[0]

    return _IMAGE.sub(kept, cleaned) if keys else cleaned


def descriptions(cleaned: str) -> str:
    """What the pictures of a cleaned text show, in words."""
    return " ".join(unescape(alt) for image in _IMAGE.findall(cleaned) for alt in _ALT.findall(image) if alt)


def named_in(cleaned: str) -> list[str]:
    """The handles of people whom a cleaned text names by "@", each once."""
    return list(dict.fromkeys(_PERSON.findall(cleaned)))


def says_something(cleaned: str) -> bool:
    """Whether a cleaned text holds words or pictures."""
    return bool(pictures_in(cleaned) or unescape(_TAG.sub("", cleaned)).strip())


def typed(cleaned: str) -> str | None:
    """The plain text that a cleaned text was made from by `plain`; None where it holds more than paragraphs, lines and bare addresses."""
    rest = _TYPED.sub("", cleaned)
    if "<" in rest or plain(text := _unwritten(cleaned)) != cleaned:
        return None
    return text


def _unwritten(cleaned: str) -> str:
    lines = cleaned.replace("</p><p>", "\n\n").replace("<br>", "\n").replace("<p>", "").replace("</p>", "")
    return unescape(_TYPED.sub(lambda link: link[1] or "", lines))


def plain(text: str) -> SafeString:
    """Safe HTML out of plain text: paragraphs, line breaks, and links for the addresses in it."""
    paragraphs = re.split(r"\n\s*\n", _lines(text).strip()[:MAX_CHARACTERS])
    body = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip())
    return _cleaned(bleach.linkify(body, callbacks=[]))
