"""What polling asks for. Nonsense is as if nothing was said."""

from django import forms

LARGEST = 2**53


class AfterForm(forms.Form):
    after = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)

    def after_seq(self) -> int:
        self.is_valid()
        return int(self.cleaned_data.get("after") or 0)
