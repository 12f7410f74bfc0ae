"""Channels and threads: their names, their order, their end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.talk.actions.channels import Named, NoName
from communities.talk.actions.threads import NoConclusion, NoTitle
from communities.talk.forms.messages import LARGEST, text
from communities.talk.models import Channel, Place, Thread


class ChannelForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, error_messages={"required": NoName.words})
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    purpose = forms.CharField(
        label=_("What it is for"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One sentence that tells what belongs here, and what does not."),
    )  # fmt: skip

    def named(self) -> Named:
        return Named(**self.cleaned_data)


class LevelForm(forms.Form):
    level = forms.ChoiceField(choices=Place.Level.choices)


class OrderForm(forms.Form):
    """One channel, a place up or down."""

    channel = forms.IntegerField(min_value=1, max_value=LARGEST)
    up = forms.BooleanField(required=False)

    def keys(self, channels: list[Channel]) -> list[int]:
        """The channels in their new order; as they are where the form asks for what cannot be."""
        keys = [channel.pk for channel in channels]
        key = self.cleaned_data["channel"]
        if key not in keys:
            return keys
        place = keys.index(key)
        other = place - 1 if self.cleaned_data["up"] else place + 1
        if 0 <= other < len(keys):
            keys[place], keys[other] = keys[other], keys[place]
        return keys


class ThreadForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=160, error_messages={"required": NoTitle.words},
        help_text=_("What is it about? A question works well."),
    )  # fmt: skip
    first = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput)


class ConclusionForm(forms.Form):
    def __init__(self, data: Any, *, thread: Thread) -> None:
        super().__init__(data, initial={"conclusion": thread.conclusion})
        field = text(thread.channel, _("What came out of it"), 6)
        field.required, field.help_text = True, _("For those who were not there: what is settled, and what follows from it.")
        field.error_messages["required"] = NoConclusion.words
        self.fields["conclusion"] = field
