"""A category, a criterion with its levels, a prize."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kmportal.contest.models import Category, Contest, Criterion, Prize
from kmportal.contest.models.parts import MOST_POINTS
from kmportal.contest.models.shared import LONGEST_LINE, LONGEST_TITLE
from kmportal.core.choices import OneField

LEVELS = 6


class PartForm(forms.Form):
    """What all parts have: names in two languages, and their order."""

    title_th = forms.CharField(label=_("Name"), max_length=LONGEST_TITLE)
    title_en = forms.CharField(label=_("Name in English"), max_length=LONGEST_TITLE, required=False)

    def __init__(self, data: Any = None, *, contest: Contest, row: Any = None) -> None:
        super().__init__(data, initial=self.shown(row) if row is not None else None)
        self.contest, self.row = contest, row
        self.fields["position"] = forms.IntegerField(label=_("Order"), required=False, min_value=1, max_value=99)

    def shown(self, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name, None) for name in (*self.base_fields, "position")}

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CategoryForm(PartForm):
    about_th = forms.CharField(
        label=_("What belongs here"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    about_en = forms.CharField(
        label=_("What belongs here, in English"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class CriterionForm(PartForm):
    about_th = forms.CharField(
        label=_("What judges look at"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    about_en = forms.CharField(
        label=_("What judges look at, in English"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    weight = forms.IntegerField(
        label=_("Weight, in percent"), min_value=1, max_value=100, help_text=_("All criteria together make 100.")
    )

    def __init__(self, data: Any = None, *, contest: Contest, row: Criterion | None = None) -> None:
        super().__init__(data, contest=contest, row=row)
        levels = list(row.levels.all()) if row is not None else []
        for number in range(1, LEVELS + 1):
            level = levels[number - 1] if number <= len(levels) else None
            usual = None if levels or number == LEVELS else number
            self.fields[f"points_{number}"] = forms.IntegerField(
                label=pgettext_lazy("criterion", "Points"),
                required=False,
                min_value=0,
                max_value=MOST_POINTS,
                initial=level.points if level else usual,
            )
            self.fields[f"words_th_{number}"] = forms.CharField(
                label=_("What it means"), required=False, max_length=LONGEST_LINE, initial=level.words_th if level else ""
            )
            self.fields[f"words_en_{number}"] = forms.CharField(
                label=_("What it means, in English"),
                required=False,
                max_length=LONGEST_LINE,
                initial=level.words_en if level else "",
            )

    @property
    def plain_fields(self) -> list[Any]:
        return [self[name] for name in ("title_th", "title_en", "about_th", "about_en", "weight", "position")]

    @property
    def level_rows(self) -> list[tuple[int, Any, Any, Any]]:
        return [(n, self[f"points_{n}"], self[f"words_th_{n}"], self[f"words_en_{n}"]) for n in range(1, LEVELS + 1)]

    @property
    def levels(self) -> list[tuple[int, str, str]]:
        """Rows with words; a row without them is left out."""
        data = self.cleaned_data
        rows = [(data[f"points_{n}"], data[f"words_th_{n}"], data[f"words_en_{n}"]) for n in range(1, LEVELS + 1)]
        return [row for row in rows if row[0] is not None and row[1]]

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title_th", "title_en", "about_th", "about_en", "weight", "position")}


class PrizeForm(PartForm):
    kind = forms.ChoiceField(label=_("For"), choices=Prize.Kind.choices, widget=forms.RadioSelect, initial=Prize.Kind.PLACE.value)
    category = OneField(
        label=_("Category"), queryset=Category.objects.none(), required=False, empty_label=_("Every category together")
    )
    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=50, initial=1)
    points = forms.IntegerField(label=_("Points to the team together"), min_value=0, max_value=100_000, initial=0)
    vesting = forms.IntegerField(
        label=_("Share that waits, in percent"), min_value=0, max_value=100, initial=0,
        help_text=_("This part is paid when another agency reports that it applied the lesson."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, contest: Contest, row: Prize | None = None) -> None:
        super().__init__(data, contest=contest, row=row)
        self.fields["category"].queryset = contest.categories.all()  # type: ignore[attr-defined]  # the choice field above
