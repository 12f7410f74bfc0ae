"""Forms of the CMS: only those circles one stands in oneself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.account import NotificationPreferencesForm
from wagtail.documents.forms import BaseDocumentForm

from kmportal.library.actions import texts
from kmportal.library.files import RefusedFile, inspect
from kmportal.library.models import LibraryDocument
from kmportal.library.visibility import Visibility


class KnowledgeForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "community" in self.fields:
            own_communities(self.fields["community"], self.for_user)


def own_communities(field: forms.Field, user: Any) -> None:
    """Members keep things to their own communities; the names of others', which may be hidden, are not offered."""
    choices: models.QuerySet[Any] = field.queryset  # type: ignore[attr-defined]  # a ModelChoiceField
    field.queryset = choices.filter(memberships__user=user) if user is not None else choices.none()  # type: ignore[attr-defined]  # as above


class DocumentForm(BaseDocumentForm):
    """Documents that come in by the CMS (choosers, bulk upload) meet the same care as those filed in the cabinet."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.actor = user
        if "community" in self.fields:
            own_communities(self.fields["community"], user)

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload and "file" in self.changed_data:
            data = upload.read()
            upload.seek(0)
            try:
                found = inspect(data, upload.name)
            except RefusedFile as refused:
                raise ValidationError(refused.words) from refused
            same = LibraryDocument.objects.visible_to(self.actor).filter(sha256=found.sha256).exclude(pk=self.instance.pk)
            if (document := same.first()) is not None:
                raise ValidationError(_("This file is in the cabinet already: %(title)s") % {"title": document.title})
            upload.name = found.name
            self.instance.sha256 = found.sha256
            texts.ask(document=self.instance, found=found)
        return upload

    def save(self, commit: bool = True) -> Any:
        document = super().save(commit)
        if commit:
            texts.read_soon(document=document)
        return document

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("visibility") == Visibility.AGENCY and not cleaned.get("agency"):
            self.add_error("agency", _("Choose the agency whose staff may read this."))
        if cleaned.get("visibility") == Visibility.COMMUNITY and not cleaned.get("community"):
            self.add_error("community", _("Choose the community whose members may read this."))
        return cleaned


class CommentNoticesForm(NotificationPreferencesForm):
    """Of Wagtail's mails the one about comments is left: the others are notices, and chosen where all notices are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("submitted_notifications", "approved_notifications", "rejected_notifications"):
            self.fields.pop(name, None)
