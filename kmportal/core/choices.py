"""Choices out of the database that a form sends: nonsense is "no such choice", on every database, and never our own failure."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

# More digits than any key has; some databases fail where Django asks for many keys and one of them is larger than a key can be.
MOST_DIGITS = 18


def is_nonsense(value: Any) -> bool:
    """Whether no key and no name looks like this: a sign that databases refuse, or a number too large for them."""
    text = str(value)
    return "\x00" in text or (text.strip().lstrip("+-").replace("_", "").isdecimal() and len(text) > MOST_DIGITS)


class OneField(forms.ModelChoiceField[Any]):
    """One row."""

    def to_python(self, value: Any) -> Any:
        """The row.

        Raises:
            ValidationError: no such choice.
        """
        if is_nonsense(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": ""})
        return super().to_python(value)


class SeveralField(forms.ModelMultipleChoiceField[Any]):
    """Several rows."""

    def clean(self, value: Any) -> Any:
        """The rows.

        Raises:
            ValidationError: one is no such choice.
        """
        for one in value if isinstance(value, list | tuple) else ():
            if is_nonsense(one):
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(one)[:20]}
                )
        return super().clean(value)
