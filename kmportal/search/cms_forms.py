"""The form of a group of synonyms in the CMS. It checks nothing that the verb checks; the verb writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from kmportal.retrieval.models import SynonymGroup


class SynonymForm(WagtailAdminModelForm):
    # When the group was changed last, as this form shows it: somebody else may save in between.
    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(label=_("Keep a word that stands in another group as well"), required=False)

    class Meta:
        model = SynonymGroup
        fields = ["words", "note", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"].initial = self.instance.changed_at.isoformat()

    def verb(self) -> dict[str, Any]:
        """What synonyms.save_synonyms takes."""
        data = self.cleaned_data
        return {
            "words": str(data["words"]).splitlines(),
            "note": data["note"],
            "is_active": data["is_active"],
            "confirmed": data["confirmed"],
            "seen": data["seen"],
        }
