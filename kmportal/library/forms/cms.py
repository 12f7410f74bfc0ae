"""Forms of the CMS: only those circles one stands in oneself."""

from typing import Any

from django import forms
from django.db import models
from wagtail.admin.forms import WagtailAdminPageForm


class KnowledgeForm(WagtailAdminPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "community" in self.fields:
            own_communities(self.fields["community"], self.for_user)


def own_communities(field: forms.Field, user: Any) -> None:
    """Members keep things to their own communities; the names of others', which may be hidden, are not offered."""
    choices: models.QuerySet[Any] = field.queryset  # type: ignore[attr-defined]  # a ModelChoiceField
    field.queryset = choices.filter(memberships__user=user) if user is not None else choices.none()  # type: ignore[attr-defined]
