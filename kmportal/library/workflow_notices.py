"""The steps of Wagtail's workflow as notices. Each takes the place of the mail that Wagtail would send (library.receivers)."""

from typing import Any

from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)

from kmportal.inbox.actions import settle, tell
from kmportal.library.models import KnowledgePage
from kmportal.library.notices import APPROVED, REVIEW_WAITING, SENT_BACK


class TellReviewers(GroupApprovalTaskStateSubmissionEmailNotifier):
    """To the review group, those of it who may read the page: a title is content too."""

    def __call__(self, instance: Any = None, **kwargs: Any) -> Any:
        page = _knowledge(instance.workflow_state)
        if page is None or not self.can_handle(instance):
            return super().__call__(instance, **kwargs)
        readers = [
            user
            for user in self.get_recipient_users(instance, **kwargs).distinct()
            if KnowledgePage.objects.workable_by(user).filter(pk=page.pk).exists()
        ]
        actor = instance.workflow_state.requested_by
        tell(kind=REVIEW_WAITING, recipients=readers, actor=actor, thing=page, key=str(instance.pk), titles=_draft_titles(page))
        return True


class TellOfApproval(WorkflowStateApprovalEmailNotifier):
    """To whoever handed the page in: it is published."""

    def __call__(self, instance: Any = None, **kwargs: Any) -> Any:
        page = _knowledge(instance)
        if page is None:
            return super().__call__(instance, **kwargs)
        settle(kind=REVIEW_WAITING, thing=page)
        tell(
            kind=APPROVED, recipients=filter(None, [instance.requested_by]), actor=kwargs.get("user"), thing=page, key=str(instance.pk),
            data=_comment(instance),
        )  # fmt: skip
        return True


class TellOfRejection(WorkflowStateRejectionEmailNotifier):
    """To whoever handed the page in: what should change."""

    def __call__(self, instance: Any = None, **kwargs: Any) -> Any:
        page = _knowledge(instance)
        if page is None:
            return super().__call__(instance, **kwargs)
        settle(kind=REVIEW_WAITING, thing=page)
        tell(
            kind=SENT_BACK, recipients=filter(None, [instance.requested_by]), actor=kwargs.get("user"), thing=page,
            key=str(instance.current_task_state_id), data=_comment(instance), titles=_draft_titles(page),
        )  # fmt: skip
        return True


def cancelled(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Nobody needs to review it any more."""
    if page := _knowledge(instance):
        settle(kind=REVIEW_WAITING, thing=page)


def _knowledge(state: Any) -> KnowledgePage | None:
    return KnowledgePage.objects.filter(pk=int(state.object_id)).first()


def _draft_titles(page: KnowledgePage) -> tuple[str, str]:
    newest = page.get_latest_revision()
    return page.draft_title or page.title, str(newest.content.get("title_en", "")) if newest else page.title_en


def _comment(state: Any) -> dict[str, str]:
    comment = state.current_task_state.comment if state.current_task_state else ""
    return {"quote": comment} if comment else {}
