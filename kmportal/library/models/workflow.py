"""Review by a second person, what people may do with a knowledge page in the CMS, and the traces of keeping content current."""

import re
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import GroupApprovalTask, PagePermissionTester
from wagtail.models import Page as WagtailPage

from kmportal.library import gates

APPROVE, SEND_BACK = "approve", "reject"
_BLOCK_KEYS = re.compile(r' data-block-key="[^"]*"')


class SecondPersonReview(GroupApprovalTask):
    """A group approval by somebody who neither handed the page in nor wrote the version under review; superusers are no exception."""

    class Meta:
        verbose_name = _("review by a second person")
        verbose_name_plural = _("reviews by a second person")

    def refusal(self, page: Any, user: Any, action: str) -> str:
        """Why this person may not take the action; empty where they may. The words are shown to them."""
        state = page.current_workflow_state
        if state is None or not (user.is_superuser or self._user_in_groups(user)):
            return str(_("Only members of the review group may do this."))
        if not _may_work_on(page, user):
            return str(_("Only members of the review group may do this."))
        if state.requested_by_id == user.pk:
            return str(_("You handed this in. A second person has to review it."))
        if action == APPROVE and _wrote_the_words(page, user):
            return str(_("You wrote this version. Somebody else has to approve it, or you send it back."))
        if action == APPROVE and (missing := gates.reason_to_wait(page)):
            return str(missing)
        return ""

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        return [action for action in super().get_actions(obj, user) if not self.refusal(obj, user, action[0])]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """The last wall: whatever screen or script asks.

        Raises:
            PermissionDenied: with the reason in words.
        """
        if action_name in {APPROVE, SEND_BACK}:
            page = WagtailPage.objects.get(pk=task_state.workflow_state.object_id).specific
            if reason := self.refusal(page, user, action_name):
                raise PermissionDenied(reason)
            newest = page.get_latest_revision()
            if newest is not None and newest.user_id == user.pk and newest.pk != task_state.revision_id:
                # Their own saving, which changed no word (refusal): the approval is of it. A later version of somebody else is not
                # approved with an earlier one; Wagtail then asks again.
                task_state.revision = newest
                task_state.save(update_fields=["revision"])
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """Those in progress that others handed in, on pages this person may read."""
        states = super().get_task_states_user_can_moderate(user, **kwargs).exclude(workflow_state__requested_by=user)
        pages = WagtailPage.objects.filter(pk__in=[int(pk) for pk in states.values_list("workflow_state__object_id", flat=True)])
        mine = [str(page.pk) for page in pages.specific() if _may_work_on(page, user)]
        return states.filter(workflow_state__object_id__in=mine)

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups review; whoever handed in or wrote the version cannot approve it")


def _wrote_the_words(page: Any, user: Any) -> bool:
    """Whether the newest version is this person's and says something else than the last version of anybody else.

    Opening and saving in the editor makes a version too: the same words with other keys of paragraphs are nobody's change.
    """
    newest = None
    for revision in page.revisions.order_by("-created_at", "-pk").iterator():
        newest = newest or revision
        if revision.user_id != user.pk:
            return newest.user_id == user.pk and _words(newest.content) != _words(revision.content)
    return newest is not None


def _words(content: dict[str, Any]) -> Any:
    """What a version says: its fields and children, without keys, times and places that every saving renews."""
    known = {field.name for field in WagtailPage._meta.get_fields()} - {"title"}
    return _plain({name: value for name, value in content.items() if name not in known})


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if name not in {"pk", "id", "page", "sort_order"}}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return _BLOCK_KEYS.sub("", value) if isinstance(value, str) else value


def _may_work_on(page: Any, user: Any) -> bool:
    """Plain pages carry no circle; knowledge pages may be worked on by those who may read them."""
    manager = type(page).objects
    return not hasattr(manager, "workable_by") or manager.workable_by(user).filter(pk=page.pk).exists()


class KnowledgePermissions(PagePermissionTester):
    """What a person may do with a knowledge page in the CMS: Wagtail's group rights, within the circle that may read it.

    Lessons and best practices are published by a second person's approval alone, so direct publishing is offered to nobody.
    """

    def __init__(self, user: Any, page: Any) -> None:
        super().__init__(user, page)
        self.permissions: set[str] = getattr(self, "permissions", set())
        self.workable = page.pk is None or _may_work_on(page, user)
        self.needs_review = page.specific_class.needs_review

    def can_edit(self) -> bool:
        return self.workable and super().can_edit()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self.workable and super().can_delete(ignore_bulk)

    def can_publish(self) -> bool:
        return self.workable and not self.needs_review and super().can_publish()

    def can_unpublish(self) -> bool:
        return self.workable and super().can_unpublish()

    def can_unschedule(self) -> bool:
        return self.workable and super().can_publish()

    def can_submit_for_moderation(self) -> bool:
        return self.workable and super().can_submit_for_moderation()

    def can_set_view_restrictions(self) -> bool:
        """Never: who may read stands in the page's own visibility, and two rules would contradict each other."""
        return False

    def can_lock(self) -> bool:
        return self.workable and super().can_lock()

    def can_unlock(self) -> bool:
        return self.workable and super().can_unlock()

    def can_view_revisions(self) -> bool:
        return self.workable and super().can_view_revisions()

    def can_copy_to(self, destination: Any, recursive: bool = False) -> bool:
        return self.workable and super().can_copy_to(destination, recursive)

    def can_move_to(self, destination: Any) -> bool:
        return self.workable and super().can_move_to(destination)


class HolderPermissions(PagePermissionTester):
    """A page that holds others. What acts on all below would take along pages of closed circles, and says how many there are."""

    def can_copy(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False


class SectionPermissions(HolderPermissions):
    """A section that holds lessons or practices: nothing is published in the same breath as it is made, or copied."""

    def can_publish_subpage(self) -> bool:
        return False


class OutdatedReport(models.Model):
    """A reader tells the owner that something no longer holds. Private to the owner and the coordinators."""

    page = models.ForeignKey("library.KnowledgePage", models.CASCADE, related_name="outdated_reports", verbose_name=_("page"))
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="outdated_reports", verbose_name=_("told by")
    )
    text = models.TextField(_("what is out of date"), max_length=1000)
    created_at = models.DateTimeField(_("told"), auto_now_add=True)
    closed_at = models.DateTimeField(_("dealt with"), null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("report of outdated content")
        verbose_name_plural = _("reports of outdated content")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "reporter"], condition=models.Q(closed_at=None), name="library_one_open_report_per_reader"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} · {self.reporter_id}"


class ReviewReminder(models.Model):
    """A reminder that went out, so that nobody is reminded twice of the same due date at the same stage."""

    class Stage(models.TextChoices):
        SOON = "soon", pgettext_lazy("reminder", "Due soon")
        OVERDUE = "overdue", pgettext_lazy("reminder", "Overdue")

    page = models.ForeignKey("library.KnowledgePage", models.CASCADE, related_name="reminders", verbose_name=_("page"))
    due = models.DateField(_("due for review"))
    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = _("review reminder")
        verbose_name_plural = _("review reminders")
        constraints = [models.UniqueConstraint(fields=["page", "due", "stage"], name="library_reminded_once_per_stage")]

    def __str__(self) -> str:
        return f"{self.page_id} · {self.due} · {self.stage}"
