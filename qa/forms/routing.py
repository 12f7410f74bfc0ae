"""Asking somebody by name, and saying how often one may be asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kmportal.core.choices import OneField
from kmportal.people.models import Person
from qa.models import RequestSetting
from qa.models.requests import USUAL_A_WEEK

OFTEN = (1, 2, 3, 5, 10)


class PersonForm(forms.Form):
    """Whom to ask: a person of the directory, by the address of their page."""

    person = OneField(queryset=Person.objects.none(), to_field_name="handle")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["person"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        choice.queryset = Person.objects.visible_to(user).exclude(user=None).select_related("user")


class RequestSettingForm(forms.Form):
    """Part of one's own profile."""

    is_open = forms.BooleanField(
        label=_("Members may ask me by name to answer a question"),
        required=False,
        help_text=_("You can decline each one with a click."),
    )
    a_week = forms.TypedChoiceField(
        label=_("At most"), coerce=int,
        choices=[(n, ngettext_lazy("%(number)d time a week", "%(number)d times a week", n) % {"number": n}) for n in OFTEN],
    )  # fmt: skip

    @classmethod
    def of(cls, user: Any) -> "RequestSettingForm":
        row = RequestSetting.objects.filter(person=user).first()
        initial = {"is_open": row.is_open, "a_week": row.a_week} if row else {"is_open": True, "a_week": USUAL_A_WEEK}
        return cls(initial=initial, auto_id="id_requests_%s")
