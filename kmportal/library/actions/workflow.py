"""The review workflow itself, made once at the start of a portal."""

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowPage, WorkflowTask

from kmportal.library.models import SecondPersonReview, SectionPage, SeminarIndexPage
from kmportal.people.roles import Role

TASK_NAME = "ตรวจโดยบุคคลที่สอง"
WORKFLOW_NAME = "การตรวจก่อนเผยแพร่"
# Wagtail's own first migration leaves a workflow without the second person on the root page.
WAGTAIL_DEFAULT = "Moderators approval"


@transaction.atomic
def ensure_workflow() -> Workflow:
    """Review by a second person for all that is added to lessons, practices and seminars. Idempotent."""
    reviewers, _ = Group.objects.get_or_create(name=Role.NETWORK_COORDINATOR.value)
    task = SecondPersonReview.objects.order_by("pk").first() or SecondPersonReview.objects.create(name=TASK_NAME)
    if not task.groups.exists():
        task.groups.add(reviewers)
    workflow = Workflow.objects.filter(workflow_tasks__task=task, active=True).order_by("pk").first()
    if workflow is None:
        workflow = Workflow.objects.create(name=WORKFLOW_NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
        # Only while nothing has gone through it: its history would go with it.
        unused = Workflow.objects.filter(name=WAGTAIL_DEFAULT, workflow_states=None)
        Task.objects.filter(workflow_tasks__workflow__in=unused, task_states=None).delete()
        unused.delete()
    for page in (*SectionPage.objects.exclude(lists=""), *SeminarIndexPage.objects.all()):
        WorkflowPage.objects.get_or_create(page=page.page_ptr, defaults={"workflow": workflow})
    return workflow
