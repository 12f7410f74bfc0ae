"""Forms of the harvest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.harvest.fields import IN_LESSON, PLAIN, Field
from communities.harvest.models import TalkDraft
from communities.harvest.rules import REACH, may_reach
from kmportal.library.models import LessonPage

LARGEST_KEY = 2**63 - 1


class WordForm(forms.Form):
    """A teller's answer for the text that they have read."""

    answer = forms.ChoiceField(choices=[("approve", ""), ("refuse", "")])
    read = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    says = forms.CharField(
        label=_("What should change"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class WithdrawForm(forms.Form):
    statement = forms.IntegerField(min_value=1, max_value=LARGEST_KEY)


class BasketForm(forms.Form):
    """What goes into the lesson: the ticked marks of the basket."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    mark = forms.TypedMultipleChoiceField(coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, marks: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mark"].choices = [(str(pk), "") for pk in marks]  # type: ignore[attr-defined]  # a field of choices


class DraftForm(forms.Form):
    """The lesson record as plain words; paragraphs are parted by an empty line."""

    title = forms.CharField(label=_("Title"), max_length=200)

    def __init__(self, *args: Any, draft: TalkDraft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in Field:
            name = IN_LESSON[field]
            shown: Any = LessonPage._meta.get_field(name)
            self.fields[name] = forms.CharField(
                label=field.label, required=False, max_length=PLAIN.get(name, 20_000), help_text=shown.help_text,
                widget=forms.Textarea(attrs={"rows": 3 if name in PLAIN else 5}),
            )  # fmt: skip
        self.fields["fails_when"] = forms.CharField(
            label=_("Does not hold when"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
        )
        self.fields["reach"] = forms.ChoiceField(
            label=_("Who may read the lesson"), choices=[(one.value, one.label) for one in REACH if may_reach(draft, one)],
            widget=forms.RadioSelect, help_text=_("Shown to the tellers with the text. Wider later means asking them anew."),
        )  # fmt: skip
