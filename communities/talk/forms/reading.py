"""What addresses of lists and pages say. Nonsense is as if nothing was said."""

from typing import Any

from django import forms

LARGEST = 2**53


class StretchForm(forms.Form):
    """Which stretch of a channel a page shows, and what is to be quoted in the form below it."""

    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    after = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    quote = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)

    def stretch(self) -> dict[str, Any]:
        self.is_valid()
        if (before := self.cleaned_data.get("before")) is not None:
            return {"before": before}
        after = self.cleaned_data.get("after")
        return {} if after is None else {"after": after}

    def quote_key(self) -> int | None:
        self.is_valid()
        return self.cleaned_data.get("quote")


class ThreadListForm(forms.Form):
    SORTS = (("active", ""), ("new", ""), ("old", ""))
    state = forms.ChoiceField(choices=(("open", ""), ("resolved", "")), required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False)

    def value(self, name: str, default: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or default)


class SearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=200)
    offset = forms.IntegerField(required=False, min_value=0, max_value=1000)

    def words(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("q") or "")

    def start(self) -> int:
        self.is_valid()
        return int(self.cleaned_data.get("offset") or 0)
