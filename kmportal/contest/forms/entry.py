"""What an entrant fills in, step by step. Longer texts are plain: paragraphs, lines and bare addresses."""

from typing import Any

from django import forms
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from kmportal.contest.models import Category, Contest, Entry
from kmportal.contest.models.entries import LONGEST_FIELD, RICH_FIELDS
from kmportal.contest.models.shared import LONGEST_LINE, LONGEST_TITLE
from kmportal.core import clean
from kmportal.core.choices import OneField
from kmportal.library.forms.imports import ManyFiles
from kmportal.library.models import LessonPage

LONGEST_TYPED = 8000
MOST_AT_ONCE = 12
_BREAKS = (("</p>", "\n\n"), ("<br>", "\n"), ("<li>", "\n– "), ("</li>", ""))


def as_typed(html: str) -> str:
    """A kept text as it goes into the box: as it was typed, or, out of a lesson, its words with lists as lines."""
    typed = clean.typed(html)
    if typed is not None:
        return typed
    for sign, line in _BREAKS:
        html = html.replace(sign, line)
    return strip_tags(html).strip()


def _box(label: Any, *, most: int = LONGEST_TYPED, rows: int = 4, **words: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=min(most, LONGEST_FIELD), required=False, widget=widget, **words)


class StepForm(forms.Form):
    """A step of an entry: nothing is required until it is handed in, so that half a thought can be kept."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31, required=False)

    def __init__(self, data: Any = None, *, entry: Entry) -> None:
        names = [name for name in self.base_fields if name != "revision"]
        shown = {name: as_typed(getattr(entry, name)) if name in RICH_FIELDS else getattr(entry, name) for name in names}
        super().__init__(data, initial={**shown, "revision": entry.revision})
        self.entry = entry

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class CornerForm(StepForm):
    category = OneField(label=_("Category"), queryset=Category.objects.none(), required=False, empty_label=_("Choose a category"))
    kind = forms.ChoiceField(label=_("Who enters"), widget=forms.RadioSelect)
    unit = forms.CharField(label=_("Name of the unit or team"), max_length=LONGEST_TITLE, required=False)
    title = forms.CharField(
        label=_("Title"),
        max_length=LONGEST_TITLE,
        required=False,
        help_text=_("Judges read it without names: leave the agency out."),
    )
    summary = _box(_("In short"), most=600, rows=3, help_text=_("What the corner is, and whom it helps."))
    place = forms.CharField(
        label=_("Where the corner is"), max_length=LONGEST_LINE, required=False, help_text=_("Judges do not see it.")
    )
    video_url = forms.URLField(
        label=_("Link to a video"), max_length=500, required=False, assume_scheme="https",
        help_text=_("Judges open it too: nobody and no agency should be named in it."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, entry: Entry) -> None:
        super().__init__(data, entry=entry)
        contest: Contest = entry.contest
        self.fields["category"].queryset = contest.categories.all()  # type: ignore[attr-defined]  # the choice field above
        allowed = {"person": contest.for_persons, "team": contest.for_teams, "unit": contest.for_units}
        self.fields["kind"].choices = [one for one in Entry.Kind.choices if allowed[one[0]] or one[0] == entry.kind]  # type: ignore[attr-defined]  # the same


class LessonForm(StepForm):
    """The record of a lesson, as library.LessonPage has it."""

    what_happened = _box(_("What happened"), rows=6, help_text=_("In order of time"))
    why = _box(_("Why"))
    lesson = _box(_("The lesson"), most=500, rows=2, help_text=_("One sentence: when … do … because …"))
    recommendation = _box(_("Recommendation"), help_text=_("Who should do what, and when"))
    evidence = _box(_("Evidence"), help_text=_("Figures before and after"))
    context = _box(_("Context"), help_text=_("Place, time, size, constraints"))
    intent = _box(_("What was intended"))
    cues = _box(_("Cues that were noticed"))
    tricks = _box(_("Tricks"))
    pitfalls = _box(_("Pitfalls"))
    works_when = _box(_("Holds when"), most=1000, rows=2)
    fails_when = _box(_("Does not hold when"), most=1000, rows=2)
    next_steps = _box(_("What is to be done next"))
    contacts = _box(_("Ask further"), most=500, rows=2, help_text=_("Judges do not see it."))

    @property
    def first_fields(self) -> list[Any]:
        return [self[name] for name in ("what_happened", "why", "lesson", "recommendation", "evidence")]

    @property
    def other_fields(self) -> list[Any]:
        names = ("context", "intent", "cues", "tricks", "pitfalls", "works_when", "fails_when", "next_steps", "contacts")
        return [self[name] for name in names]


class BeginForm(forms.Form):
    kind = forms.ChoiceField(label=_("Who enters"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, contest: Contest) -> None:
        super().__init__(data)
        allowed = {"person": contest.for_persons, "team": contest.for_teams, "unit": contest.for_units}
        self.fields["kind"].choices = [one for one in Entry.Kind.choices if allowed[one[0]]]  # type: ignore[attr-defined]  # the choice field above


class FromLessonForm(forms.Form):
    source = OneField(label=_("A lesson of yours"), queryset=LessonPage.objects.none(), empty_label=_("Choose a lesson"))

    def __init__(self, data: Any = None, *, user: Any) -> None:
        super().__init__(data)
        own = LessonPage.objects.live().visible_to(user).filter(owner=user).order_by("-pk")[:50]
        self.fields["source"].queryset = LessonPage.objects.filter(pk__in=[page.pk for page in own])  # type: ignore[attr-defined]  # the choice field above


class FilesField(forms.FileField):
    """One or several files; what each is, the verb finds out."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each by the rules of a file field; more than MOST_AT_ONCE are left out."""
        given = data if isinstance(data, list | tuple) and data else [data or None]
        return [super(FilesField, self).clean(one, initial) for one in given[:MOST_AT_ONCE]]


class FilesForm(forms.Form):
    """The field stands under the name of a form's own attribute, so it is put in by name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField(label=_("Files"), max_length=255, allow_empty_file=True)


class AltForm(forms.Form):
    alt = forms.CharField(label=_("What it shows"), max_length=LONGEST_LINE, required=False)
    first = forms.BooleanField(required=False)


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    printed = forms.CharField(label=_("Your name as a certificate writes it"), max_length=LONGEST_TITLE, required=False)


class ScreenForm(forms.Form):
    decision = forms.ChoiceField(choices=[("admit", ""), ("refuse", "")])
    reason = forms.CharField(
        label=_("Why it is not admitted"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
