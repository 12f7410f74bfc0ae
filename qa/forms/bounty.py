"""How many points somebody offers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.models.bounties import AMOUNTS


class BountyForm(forms.Form):
    points = forms.TypedChoiceField(
        label=_("points"), coerce=int, choices=[(amount, amount) for amount in AMOUNTS],
        error_messages={"invalid_choice": _("Choose from 50 to 500 points, in steps of 50.")},
    )  # fmt: skip

    def __init__(self, data: Any, *, amounts: Sequence[int]) -> None:
        super().__init__(data)
        # Offered is what the person has; a larger choice is refused by the verb, in its own words.
        self.fields["points"].widget.choices = [(amount, amount) for amount in amounts]
