"""What several models of contests share."""

from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

LONGEST_TITLE = 160
LONGEST_LINE = 300
LONGEST_TEXT = 60_000
LONGEST_NOTE = 2000


def person(label: Any, related: str = "+", *, empty: bool = False) -> "models.ForeignKey[Any, Any]":
    """Accounts are switched off, not removed: who did it stays known."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=empty, blank=empty, related_name=related, verbose_name=label
    )


def private() -> Storage:
    """Outside the media folder: no address leads there but a view that asks who reads."""
    return storages["private"]
