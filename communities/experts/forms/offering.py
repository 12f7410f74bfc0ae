"""Forms of offers and of the superior's word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.experts.actions.offering import Terms
from communities.experts.forms.fields import DayField, text
from communities.experts.models import Offer
from communities.experts.models.offers import MOST_HOURS, Circle


class OfferForm(forms.Form):
    helps_with = text(
        _("What to come with"), most=1000, rows=4, hint=_("Which kind of problem, and what to bring along. You may change this at any time."),
    )  # fmt: skip
    hours = forms.IntegerField(
        label=_("Hours"), min_value=1, max_value=MOST_HOURS, help_text=_("Nobody can ask for more than these.")
    )
    per = forms.ChoiceField(
        label=_("Hours are for"), choices=Offer.Per.choices, initial=Offer.Per.MONTH, widget=forms.RadioSelect
    )
    times = forms.CharField(
        label=_("Days and times"), max_length=200, help_text=_("Such as: Tuesdays and Thursdays, 13.00–15.00.")
    )
    way = forms.ChoiceField(label=_("Way to meet"), choices=Offer.Way.choices, initial=Offer.Way.BOTH, widget=forms.RadioSelect)
    circle = forms.ChoiceField(label=_("For whom"), choices=Circle.choices, initial=Circle.AGENCY, widget=forms.RadioSelect)
    superior_email = forms.EmailField(
        label=_("Mail address of your superior"), max_length=254,
        help_text=_("They get a mail with a link and agree with one press; no account is needed. Other hours or times need their word anew."),
    )  # fmt: skip

    @classmethod
    def of(cls, offer: Offer | None, data: Any) -> "OfferForm":
        names = ("helps_with", "hours", "per", "times", "way", "circle", "superior_email")
        return cls(data, initial={name: getattr(offer, name) for name in names} if offer else {})

    def terms(self) -> Terms:
        return Terms(**{name: value for name, value in self.cleaned_data.items() if name != "helps_with"})


class AgreementForm(forms.Form):
    """A superior's answer for the terms that they have read."""

    answer = forms.ChoiceField(choices=[("agree", ""), ("decline", ""), ("withdraw", "")])
    read = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    until = DayField(label=_("Agreed until"), required=False)
    says = text(_("Your words"), most=1000, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        """An agreement has an end.

        Raises:
            ValidationError
        """
        values: dict[str, Any] = super().clean() or {}
        if values.get("answer") == "agree" and not values.get("until") and "until" not in self.errors:
            self.add_error("until", _("Say until when you agree."))
        return values
