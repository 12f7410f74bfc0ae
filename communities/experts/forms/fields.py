"""Fields that several forms here share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kmportal.core.dates import THAI_DIGITS, common_year
from kmportal.library.forms.imports import DateText


class DayField(DateText):
    """A day in either era."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**{"max_length": 60, "help_text": _("Such as 1 October 2026 or 1/10/2026."), **words})


class YearField(forms.CharField):
    """A year in either era and either digits; C.E. when cleaned."""

    def clean(self, value: Any) -> Any:
        """The year, or None for an empty field.

        Raises:
            ValidationError: no year of four digits.
        """
        text = super().clean(value)
        if not text:
            return None
        digits = text.translate(THAI_DIGITS).strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
            raise forms.ValidationError(_("Write the year with four digits, such as 2560."))
        return common_year(int(digits))


def text(label: Any, *, most: int, rows: int = 4, required: bool = True, hint: Any = "") -> forms.CharField:
    """A box for several lines."""
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, widget=forms.Textarea(attrs={"rows": rows})
    )
