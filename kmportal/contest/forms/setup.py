"""What an organiser fills in: words, dates in either era, who may enter, how it is judged."""

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.contest.models import Contest
from kmportal.contest.models.contests import DATES, MOST_JUDGES, MOST_SHARE, VOTE_DATES
from kmportal.contest.models.shared import LONGEST_LINE, LONGEST_TITLE
from kmportal.core.choices import OneField, SeveralField
from kmportal.core.dates import BUDDHIST_OFFSET, THAI_DIGITS, common_year
from kmportal.core.hours import HourField
from kmportal.core.richtext import RichTextArea, RichTextField
from kmportal.library.forms.imports import DateText
from kmportal.people.models import Agency, User
from kmportal.people.roles import Role

FIRST_YEAR, LAST_YEAR = 2000, 2200
# Name of the date, its label, what to write where nobody says an hour.
MOMENTS: tuple[tuple[str, Any, str], ...] = (
    ("announce_at", _("Announced from"), "08.30"),
    ("enter_from", _("Entries open"), "08.30"),
    ("enter_until", _("Entries close, to the second"), "16.30"),
    ("screen_until", _("Screening ends, judging begins"), "16.30"),
    ("judge_until", _("Judging ends"), "16.30"),
    ("vote_from", _("Popular vote opens"), "08.30"),
    ("vote_until", _("Popular vote ends"), "16.30"),
    ("results_at", pgettext_lazy("contest", "Results"), "10.00"),
)


class YearField(forms.CharField):
    """A year in either era, given as C.E."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**{"max_length": 10, "help_text": _("B.E. or C.E.: 2569 or 2026."), **words})

    def clean(self, value: Any) -> Any:
        """
        Raises:
            ValidationError: no year of this century.
        """
        text = str(super().clean(value)).translate(THAI_DIGITS).strip()
        year = common_year(int(text)) if text.isascii() and text.isdigit() and len(text) == 4 else 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(_("Write the year like 2569 or 2026."))
        return year

    def prepare_value(self, value: Any) -> Any:
        return value + BUDDHIST_OFFSET if isinstance(value, int) else value


def _text(label: Any, *, most: int = LONGEST_TITLE, required: bool = True, **words: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, **words)


def _long(label: Any) -> RichTextField:
    return RichTextField(label=label, required=False, widget=RichTextArea({"rows": 7}, pictures=reverse_lazy("pictures:put_in")))


class NewForm(forms.Form):
    """A new contest, empty or as a copy of one that the person runs."""

    title_th = _text(_("Title"))
    title_en = _text(_("Title in English"), required=False)
    year = YearField(label=_("Year"))
    copy = OneField(
        label=_("Begin as a copy of"), queryset=Contest.objects.none(), required=False, empty_label=_("Nothing: begin empty"),
        help_text=_("Words, categories, criteria and prizes are copied; dates are moved by the years between."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial={"year": timezone.localdate().year})
        self.fields["copy"].queryset = Contest.objects.run_by(user)  # type: ignore[attr-defined]  # the choice field above


class WordsForm(forms.Form):
    title_th = _text(_("Title"))
    title_en = _text(_("Title in English"), required=False)
    year = YearField(label=_("Year"))
    agency = OneField(label=_("Organised by"), queryset=Agency.objects.all(), required=False, empty_label=_("Nobody yet"))
    lead_th = _text(_("In one sentence"), most=LONGEST_LINE, required=False)
    lead_en = _text(_("In one sentence, in English"), most=LONGEST_LINE, required=False)
    story_th = _long(_("Story: what the contest is for"))
    story_en = _long(_("Story in English"))
    rules_th = _long(_("Rules"))
    rules_en = _long(_("Rules in English"))
    cover = forms.FileField(
        label=_("Cover picture"), required=False, help_text=_("JPEG, PNG or WebP."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip
    cover_alt = _text(_("What the cover shows"), most=LONGEST_LINE, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"cover", "revision"}}


class DatesForm(forms.Form):
    """A day and an hour for each step, days in either era."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, _hour in MOMENTS:
            self.fields[f"{name}_day"] = DateText(label=label, required=False, max_length=60)
            self.fields[f"{name}_hour"] = HourField(label=_("at"), required=False, help_text="")

    @property
    def pairs(self) -> list[tuple[str, Any, Any, bool]]:
        """For the template: label, the field of the day, that of the hour, and whether the step may be left out."""
        return [(label, self[f"{name}_day"], self[f"{name}_hour"], name in VOTE_DATES) for name, label, _hour in MOMENTS]

    @staticmethod
    def shown(contest: Contest) -> dict[str, Any]:
        found: dict[str, Any] = {"revision": contest.revision}
        for name in (*DATES, *VOTE_DATES):
            moment: datetime | None = getattr(contest, name)
            if moment is not None:
                local = timezone.localtime(moment)
                found |= {f"{name}_day": local.date(), f"{name}_hour": local.time()}
        return found

    @property
    def values(self) -> dict[str, Any]:
        """The moments; None where no day is given."""
        return {name: self._moment(name, hour) for name, _label, hour in MOMENTS}

    def _moment(self, name: str, usual: str) -> datetime | None:
        day, hour = self.cleaned_data[f"{name}_day"], self.cleaned_data[f"{name}_hour"]
        if not day:
            return None
        return timezone.make_aware(datetime.combine(day, hour or HourField().clean(usual)))


class EnteringForm(forms.Form):
    for_persons = forms.BooleanField(label=_("One person may enter"), required=False)
    for_teams = forms.BooleanField(label=_("A team may enter"), required=False)
    for_units = forms.BooleanField(label=_("A unit may enter"), required=False)
    most_members = forms.IntegerField(label=_("People in a team at most"), min_value=2, max_value=30)
    most_entries = forms.IntegerField(label=_("Entries of one person at most"), min_value=1, max_value=10)
    agencies = SeveralField(
        label=_("Only these agencies, and what is part of them"), queryset=Agency.objects.all(), required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}), help_text=_("Choose none to open it to the whole network."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in {"agencies", "revision"}}


class JudgingForm(forms.Form):
    judges_per_entry = forms.IntegerField(label=_("Judges for each entry"), min_value=1, max_value=MOST_JUDGES)
    normalisation = forms.ChoiceField(
        label=_("Strict and mild judges"), choices=Contest.Normalisation.choices, widget=forms.RadioSelect
    )
    popular_share = forms.IntegerField(
        label=_("Share of the popular vote, in percent"), min_value=0, max_value=MOST_SHARE,
        help_text=_("0: the vote is shown and does not count. At most 50."),
    )  # fmt: skip
    gallery = forms.ChoiceField(label=_("Who sees the gallery"), choices=Contest.Gallery.choices, widget=forms.RadioSelect)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class OrganisersForm(forms.Form):
    people = SeveralField(label=_("Organisers"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = User.objects.filter(is_active=True, groups__name=Role.ORGANISER.value).order_by("first_name", "last_name", "pk")
        self.fields["people"].queryset = holders  # type: ignore[attr-defined]  # the choice field above


class CallOffForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
