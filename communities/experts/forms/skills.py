"""What somebody says of themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.experts.forms.fields import DayField, YearField
from communities.experts.models import Skill
from communities.experts.models.skills import LONGEST_SKILL


class SkillForm(forms.Form):
    text = forms.CharField(
        label=_("What I can help with"), max_length=LONGEST_SKILL, help_text=_("In your own words, one thing a line: not a title, but what you have done.")
    )  # fmt: skip
    level = forms.ChoiceField(
        label=_("How well"), choices=Skill.Level.choices, initial=Skill.Level.DOES, widget=forms.RadioSelect
    )
    since = YearField(label=_("Since the year"), required=False, max_length=20, help_text=_("Such as 2560."))


class LeavingForm(forms.Form):
    on = DayField(
        label=_("My last day in the service"), required=False,
        help_text=_("Shown to members a year and a half before, so that they hear your stories in time. Empty: nothing is shown."),
    )  # fmt: skip
