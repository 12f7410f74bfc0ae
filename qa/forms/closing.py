"""What is asked before a question is closed or a post deleted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qa.models import Question

LONGEST_WHY = 300


class OriginalForm(forms.Form):
    """The question that was asked before: one that the actor may read."""

    original = forms.ModelChoiceField(
        Question.objects.none(),
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Choose the question that was asked before."),
            "invalid_choice": _("That question cannot be found. Choose one from the list."),
        },
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["original"]
        field.queryset = Question.objects.visible_to(user)


class DeleteForm(forms.Form):
    why = forms.CharField(label=_("Reason"), max_length=LONGEST_WHY, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any, *, own: bool) -> None:
        super().__init__(data)
        self.fields["why"].required = not own
        self.fields["why"].help_text = (
            _("If you like: why it goes.") if own else _("The author and other moderators read it. Say which rule it is about.")
        )
