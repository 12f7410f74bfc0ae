"""The forms of a method and of its rounds; the plan of a circle uses those of the rounds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.circles.actions.methods import Method
from communities.circles.captures import Capture
from communities.circles.forms import number
from communities.circles.models.templates import Mode
from communities.circles.rules import BadRounds, checked_rounds

LAST = 1_000


class LinesField(forms.CharField):
    """One thing a line."""

    def __init__(self, **words: Any) -> None:
        super().__init__(required=False, max_length=3_000, widget=forms.Textarea(attrs={"rows": 3}), **words)

    def clean(self, value: Any) -> Any:
        """The lines that say something."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class RoundForm(forms.Form):
    """A round of a method."""

    position = forms.IntegerField(label=_("Place in the order"), min_value=1, max_value=99, required=False)
    # With an empty choice first: a form that was left alone sends nothing and is no round.
    mode = forms.ChoiceField(label=_("Mode"), choices=[("", _("Choose how this round goes")), *Mode.choices])
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=240, required=False)
    days = forms.IntegerField(label=_("Days, where it goes on over days"), min_value=0, max_value=120, required=False)
    votes = forms.IntegerField(label=_("Votes for each, where one chooses"), min_value=1, max_value=10, required=False)
    anonymous = forms.BooleanField(label=_("Always without names"), required=False)
    prompt_th = forms.CharField(label=_("Prompt in Thai"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    prompt_en = forms.CharField(
        label=_("Prompt in English"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    rescue_th = LinesField(label=_("Rescue questions in Thai, one a line"))
    rescue_en = LinesField(label=_("Rescue questions in English, one a line"))
    note = forms.CharField(label=_("A word on how, in Thai"), required=False, max_length=300)
    note_en = forms.CharField(label=_("A word on how, in English"), required=False, max_length=300)
    captures = forms.MultipleChoiceField(
        label=_("What it fills in a lesson"), choices=Capture.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    FIRST = ("position", "mode", "minutes", "days")
    MAIN = ("prompt_th", "prompt_en")

    def first(self) -> list[Any]:
        return [self[name] for name in self.FIRST]

    def main(self) -> list[Any]:
        return [self[name] for name in self.MAIN]

    def further(self) -> list[Any]:
        """What most rounds leave as it is."""
        return [self[name] for name in self.fields if name not in {*self.FIRST, *self.MAIN, "DELETE"}]

    def further_is_wrong(self) -> bool:
        return any(field.errors for field in self.further())

    def row(self) -> dict[str, Any]:
        words = dict(self.cleaned_data)
        words.pop("position", None)
        words.pop("DELETE", None)
        return words


RoundForms = forms.formset_factory(RoundForm, extra=2, can_delete=True, max_num=20, validate_max=True)
NewRoundForms = forms.formset_factory(RoundForm, extra=5, can_delete=True, max_num=20, validate_max=True)


class MethodForm(forms.Form):
    """The words of a method."""

    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120)
    use_when = forms.CharField(label=_("When to use it"), max_length=300, required=False)
    use_when_en = forms.CharField(label=_("When to use it, in English"), max_length=300, required=False)
    people = forms.CharField(label=_("How many people"), max_length=120, required=False)
    people_en = forms.CharField(label=_("How many people, in English"), max_length=120, required=False)
    rules_th = LinesField(label=_("Rules of the circle in Thai, one a line"))
    rules_en = LinesField(label=_("Rules of the circle in English, one a line"))
    origin = forms.CharField(label=_("Where the method comes from"), max_length=300, required=False)
    note = forms.CharField(label=_("What did you change?"), max_length=200, required=False)
    seen = number(widget=forms.HiddenInput, required=False)


def method_from(form: MethodForm, rounds: Any) -> Method:
    """The method that two valid forms describe.

    Raises:
        ValidationError: its rounds are not right.
    """
    found = rounds_from(rounds)
    words = {key: form.cleaned_data[key] for key in form.fields if key not in {"note", "seen", "rules_th", "rules_en"}}
    rules: dict[str, Any] = {key: tuple(form.cleaned_data[key]) for key in ("rules_th", "rules_en")}
    return Method(**words, **rules, rounds=found)


def rounds_for(rounds: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the forms of the rounds begin with."""
    return [{**one, "position": place} for place, one in enumerate(rounds, 1)]


def rounds_from(rounds: Any) -> list[dict[str, Any]]:
    """The rounds that valid forms describe, in their order; those without a place come last.

    Raises:
        ValidationError: they are not right.
    """
    rows = [one for one in rounds if one.cleaned_data and not one.cleaned_data.get("DELETE")]
    rows.sort(key=lambda one: one.cleaned_data["position"] or LAST)
    try:
        return checked_rounds([one.row() for one in rows])
    except BadRounds as bad:
        raise ValidationError(bad.words) from bad
