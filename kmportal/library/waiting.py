"""What waits in the review: read from Wagtail's workflow tables, within the circle that may read each page."""

from typing import Any

from wagtail.models import PageLogEntry, TaskState, WorkflowState

from kmportal.library.models import KnowledgePage, LessonPage, SecondPersonReview
from kmportal.library.ticks import ticks

HISTORY = 12


def waiting_for(user: Any) -> list[dict[str, Any]]:
    """Pages that others handed in and this person may judge, longest waiting first."""
    states: list[Any] = []
    for task in SecondPersonReview.objects.filter(active=True):
        found = task.get_task_states_user_can_moderate(user)
        states += found.select_related("workflow_state__requested_by", "revision").order_by("started_at")
    pages = KnowledgePage.objects.select_related("agency").in_bulk([int(state.workflow_state.object_id) for state in states])
    return [
        {
            "page": pages[pk],
            "title": state.revision.content.get("title", ""),
            "by": state.workflow_state.requested_by,
            "since": state.started_at,
        }
        for state in states
        if (pk := int(state.workflow_state.object_id)) in pages
    ]


def sent_back_to(user: Any) -> list[dict[str, Any]]:
    """Own drafts that a reviewer sent back, with the comment."""
    states = (
        WorkflowState.objects.filter(requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES)
        .select_related("current_task_state__finished_by")
        .order_by("-current_task_state__finished_at")
    )
    pages = KnowledgePage.objects.workable_by(user).in_bulk([int(state.object_id) for state in states])
    return [
        {"page": pages[pk], "comment": _comment(state), "by": state.current_task_state and state.current_task_state.finished_by}
        for state in states
        if (pk := int(state.object_id)) in pages
    ]


def returned(page: Any) -> TaskState | None:
    """The reviewer's answer to a draft that was sent back and not handed in again."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    answer: TaskState | None = state.current_task_state
    return answer


def _comment(state: WorkflowState) -> str:
    task_state: TaskState | None = state.current_task_state
    return task_state.comment if task_state else ""


def draft_of(page: Any) -> dict[str, Any]:
    """The newest version as an object, who wrote it, and the five ticks where it is a lesson."""
    revision = page.get_latest_revision()
    draft = revision.as_object() if revision else page
    return {"draft": draft, "revision": revision, "ticks": ticks(draft) if isinstance(draft, LessonPage) else []}


def history_of(page: Any) -> list[PageLogEntry]:
    """The last steps of the page's life, newest first: who, what, when, why."""
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=SHOWN).select_related("user")
    return list(entries.order_by("-timestamp", "-pk")[:HISTORY])


SHOWN = (
    "wagtail.publish",
    "wagtail.unpublish",
    "wagtail.workflow.start",
    "wagtail.workflow.resume",
    "wagtail.workflow.approve",
    "wagtail.workflow.reject",
    "wagtail.workflow.cancel",
    "library.confirm",
    "library.archive",
    "library.restore",
)
