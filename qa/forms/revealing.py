"""What is asked before a moderator sees who asked without a name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.actions.revealing import LONGEST_WHY


class LookUpForm(forms.Form):
    why = forms.CharField(
        label=_("Why do you need to know it?"), max_length=LONGEST_WHY, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why you need to know.")},
    )  # fmt: skip
