"""Forms of interviews."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.circles.models import Template
from communities.commons.forms.fields import DayField
from communities.harvest.fields import Field
from communities.interviews.models.interviews import LONGEST_ANSWER, LONGEST_QUESTION, Interview
from communities.interviews.models.recordings import LONGEST_NOTE
from communities.models import Community
from kmportal.core.choices import OneField
from kmportal.core.dates import THAI_DIGITS
from kmportal.people.models import User

LARGEST = 2**31 - 1
SPARE_ROWS = 3
_CLOCK = re.compile(r"(?:(\d{1,2})[:.])?(\d{1,3})[:.](\d{2})\Z")
FIELDS = [("", pgettext_lazy("field of a lesson", "Nothing in particular")), *Field.choices]


class PlanForm(forms.Form):
    """Who is asked what for, until when."""

    title = forms.CharField(
        label=_("Title"), max_length=160, help_text=_("One event or one skill, such as “The night of the flood in 2565”.")
    )
    purpose = forms.CharField(
        label=_("What it is for"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The expert reads this first: why you ask them, and who learns from it."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Name of the expert"), required=False, max_length=160, help_text=_("For somebody who is no member here.")
    )
    email = forms.EmailField(label=_("E-mail of the expert"), required=False, max_length=254)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=[("th", _("Thai")), ("en", _("English"))], initial="th")
    due_on = DayField(label=_("Answers by"), required=False)
    field_order = ("title", "purpose", "expert", "name", "email", "language", "due_on", "method")

    def __init__(self, *args: Any, community: Community, asker: User, new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, memberships__community=community).exclude(pk=asker.pk)
        self.fields["expert"] = OneField(
            people.order_by("first_name", "last_name", "pk"), label=_("A member"), required=False,
            empty_label=_("Somebody else, named below"),
        )  # fmt: skip
        if new:
            methods = Template.objects.filter(retired_at=None, current__isnull=False).select_related("current")
            self.fields["method"] = OneField(
                methods, label=_("Begin with the questions of"), required=False, to_field_name="slug",
                empty_label=_("No method: I write the questions"),
            )  # fmt: skip
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """One of the two ways to name the expert.

        Raises:
            ValidationError
        """
        said = super().clean() or {}
        if not said.get("expert") and not (said.get("name") and said.get("email")) and not self.errors:
            raise ValidationError(_("Choose a member, or give the name and the e-mail of the expert."))
        return said


class QuestionsForm(forms.Form):
    """All questions with three empty rows; a row without words goes, and the numbers say the order."""

    def __init__(self, *args: Any, interview: Interview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = list(interview.questions.all())
        for number in range(1, len(self.there) + SPARE_ROWS + 1):
            question = self.there[number - 1] if number <= len(self.there) else None
            self._add(number, question)

    def _add(self, number: int, question: Any) -> None:
        said: Any = {"min_value": 1, "max_value": 999, "required": False}
        area = forms.Textarea(attrs={"rows": 2})
        shown = {"n": number}
        self.fields[f"order-{number}"] = forms.IntegerField(label=_("Number"), initial=number, **said)
        self.fields[f"th-{number}"] = forms.CharField(
            label=_("Question %(n)d") % shown,
            max_length=LONGEST_QUESTION,
            required=False,
            widget=area,
            initial=question and question.text_th,
        )
        self.fields[f"en-{number}"] = forms.CharField(
            label=_("Question %(n)d in English") % shown, max_length=LONGEST_QUESTION, required=False, widget=area,
            initial=question and question.text_en,
        )  # fmt: skip
        self.fields[f"field-{number}"] = forms.ChoiceField(
            label=_("The answer fills"), choices=FIELDS, required=False, initial=question and question.field
        )

    def rows(self) -> list[dict[str, Any]]:
        """The fields of each row, for the template."""
        parts = ("order", "th", "en", "field")
        return [
            {"number": number, "question": self.there[number - 1] if number <= len(self.there) else None}
            | {part: self[f"{part}-{number}"] for part in parts}
            for number in range(1, len(self.there) + SPARE_ROWS + 1)
        ]

    def asked(self) -> list[tuple[str, str, str, int | None]]:
        """Thai, English, field and key of each question that has words, in order."""
        said = self.cleaned_data
        found = []
        for number in range(1, len(self.there) + SPARE_ROWS + 1):
            thai, english = said[f"th-{number}"], said[f"en-{number}"]
            if thai or english:
                pk = self.there[number - 1].pk if number <= len(self.there) else None
                found.append((said[f"order-{number}"] or 999, number, (thai, english, said[f"field-{number}"], pk)))
        return [words for _order, _number, words in sorted(found, key=lambda one: one[:2])]


class AnswerForm(forms.Form):
    """An answer, and where to go then."""

    answer = forms.CharField(
        label=_("Answer"), required=False, max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 12})
    )
    revision = forms.IntegerField(min_value=0, max_value=LARGEST, widget=forms.HiddenInput)
    go = forms.ChoiceField(choices=[(one, "") for one in ("next", "list", "skip")], required=False)


class StepForm(forms.Form):
    """A step of the whole interview; `read` is the digest of the text that stood on the page."""

    do = forms.ChoiceField(choices=[(one, "") for one in ("send", "ask", "drop", "hand_over", "approve", "reopen", "withdraw")])
    read = forms.RegexField(r"^[0-9a-f]{64}$", required=False)
    sure = forms.BooleanField(required=False)


class RecordingForm(forms.Form):
    file = forms.FileField(label=_("Recording"), help_text=_("MP3, M4A, OGG, WebM or WAV, at most 100 MB."))
    title = forms.CharField(label=_("Title"), required=False, max_length=160)


class ClockField(forms.CharField):
    """A place in a recording such as 12:05 or 1:02:05, in seconds."""

    def clean(self, value: Any) -> Any:
        """The second.

        Raises:
            ValidationError: no place in time.
        """
        match = _CLOCK.match(super().clean(value).translate(THAI_DIGITS).strip())
        if match is None or int(match[3]) > 59:
            raise ValidationError(_("Write the place like 12:05 or 1:02:05."))
        return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])


class NoteForm(forms.Form):
    at = ClockField(label=_("At"), max_length=12, help_text=_("Minutes and seconds, such as 12:05."))
    text = forms.CharField(label=_("What is said there"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}))
    field = forms.ChoiceField(label=_("Fills"), choices=FIELDS, required=False)
