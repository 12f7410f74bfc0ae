"""Hours as people write them."""

import re
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kmportal.core.dates import THAI_DIGITS

_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})\Z")


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
