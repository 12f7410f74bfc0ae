"""A form field for longer texts: a plain text area that works alone, and an editor over it where there is script.

The browser says which of the two wrote the text: plain text becomes paragraphs, what the editor made passes core.clean as HTML.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from kmportal.core import assets, clean

PLAIN, HTML = "plain", "html"


@dataclass(frozen=True)
class Typed:
    """A text as it came from the browser, and what it is."""

    text: str
    form: str = PLAIN

    @classmethod
    def of(cls, cleaned: str) -> "Typed":
        """A stored text as it goes into the text area: as it was typed, where that is possible."""
        typed = clean.typed(cleaned)
        return cls(cleaned, HTML) if typed is None else cls(typed)


class RichTextArea(forms.Textarea):
    """Drawn by components/editor.html.

    Args:
        people: address that answers ?q=… with people to name by "@"; "" where nobody can be named.
        pictures: address that takes pictures; "" where there are none.
    """

    template_name = "components/editor.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, people: Any = "", pictures: Any = "") -> None:
        super().__init__(dict(attrs) if attrs else None)
        self.people, self.pictures = people, pictures

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: below the editor the text area is hidden, and a browser would not say what is missing."""
        return False

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return Typed(data.get(name) or "", HTML if data.get(f"{name}_format") == HTML else PLAIN)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        typed = value if isinstance(value, Typed) else Typed.of(value or "")
        # Without a build there is no editor, and the text area stays what it is.
        built = {
            part: static(assets.BUNDLED[part]) for part in ("editor.js", "editor.css") if assets.exists(assets.BUNDLED[part])
        }
        context["widget"] |= {
            "typed": typed, "people": str(self.people), "pictures": str(self.pictures),
            "module": built.get("editor.js", ""), "sheet": built.get("editor.css", ""),
        }  # fmt: skip
        return context


class RichTextField(forms.Field):
    """Gives cleaned HTML, "" for nothing."""

    widget = RichTextArea
    default_error_messages = {
        "too_long": _("This is too long. Shorten it, or put part of it into a document."),
    }

    def to_python(self, value: Any) -> str:
        typed = value if isinstance(value, Typed) else Typed(value or "")
        # PostgreSQL refuses a NUL in a text.
        text = typed.text.replace("\x00", "")
        if len(text) > clean.MAX_CHARACTERS:
            raise ValidationError(self.error_messages["too_long"], code="too_long")
        try:
            made = clean.html(text) if typed.form == HTML else clean.plain(text)
        except clean.TooMuchHtml as error:
            raise ValidationError(self.error_messages["too_long"], code="too_long") from error
        return str(made) if clean.says_something(made) else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(data) != (initial or ""))
