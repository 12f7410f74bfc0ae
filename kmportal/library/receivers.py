"""The only receivers of the house: what follows when Wagtail publishes a page. Connected in LibraryConfig.ready."""

from typing import Any

from django.db.models import Model
from wagtail.models import TaskState
from wagtail.signals import page_published, task_submitted

from kmportal.library.derived import refresh
from kmportal.library.models import KnowledgePage
from kmportal.library.review_mail import ReviewersNotifier


def published(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """A page went live. Scheduled pages come again when their hour strikes; unpublished ones need nothing: rows follow `live`."""
    if isinstance(instance, KnowledgePage) and instance.live:
        refresh(instance)


def connect() -> None:
    page_published.connect(published, dispatch_uid="library.published")
    # Wagtail's mail goes to the whole review group, ours to those of it who may read the page. The name is Wagtail's own: the first
    # to connect under it stays, and this app stands before wagtail.admin.
    task_submitted.connect(
        ReviewersNotifier(), sender=TaskState, weak=False, dispatch_uid="group_approval_task_submitted_email_notification"
    )
