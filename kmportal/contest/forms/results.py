"""Filters of the gallery; what organisers fill in to publish, correct and decide."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.contest.models import Category, Contest
from kmportal.core.choices import OneField
from kmportal.core.hours import HourField
from kmportal.library.forms.imports import DateText
from kmportal.people.models import Agency
from kmportal.taxonomy.models import PmqaCode


class GalleryForm(forms.Form):
    """Every filter is optional; what does not fit is left out rather than refused."""

    q = forms.CharField(label=pgettext_lazy("gallery", "Words"), max_length=100, required=False)
    contest = OneField(label=_("Contest"), queryset=Contest.objects.none(), required=False, empty_label=_("All years"))
    category = OneField(
        label=pgettext_lazy("contest", "Category"),
        queryset=Category.objects.none(),
        required=False,
        empty_label=pgettext_lazy("gallery", "All categories"),
    )
    agency = OneField(label=_("Agency"), queryset=Agency.objects.none(), required=False, empty_label=_("All agencies"))
    code = OneField(label=_("PMQA code"), queryset=PmqaCode.objects.none(), required=False, empty_label=_("All codes"))

    def __init__(self, data: Any, *, entries: Any) -> None:
        super().__init__(data)
        fields: Any = self.fields
        rows = entries.order_by()
        fields["contest"].queryset = Contest.objects.filter(pk__in=rows.values("contest"))
        fields["category"].queryset = Category.objects.filter(pk__in=rows.values("category")).select_related("contest")
        fields["agency"].queryset = Agency.objects.filter(pk__in=rows.values("agency")).order_by("name")
        fields["code"].queryset = PmqaCode.objects.filter(_taught(rows)).distinct()


def _taught(rows: Any) -> Q:
    """Codes of the lessons that came of entries, or that entries were filled from."""
    known = [Q(pages__in=rows.exclude(**{name: None}).values(name)) for name in ("lesson_page", "taken_from")]
    return known[0] | known[1]


class ComputeForm(forms.Form):
    """`left_out` names entries by their codes; `why` is the reason for each of them."""

    reason = forms.CharField(label=_("Reason for the correction"), max_length=2000, required=False)
    why = forms.CharField(
        label=_("Reason why they get no place"),
        max_length=2000,
        required=False,
        help_text=_("Stands in the results for everybody."),
    )

    def __init__(self, data: Any = None, *, contest: Contest, left_out: Any = ()) -> None:
        super().__init__(data, initial={"left_out": list(left_out)})
        choices = [(str(one.pk), f"{one.code} · {one.title}") for one in contest.entries.admitted().order_by("code")]
        self.fields["left_out"] = forms.MultipleChoiceField(
            label=_("Entries without a place"), required=False, choices=choices, widget=forms.CheckboxSelectMultiple,
            help_text=_("Only where the rules demand it, for example when an entry broke them."),
        )  # fmt: skip
        self.fields["reason"].required = bool(contest.results_version)
        self.order_fields(["reason", "left_out", "why"])

    def clean(self) -> Any:
        found: Any = super().clean()
        if found.get("left_out") and not found.get("why"):
            self.add_error("why", _("Say why these entries get no place."))
        return found

    @property
    def chosen(self) -> dict[int, str]:
        """Entries without a place and the reason."""
        return {int(key): self.cleaned_data["why"] for key in self.cleaned_data["left_out"]}


class PublishForm(forms.Form):
    """Now, or at a time; an empty day takes a set time back."""

    day = DateText(label=_("Day"), max_length=60, required=False, help_text=_("Such as 1 October 2026 or 1/10/2026."))
    hour = HourField(label=_("Hour"), required=False)

    @property
    def at(self) -> datetime | None:
        """The moment; half past eight where no hour is said."""
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get("hour")
        if not day:
            return None
        moment = datetime(day.year, day.month, day.day, hour.hour if hour else 8, hour.minute if hour else 30)  # noqa: DTZ001 - made aware below
        return timezone.make_aware(moment)


class DecisionForm(forms.Form):
    """Yes or no, and why."""

    decision = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    reason = forms.CharField(label=_("Why"), max_length=2000, required=False)


class AppliedForm(forms.Form):
    words = forms.CharField(
        label=_("What your agency applied, and what came of it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code on the certificate"), max_length=20)

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).replace(" ", "").replace("-", "").upper()
