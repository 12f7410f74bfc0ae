"""Forms of consultations and of what came of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.experts.forms.fields import DayField, text
from communities.experts.models import Consultation, Outcome
from communities.experts.models.consultations import MOST_HOURS_EACH
from communities.experts.models.outcomes import REACHES


class RequestForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What I ask for"), choices=Consultation.Kind.choices, initial="consult", widget=forms.RadioSelect
    )
    subject = forms.CharField(label=_("Subject"), max_length=160)
    need = text(
        pgettext_lazy("consultation", "What it is for"), most=2000, hint=_("What you must decide or get done, and by when.")
    )
    tried = text(_("What was tried already"), most=2000, required=False, rows=3)
    day = DayField(label=_("Day you wish for"))
    time = forms.CharField(
        label=_("Time and place you wish for"), required=False, max_length=160, help_text=_("Such as: after 13.00, online.")
    )
    hours = forms.TypedChoiceField(
        label=_("Hours"), coerce=int, initial=1, choices=[(number, str(number)) for number in range(1, MOST_HOURS_EACH + 1)]
    )


class SaysForm(forms.Form):
    says = text(_("Your words"), most=1000, rows=3, required=False)


class ProposeForm(forms.Form):
    day = DayField(label=_("Another day"))
    time = forms.CharField(label=_("Time and place"), required=False, max_length=160)
    says = text(_("Your words"), most=1000, rows=2, required=False)


class OutcomeForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    context = text(
        _("The situation"), most=2000, hint=_("So that others know whether theirs is alike. Leave out what is confidential.")
    )
    advice = text(_("What was advised, and what was done with it"), most=4000, rows=6)
    lesson = forms.CharField(label=_("The lesson in one sentence"), max_length=400, help_text=_("When …, do …, because …"))
    fails_when = text(_("Does not hold when"), most=1000, rows=2, required=False)
    reach = forms.ChoiceField(
        label=_("Who may read the lesson"), choices=[(one.value, one.label) for one in REACHES], initial="network",
        widget=forms.RadioSelect, help_text=_("You both decide: whoever helped you confirms the text and its readers."),
    )  # fmt: skip

    @classmethod
    def of(cls, outcome: Outcome | None, consultation: Consultation, data: Any) -> "OutcomeForm":
        names = ("title", "context", "advice", "lesson", "fails_when", "reach")
        return cls(data, initial={name: getattr(outcome, name) for name in names} if outcome else {"title": consultation.subject})


class ReadForm(forms.Form):
    """An answer to a text that was read."""

    answer = forms.ChoiceField(choices=[("confirm", ""), ("send_back", ""), ("confirm_lesson", "")])
    read = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    says = text(_("What should change"), most=1000, rows=3, required=False)
