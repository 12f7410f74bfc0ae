"""Forms of action items."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.commons.forms.fields import DayField, MemberField
from communities.commons.models.items import LONGEST_ITEM
from communities.models import Community


class NoteForm(forms.Form):
    """Done, or opened again."""

    note = forms.CharField(label=_("A word on it"), required=False, max_length=300)


class ItemForm(forms.Form):
    text = forms.CharField(
        label=_("What is to be done"), max_length=LONGEST_ITEM, help_text=_("Begin with a verb, and say what is there when it is done."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    due = DayField(label=_("Due"))

    field_order = ("text", "owner", "due")

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = MemberField(
            community, label=pgettext_lazy("action item", "Owner"), help_text=_("One person. Others can help.")
        )
        self.order_fields(self.field_order)


class MoveForm(forms.Form):
    due = DayField(label=_("New day"))
    note = forms.CharField(label=_("Why"), required=False, max_length=300)


class HandForm(forms.Form):
    note = forms.CharField(label=_("A word to the new owner"), required=False, max_length=300)
    field_order = ("owner", "note")

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = MemberField(community, label=_("New owner"))
        self.order_fields(self.field_order)
