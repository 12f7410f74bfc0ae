"""The finder's filters. Values that make no sense are as if they were not there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kmportal.people.evidence import MOST_WORDS, About
from kmportal.people.forms import DirectoryForm
from kmportal.retrieval.analysis import STOP, words
from kmportal.taxonomy.models import PmqaCategory, Topic


class FinderForm(DirectoryForm):
    """What is looked for, in words, by topic, by PMQA category, in an agency."""

    pm = forms.ChoiceField(label=_("PMQA category"), required=False)

    field_order = ("q", "topic", "pm", "agency")

    def __init__(self, *args: Any, seen: Any, **kwargs: Any) -> None:
        super().__init__(*args, seen=seen, **kwargs)
        self.fields["q"].label = _("What do you want to talk about?")
        self.fields["topic"].queryset = Topic.objects.all()  # type: ignore[attr-defined]  # a ModelChoiceField
        named = {one.number: one.name for one in PmqaCategory.objects.order_by("edition__is_current", "edition__first_year")}
        order = [number for number in PmqaCategory.NUMBERS if number in named]
        offered = [("", _("All categories")), *((number, f"{number} {named[number]}") for number in order)]
        self.fields["pm"].choices = offered  # type: ignore[attr-defined]  # a ChoiceField

    def about(self) -> tuple[About, Any]:
        """The matter, and the agency."""
        chosen = self.chosen()
        text = (chosen["q"] or "").replace("\x00", "")
        asked = tuple(dict.fromkeys(word for word in words(text) if word not in STOP))
        return About(asked[:MOST_WORDS], chosen["topic"], chosen["pm"] or ""), chosen["agency"]
