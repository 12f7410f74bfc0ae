"""The only receivers of the house: what follows when Wagtail publishes a page. Connected in LibraryConfig.ready."""

from typing import Any

from django.db.models import Model
from wagtail.signals import page_published

from kmportal.library.derived import refresh
from kmportal.library.models import KnowledgePage


def published(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """A page went live. Scheduled pages come again when their hour strikes; unpublished ones need nothing: rows follow `live`."""
    if isinstance(instance, KnowledgePage) and instance.live:
        refresh(instance)


def connect() -> None:
    page_published.connect(published, dispatch_uid="library.published")
