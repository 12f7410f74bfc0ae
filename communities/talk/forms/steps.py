"""What buttons send."""

from typing import Any

from django import forms

from communities.talk.models import Message, Reaction

LARGEST = 2**53
SWITCH = (("1", ""), ("0", ""))


class ReadForm(forms.Form):
    seq = forms.IntegerField(min_value=0, max_value=LARGEST)


class ReactForm(forms.Form):
    """Without `on` the button is a switch: what was pressed is pressed off."""

    kind = forms.ChoiceField(choices=Reaction.Kind.choices)
    on = forms.ChoiceField(choices=SWITCH, required=False)

    def wanted(self, message: Message, user: Any) -> bool:
        if self.cleaned_data["on"]:
            return bool(self.cleaned_data["on"] == "1")
        given = {(reaction.kind, reaction.user_id) for reaction in message.reactions.all()}
        return (self.cleaned_data["kind"], user.pk) not in given


class PinForm(forms.Form):
    on = forms.ChoiceField(choices=SWITCH, required=False)

    def wanted(self, message: Message) -> bool:
        self.is_valid()
        return self.cleaned_data["on"] == "1" if self.cleaned_data.get("on") else message.pinned_at is None
