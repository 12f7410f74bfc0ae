"""What people fill in along the life of a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kmportal.core.choices import SeveralField
from kmportal.library.models import Item


class ItemsForm(forms.Form):
    """The seminar items a lesson is made from: only those the person may read are choices."""

    item = SeveralField(Item.objects.none(), widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["item"]
        field.queryset = Item.objects.visible_to(user).select_related("page", "talk__agency").order_by("page", "position")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is archived"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers who come by an old link see this. Name what replaced it, if anything did."),
    )


class OutdatedForm(forms.Form):
    text = forms.CharField(
        label=_("What is out of date"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Only the owner and the coordinators read this. If you know how it is now, tell them."),
    )


class CommentForm(forms.Form):
    comment = forms.CharField(
        label=_("What should change"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The writer reads this. Say what is missing and where."),
    )
