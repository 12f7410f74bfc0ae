"""Forms of the harvest."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WordForm(forms.Form):
    """A teller's answer for the text that they have read."""

    answer = forms.ChoiceField(choices=[("approve", ""), ("refuse", "")])
    read = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    says = forms.CharField(
        label=_("What should change"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )


class WithdrawForm(forms.Form):
    statement = forms.IntegerField(min_value=1, max_value=2**63 - 1)
