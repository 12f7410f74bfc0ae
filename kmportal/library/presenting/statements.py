"""The statements of a seminar as HTML.

A seminar has hundreds of them, nested, and a template include for each costs more than the rest of the page. Every value goes through
format_html, so nothing of the text reaches the page unescaped.
"""

from collections.abc import Iterable
from typing import Any

from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from kmportal.core.text import shorten

_BOX = '<input class="pick" type="checkbox" form="make-lesson" name="item" value="{}" aria-label="{}">'
_NONE = format_html("{}", "")


def lang_attribute(text: Any) -> SafeString:
    """' lang="th"' for Thai words in the English interface, ' lang="en"' for English ones in the Thai one, else nothing."""
    words, reads_thai = str(text or ""), (get_language() or "th").startswith("th")
    is_thai = any("\u0e01" <= sign <= "\u0e5b" for sign in words)
    if is_thai == reads_thai or not any(sign.isalpha() for sign in words):
        return _NONE
    return format_html(' lang="{}"', "th" if is_thai else "en")


def html(items: Iterable[Any], *, is_short: bool = False, can_pick: bool = False) -> SafeString:
    """A list of ItemViews with those below them.

    Args:
        is_short: set in two columns where there is room.
        can_pick: with a box to choose each for a lesson; the boxes belong to the form "make-lesson".
    """
    return _Writer(can_pick).listed(items, is_short)


class _Writer:
    def __init__(self, can_pick: bool) -> None:
        self.can_pick = can_pick
        self.before, self.after = reverse("library:item", args=[0]).split("0")
        self.open_label, self.pick_label = gettext("Open this statement"), gettext("Choose: %(text)s")

    def listed(self, items: Iterable[Any], is_short: bool = False) -> SafeString:
        names = " ".join(name for name, wanted in (("short", is_short), ("picks", self.can_pick)) if wanted)
        attribute = format_html(' class="{}"', names) if names else _NONE
        return format_html("<ul{}>{}</ul>", attribute, format_html_join("", "{}", ((self._one(item),) for item in items)))

    def _one(self, item: Any) -> SafeString:
        text = item.node.text
        box = _NONE
        if self.can_pick and item.pk:
            box = format_html(_BOX, item.pk, self.pick_label % {"text": shorten(text, 60)})
        words = linebreaksbr(text) if "\n" in text else text
        below = self.listed(item.children) if item.children else _NONE
        return format_html(
            '<li id="{}"{}>{}{}{}{}</li>', item.node.anchor, lang_attribute(text), box, words, self._link(item), below
        )

    def _link(self, item: Any) -> SafeString:
        if not item.pk:
            return _NONE
        address = f"{self.before}{item.pk}{self.after}"
        if not item.echoes:
            return format_html(' <a class="ref" href="{}" aria-label="{}"></a>', address, self.open_label)
        label = ngettext("%(counter)s more said this", "%(counter)s more said this", item.echoes) % {"counter": item.echoes}
        return format_html(' <a class="ref" href="{}"><span class="tag">{}</span></a>', address, label)
