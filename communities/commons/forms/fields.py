"""Days and hours as people write them, members to choose from, longer texts with the editor."""

import re
from datetime import time
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from kmportal.core.choices import OneField
from kmportal.core.dates import THAI_DIGITS
from kmportal.core.richtext import RichTextArea, RichTextField
from kmportal.library.forms.imports import DateText
from kmportal.people.models import User

_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})\Z")


class DayField(DateText):
    """A day in either era."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**{"max_length": 60, "help_text": _("Such as 1 October 2026 or 1/10/2026."), **words})


class HourField(forms.CharField):
    """An hour such as 14.30, 14:30 or ๑๔.๓๐ น."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**{"max_length": 20, "help_text": _("Such as 13.30."), **words})

    def clean(self, value: Any) -> Any:
        """The hour, or None for an empty field.

        Raises:
            ValidationError: no hour.
        """
        text = super().clean(value)
        if not text:
            return None
        match = _CLOCK.match(text.translate(THAI_DIGITS).replace("น.", "").strip())
        if match is None or int(match[1]) > 23 or int(match[2]) > 59:
            raise forms.ValidationError(_("Write the hour like 9.00 or 13.30."))
        return time(int(match[1]), int(match[2]))

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H.%M}" if isinstance(value, time) else value


class MemberField(OneField):
    """One of the members of a community."""

    def __init__(self, community: Community, **words: Any) -> None:
        people = User.objects.filter(is_active=True, memberships__community=community).order_by("first_name", "last_name", "pk")
        super().__init__(people, **words)


def rich(label: Any, *, rows: int = 7, required: bool = True) -> RichTextField:
    """The box for a longer text, with the editor over it."""
    return RichTextField(
        label=label, required=required, widget=RichTextArea({"rows": rows}, pictures=reverse_lazy("pictures:put_in")),
        error_messages={"required": _("Write something first.")},
    )  # fmt: skip
