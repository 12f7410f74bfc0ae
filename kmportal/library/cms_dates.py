"""Dates in the CMS: written and read in the reader's calendar. '1 กรกฎาคม 2553', '01/07/2553', '1 July 2010' and '2010-07-01' all do."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kmportal.core import dates


class EraDateInput(forms.TextInput):
    """A text field: the browser's own date picker and Wagtail's count in C.E. only."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "inputmode": "text", "size": 24, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, (date, datetime)):
            return dates.full(value)
        return value or None


class EraDateField(forms.Field):
    widget = EraDateInput
    default_error_messages = {"invalid": _("Write a date such as 1 July 2010, 01/07/2010 or 01/07/2553.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.pop("input_formats", None)
        kwargs.setdefault("help_text", _("Day, month and year, Buddhist or Common Era."))
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return dates.parse(str(value))
        except dates.NotADate as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except ValidationError:
            return True
