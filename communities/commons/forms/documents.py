"""Forms of documents."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from communities.commons.models.shared import LONGEST_TITLE


def _file(label: Any) -> forms.FileField:
    kinds = ",".join(f".{kind}" for kind in settings.WAGTAILDOCS_EXTENSIONS)
    return forms.FileField(
        label=label, max_length=255, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": kinds}),
        help_text=_("PDF, Word, Excel, PowerPoint, text or ZIP, up to 20 MB. Only members of the community can fetch it."),
    )  # fmt: skip


class ShareForm(forms.Form):
    file = _file(_("File"))
    title = forms.CharField(
        label=_("Title"), required=False, max_length=LONGEST_TITLE, help_text=_("Empty: the name of the file.")
    )
    summary = forms.CharField(label=_("What it is for"), required=False, max_length=400)


class VersionForm(forms.Form):
    file = _file(_("Newer file"))
    note = forms.CharField(label=_("What is new"), required=False, max_length=200)


class AboutForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    summary = forms.CharField(label=_("What it is for"), required=False, max_length=400)
