"""The receivers of the house, besides the pair that keeps the search index (retrieval.receivers): what follows when Wagtail publishes,
unpublishes or moves a page, or guards it. Connected in LibraryConfig.ready.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from wagtail import signals
from wagtail.models import Page, PageViewRestriction, TaskState, WorkflowState
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from kmportal.library.actions import earning
from kmportal.library.derived import refresh
from kmportal.library.models import KnowledgePage
from kmportal.library.workflow_notices import TellOfApproval, TellOfRejection, TellReviewers, cancelled
from kmportal.retrieval import actions as search


def published(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """A page went live. Scheduled pages come again when their hour strikes; unpublished ones need nothing: rows follow `live`."""
    if isinstance(instance, KnowledgePage) and instance.live:
        refresh(instance)
        earning.reward_publication(page=instance, at=timezone.now())


def unpublished(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Out of the search at once. Wagtail says so also before it deletes a page, when the row is still live."""
    search.forget(type(instance), [instance.pk])
    if isinstance(instance, KnowledgePage):
        earning.take_back_publication(page=instance, at=timezone.now())


def moved(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """The page has another address, and so has all below it: rows that Wagtail changes in one statement, without a signal."""
    search.index_keys(Page, list(Page.objects.descendant_of(instance, inclusive=True).values_list("pk", flat=True)))


def guarded(sender: type[Model], instance: Any, **kwargs: Any) -> None:
    """Wagtail's own privacy was set on a page, or taken away; it holds for all below."""
    moved(sender, instance.page)


def connect() -> None:
    page_published.connect(published, dispatch_uid="library.published")
    page_unpublished.connect(unpublished, dispatch_uid="library.unpublished")
    for signal in (page_slug_changed, post_page_move):
        signal.connect(moved, dispatch_uid="library.moved")
    for signal in (post_save, post_delete):
        signal.connect(guarded, sender=PageViewRestriction, dispatch_uid="library.guarded")
    # In the place of Wagtail's own mails. The names are Wagtail's: the first to connect under one stays, and this app stands before
    # wagtail.admin.
    told = ((signals.task_submitted, TellReviewers, TaskState, "group_approval_task_submitted"),
            (signals.workflow_approved, TellOfApproval, WorkflowState, "workflow_state_approved"),
            (signals.workflow_rejected, TellOfRejection, WorkflowState, "workflow_state_rejected"))  # fmt: skip
    for signal, notifier, sender, name in told:
        signal.connect(notifier(), sender=sender, weak=False, dispatch_uid=f"{name}_email_notification")
    signals.workflow_cancelled.connect(cancelled, sender=WorkflowState, dispatch_uid="library.review_cancelled")
