"""What all shared things have: the community they belong to, who made them and when, and a way out of sight and back."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_TITLE = 200


def somebody(label: Any) -> Any:
    """A person who did something; what they did stays when their account goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label
    )


class Shared(models.Model):
    community = models.ForeignKey(
        "communities.Community", models.CASCADE, related_name="%(class)ss", verbose_name=_("community of practice")
    )
    author = somebody(_("made by"))
    created_at = models.DateTimeField(_("made on"))

    class Meta:
        abstract = True


class Deletable(models.Model):
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = somebody(_("deleted by"))

    class Meta:
        abstract = True
