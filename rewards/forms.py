"""Forms of points: the period of a statement, what is shown, and the terms of a rule."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.core import dates
from rewards.actions.ruling import ReasonMissing, Terms
from rewards.models import RuleVersion
from rewards.periods import PARTS, Period

QUARTERS = (
    ("", pgettext_lazy("part of a year", "The whole year")),
    ("q1", _("Quarter 1 (October to December)")),
    ("q2", _("Quarter 2 (January to March)")),
    ("q3", _("Quarter 3 (April to June)")),
    ("q4", _("Quarter 4 (July to September)")),
)
HALVES = (("h1", _("First half (October to March)")), ("h2", _("Second half (April to September)")))


class PeriodForm(forms.Form):
    """Which rows. Nothing in an address is an error: what is not known is left out. Years may be written in either era."""

    year = forms.ChoiceField(label=_("Fiscal year"), required=False)
    part = forms.ChoiceField(label=_("Part"), choices=QUARTERS, required=False)

    def __init__(self, data: Any, *, since: int, halves: bool = False) -> None:
        super().__init__(data)
        years = range(dates.fiscal_year(timezone.localdate()), since - 1, -1)
        shown = [(str(dates.year_number(year)), dates.year_number(year)) for year in years]
        self.fields["year"].choices = shown if halves else [("", pgettext_lazy("period", "All")), *shown]  # type: ignore[attr-defined]  # a choice field
        if halves:
            self.fields["part"].choices = HALVES  # type: ignore[attr-defined]  # the same
        self.years = years

    def period(self, default: Period) -> Period:
        """The chosen period; `default` where the address names none, or none that exists."""
        text = str(self.data.get("year", "")).translate(dates.THAI_DIGITS)
        year = dates.common_year(int(text)) if text.isascii() and text.isdigit() and len(text) == 4 else None
        if year not in self.years:
            return default
        part = str(self.data.get("part", ""))
        known = {value for value, _label in self.fields["part"].choices}  # type: ignore[attr-defined]  # a choice field
        return Period(year, part if part in PARTS and part in known else default.part)

    def show(self, period: Period) -> None:
        """Fills the boxes with what is shown."""
        chosen = {"year": str(dates.year_number(period.year)) if period.year else "", "part": period.part}
        self.data = chosen


class ShowingForm(forms.Form):
    reputation = forms.BooleanField(
        label=_("Show my reputation on my page"),
        required=False,
        help_text=_("Members see it beside your name. Points are never shown."),
    )
    badges = forms.BooleanField(label=_("Show my badges on my page"), required=False)
    boards = forms.BooleanField(
        label=_("Count me on the boards"),
        required=False,
        help_text=_("Without it you stand on no board, and no figure of your agency or community counts you."),
    )
    thanks = forms.BooleanField(
        label=_("Show my name beside thanks I give"),
        required=False,
        help_text=_("Those you thank see it in any case."),
    )


class EraDayField(forms.CharField):
    """A day as people write it, in either era."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return dates.parse(text) if text else None
        except dates.NotADate:
            raise forms.ValidationError(_("Write a day such as 1 October 2569 or 1/10/2569.")) from None


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's forms are generic for type checkers only
    """The terms of a new version; the old ones stay as they are."""

    effective_on = EraDayField(
        label=_("holds from"),
        required=False,
        max_length=40,
        help_text=_("Empty: from now on. A day to come: from its beginning."),
    )

    class Meta:
        model = RuleVersion
        fields = [*Terms.__dataclass_fields__, "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The column may be empty for the rules that came with the system.
        self.fields["note"].required = True
        self.fields["note"].error_messages["required"] = ReasonMissing.words

    def terms(self) -> Terms:
        return Terms(**{name: self.cleaned_data[name] for name in Terms.__dataclass_fields__})
