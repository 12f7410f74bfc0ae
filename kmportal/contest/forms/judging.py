"""What judges and organisers of a panel fill in."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from kmportal.contest.actions.scoring import Marks
from kmportal.contest.models import Assignment, Contest, Criterion, Entry, Judge
from kmportal.contest.models.shared import LONGEST_NOTE


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=1000, required=False)


class DrawForm(ReasonForm):
    seed = forms.CharField(max_length=64, required=False)


class PairForm(ReasonForm):
    """A judge and an entry of one contest."""

    judge = forms.ModelChoiceField(Judge.objects.none())
    entry = forms.ModelChoiceField(Entry.objects.none())

    def __init__(self, data: Any, *, contest: Contest) -> None:
        super().__init__(data)
        self.fields["judge"].queryset = Judge.objects.filter(contest=contest).sitting()  # type: ignore[attr-defined]  # a choice of rows
        self.fields["entry"].queryset = Entry.objects.filter(contest=contest).admitted()  # type: ignore[attr-defined]  # the same


class EntryForm(forms.Form):
    entry = forms.ModelChoiceField(Entry.objects.none())

    def __init__(self, data: Any, *, contest: Contest) -> None:
        super().__init__(data)
        self.fields["entry"].queryset = Entry.objects.filter(contest=contest).admitted()  # type: ignore[attr-defined]  # a choice of rows


class AsideForm(forms.Form):
    reason = forms.CharField(
        label=_("What ties you to it"), max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=_("The organiser reads it. One sentence is enough."),
    )  # fmt: skip


class SheetForm(forms.Form):
    """One choice and one note for each criterion, named by its place in the list: c1, n1, c2, n2, …"""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(
        label=_("Words for the entrant"), max_length=LONGEST_NOTE, required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("The entrant reads this and your notes with the results, without your name."),
    )  # fmt: skip

    def __init__(self, data: Any, *, sheet: Assignment, criteria: Sequence[Criterion]) -> None:
        kept = {one.criterion_id: one for one in sheet.scores.all()}
        first: dict[str, Any] = {"revision": sheet.revision, "note": sheet.note}
        for place, criterion in enumerate(criteria, 1):
            score = kept.get(criterion.pk)
            first |= {f"c{place}": score.points if score else None, f"n{place}": score.note if score else ""}
        super().__init__(data, initial=first)
        self.criteria = criteria
        for place, criterion in enumerate(criteria, 1):
            self._add(place, criterion)

    def _add(self, place: int, criterion: Criterion) -> None:
        levels = [(level.points, f"{level.points} · {level.words}") for level in criterion.levels.all()]
        label = _("%(name)s (%(weight)d%%)") % {"name": criterion, "weight": criterion.weight}
        self.fields[f"c{place}"] = forms.TypedChoiceField(
            label=label, help_text=criterion.about, choices=levels, coerce=int, empty_value=None, required=False,
            widget=forms.RadioSelect, error_messages={"invalid_choice": _("Choose one of the levels that are described.")},
        )  # fmt: skip
        self.fields[f"n{place}"] = forms.CharField(
            label=_("Note on “%(name)s”") % {"name": criterion}, max_length=LONGEST_NOTE, required=False,
            widget=forms.Textarea({"rows": 2}),
        )  # fmt: skip

    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Choice and note of each criterion."""
        for place in range(1, len(self.criteria) + 1):
            yield self[f"c{place}"], self[f"n{place}"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for place in range(1, len(self.criteria) + 1):
            if "hand_in" in self.data and cleaned.get(f"c{place}") is None and f"c{place}" not in self.errors:
                self.add_error(f"c{place}", _("Choose a level for every criterion before you hand the sheet in."))
        return cleaned

    def marks(self) -> Marks:
        """What was filled in, by the keys of the criteria."""
        found = self.cleaned_data
        places = list(enumerate(self.criteria, 1))
        points = {one.pk: found[f"c{place}"] for place, one in places}
        return Marks(points, {one.pk: found[f"n{place}"] for place, one in places}, found["note"])

    def renew(self, revision: int) -> None:
        """After a clash with another window: saving once more is then a decision."""
        data: Any = self.data
        renewed = data.copy()
        renewed["revision"] = str(revision)
        self.data = renewed
