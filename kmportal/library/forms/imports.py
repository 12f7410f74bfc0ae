"""What the pages of the importer ask for."""

from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kmportal.core import dates
from kmportal.library.actions.imports.edits import Details
from kmportal.library.actions.imports.receive import LARGEST
from kmportal.library.importing.work import Work
from kmportal.library.visibility import Visibility
from kmportal.people.models import Agency, User
from kmportal.people.roles import Role
from kmportal.taxonomy.models import PmqaCategory, PmqaEdition

FILES_AT_ONCE = 5
KINDS_OF_FILE = (".docx", ".txt", ".pdf")


class ManyFiles(forms.ClearableFileInput):
    """A plain file input that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One to FILES_AT_ONCE files of a kind and size that the importer takes."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each file by the rules of a file field, then all by ours."""
        given = list(data) if isinstance(data, list | tuple) and data else [data or None]
        if len(given) > FILES_AT_ONCE:
            raise forms.ValidationError(_("Choose at most five files at a time."))
        files = [super(FilesField, self).clean(one, initial) for one in given]
        problems = [problem for file in files if (problem := _refused(file))]
        if problems:
            raise forms.ValidationError(problems)
        return files


def _refused(file: UploadedFile[Any]) -> str:
    """Why a file cannot be taken, as far as its name and size tell; the rest is told when it is read."""
    name = str(file.name or "")
    ending = PurePosixPath(name).suffix.lower()
    if ending not in KINDS_OF_FILE:
        if ending == ".doc":
            return gettext("“%(name)s” is an old Word file. Open it, save it as .docx, and choose that one.") % {"name": name}
        return gettext("“%(name)s” is not .docx, .txt or .pdf. Save it as one of these and choose that one.") % {"name": name}
    if (file.size or 0) > LARGEST:
        return gettext("“%(name)s” is larger than 20 MB. Take large pictures out of it, or save it as .txt.") % {"name": name}
    return ""


class UploadForm(forms.Form):
    summaries = FilesField(
        label=_("File of the summary"),
        help_text=_("Word (.docx), plain text (.txt) or PDF with text, up to 20 MB each, at most five at a time."),
        widget=ManyFiles(attrs={"accept": ",".join(KINDS_OF_FILE)}),
        max_length=255,
        allow_empty_file=True,  # told by the reader, in the same words as a file of blanks
    )


class DateText(forms.CharField):
    """A day as civil servants write it, in either era."""

    def clean(self, value: Any) -> Any:
        """The day, or None for an empty field."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return dates.parse(text)
        except dates.NotADate as error:
            raise forms.ValidationError(_("Write the day like 1 กรกฎาคม 2553, 1 ก.ค. 53 or 01/07/2553.")) from error

    def prepare_value(self, value: Any) -> Any:
        """As it is read by the person who fills it in."""
        return dates.full(value) if isinstance(value, date) else value


class DetailsForm(forms.Form):
    """What the page has beside its text. `choices_for` gives the agencies and editions that the person may choose."""

    title = forms.CharField(label=_("title"), max_length=800, widget=forms.Textarea(attrs={"rows": 2}))
    start = DateText(label=_("first day"), required=False, max_length=60)
    end = DateText(label=_("last day"), required=False, max_length=60)
    venue = forms.CharField(label=_("venue"), required=False, max_length=255)
    province = forms.CharField(label=_("province"), required=False, max_length=80)
    organiser = forms.CharField(label=_("organiser"), required=False, max_length=200)
    visibility = forms.ChoiceField(label=_("who may read"), widget=forms.RadioSelect)
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("agency"), required=False)
    edition = forms.ModelChoiceField(PmqaEdition.objects.all(), label=_("PMQA edition"), required=False)
    categories = forms.MultipleChoiceField(
        label=_("PMQA categories"), choices=[(number, number) for number in PmqaCategory.NUMBERS], required=False
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (circle.value, circle.label) for circle in Visibility if circle != Visibility.COMMUNITY
        ]
        network = actor.has_role(Role.NETWORK_COORDINATOR)
        agencies = Agency.objects.all() if network or actor.agency is None else Agency.objects.within(actor.agency)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["agency"].required = not network

    @property
    def facts(self) -> list[forms.BoundField]:
        """The short fields that stand side by side."""
        return [self[name] for name in ("start", "end", "venue", "province", "organiser")]

    @classmethod
    def of(cls, work: Work, actor: User) -> "DetailsForm":
        """The form as the review stands."""
        draft, choices = work.draft, work.choices
        days = {name: date.fromisoformat(found.value) if (found := getattr(draft, name)) else None for name in ("start", "end")}
        words = {name: getattr(draft, name).value for name in ("title", "venue", "province", "organiser")}
        return cls(
            actor=actor,
            initial={
                **days, **words, "visibility": choices.visibility, "agency": choices.agency, "edition": choices.edition,
                "categories": choices.categories,
            },
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Days in order; an agency where only one agency may read."""
        values: dict[str, Any] = super().clean() or {}
        start, end = values.get("start"), values.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day lies before the first day."))
        if values.get("visibility") == Visibility.AGENCY and not values.get("agency") and "agency" not in self.errors:
            self.add_error("agency", _("Choose the agency whose staff may read this."))
        return values

    def details(self) -> Details:
        """For the verb."""
        values = self.cleaned_data
        edition = values["edition"]
        return Details(**{**values, "edition": edition.pk if edition else None})


class VersionForm(forms.Form):
    """On which version of the review a change was made."""

    version = forms.IntegerField(min_value=0)


class EditForm(VersionForm):
    """One move of the review. Which values a move needs is the move's business."""

    verb = forms.CharField(max_length=60)
    block = forms.CharField(max_length=40, required=False)
    text = forms.CharField(required=False, max_length=200_000, strip=False)
    title = forms.CharField(required=False, max_length=300)
    agency = forms.CharField(required=False, max_length=200)
    people = forms.CharField(required=False, max_length=4_000)
    categories = forms.CharField(required=False, max_length=40)

    def move(self) -> tuple[str, str]:
        """The verb and its value: `kind:obstacle` is the verb "kind" with the value "obstacle"."""
        verb, _colon, value = self.cleaned_data["verb"].partition(":")
        return verb, value

    def values(self) -> dict[str, str]:
        """All that a move may need."""
        return {**self.cleaned_data, "value": self.move()[1]}


class NamesForm(VersionForm):
    """Who is meant by each name: `key-0` with `name-0`, `key-1` with `name-1` and so on. An empty name stays as it is."""

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(count):
            self.fields[f"key-{number}"] = forms.CharField(max_length=400, required=False)
            self.fields[f"name-{number}"] = forms.IntegerField(min_value=0, required=False)

    def decisions(self) -> dict[str, int]:
        """For the verb."""
        values = self.cleaned_data
        keys: Sequence[str] = [name for name in values if name.startswith("key-") and values[name]]
        chosen = {values[key]: values.get(f"name-{key[4:]}") for key in keys}
        return {key: value for key, value in chosen.items() if value is not None}


class AnswerForm(VersionForm):
    """Update the page that is there, or make a new one (no page)."""

    page = forms.IntegerField(min_value=1, required=False)
