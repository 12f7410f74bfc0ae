"""The life of a knowledge page: handed in, approved or sent back by a second person, confirmed, archived, restored, reported.

Draft, in review and published are Wagtail's; due for review is a published page whose date has come; archived keeps its address but
leaves every list. Each step stands in the page's history with name, time and reason.
"""

import calendar
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Site, WorkflowState

from kmportal.inbox.actions import tell
from kmportal.library import gates
from kmportal.library.actions.earning import reward_freshness
from kmportal.library.actions.workflow import ensure_workflow
from kmportal.library.keepers import keepers
from kmportal.library.models import KnowledgePage, OutdatedReport, SiteWords
from kmportal.library.models.workflow import APPROVE, SEND_BACK
from kmportal.library.notices import OUTDATED
from kmportal.library.permissions import can_keep_current, can_report_outdated, can_work_on
from kmportal.retrieval import actions as search

REPORTS_A_DAY = 10
__all__ = ["approve", "archive", "confirm_still_correct", "ensure_workflow", "hand_in", "report_outdated", "restore", "send_back"]


class ReviewError(Exception):
    """The step is not possible now; `words` say why and what to do."""

    words: Any = ""


class NoReviewHere(ReviewError):
    words = _("Pages in this part of the library are not reviewed. Ask a site administrator to attach the review workflow.")


class Waits(ReviewError):
    """Another part demands something first; it says what."""

    def __init__(self, words: Any) -> None:
        super().__init__(words)
        self.words = words


class InReviewAlready(ReviewError):
    words = _("This page has been handed in already and waits for its review.")


class NotInReview(ReviewError):
    words = _("This page is not in review any more. Somebody may have dealt with it just now.")


class ChangedMeanwhile(ReviewError):
    words = _("The text was changed after you opened it. Read the new version, then approve it.")


class CommentMissing(ReviewError):
    words = _("Say in a few words what should change.")


class ReasonMissing(ReviewError):
    words = _("Give a reason: readers who come by an old link will see it.")


class NotPublished(ReviewError):
    words = _("Only published pages can be confirmed, archived or restored.")


class TooManyReports(ReviewError):
    words = _("You have sent ten reports today. Thank you; please go on tomorrow.")


# --- Review by a second person ---------------------------------------------------------------------------------------------------
@transaction.atomic
def hand_in(*, actor: Any, page: KnowledgePage) -> None:
    """Asks for the review by a second person.

    Raises:
        PermissionDenied: the actor may not edit the page.
        Waits, InReviewAlready, NoReviewHere
    """
    page = _specific(page)
    if not can_work_on(actor, page):
        raise PermissionDenied
    start_review(actor=actor, page=page)


@transaction.atomic
def start_review(*, actor: Any, page: KnowledgePage) -> None:
    """The same, for verbs of other parts that have asked themselves whether the actor may.

    Raises:
        Waits: another part demands something first.
        InReviewAlready, NoReviewHere
    """
    page = _specific(page)
    if missing := gates.reason_to_wait(page):
        raise Waits(missing)
    if page.workflow_in_progress:
        raise InReviewAlready
    workflow = page.get_workflow()
    if workflow is None:
        raise NoReviewHere
    if page.get_latest_revision() is None:
        page.save_revision(user=actor)
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        # Whoever hands in again takes the place of the first: a second person is second to them.
        state.requested_by = actor
        state.save(update_fields=["requested_by"])
        state.resume(user=actor)
    else:
        workflow.start(page, actor)


@transaction.atomic
def approve(*, actor: Any, page: KnowledgePage, seen: int | None = None, comment: str = "") -> None:
    """Publishes what was handed in.

    Args:
        seen: the key of the version that the reviewer read; without it, the version that was handed in.

    Raises:
        PermissionDenied: not in the review group, the one who handed in, or the one who wrote this version; with the reason.
        ChangedMeanwhile: there is a newer version of somebody else.
        NotInReview
    """
    _judge(actor, page, APPROVE, comment, seen)


@transaction.atomic
def send_back(*, actor: Any, page: KnowledgePage, comment: str) -> None:
    """Returns the page to the one who handed it in, with what should change.

    Raises:
        PermissionDenied, NotInReview, CommentMissing
    """
    if not comment.strip():
        raise CommentMissing
    _judge(actor, page, SEND_BACK, comment.strip())


def _judge(actor: Any, page: KnowledgePage, action: str, comment: str, seen: int | None = None) -> None:
    page = _specific(page)
    if not KnowledgePage.objects.workable_by(actor).filter(pk=page.pk).exists():
        raise PermissionDenied
    task_state = page.current_workflow_task_state
    if task_state is None:
        raise NotInReview
    newest = page.get_latest_revision()
    if action == APPROVE and newest is not None and newest.user_id != actor.pk:
        if newest.pk != (seen or task_state.revision_id):
            raise ChangedMeanwhile
        task_state.revision = newest
        task_state.save(update_fields=["revision"])
    task_state.task.specific.on_action(task_state, actor, action, comment=comment)


# --- Keeping content current -----------------------------------------------------------------------------------------------------
@transaction.atomic
def confirm_still_correct(*, actor: Any, page: KnowledgePage) -> date:
    """Sets the next date of review and closes what readers reported; gives the new date.

    Raises:
        PermissionDenied: neither owner nor coordinator.
        NotPublished
    """
    _require_keeper(actor, page)
    now = timezone.now()
    due = next_review(timezone.localdate(now))
    was_due = KnowledgePage.objects.filter(pk=page.pk).values_list("review_due", flat=True).first()
    changed = KnowledgePage.objects.filter(pk=page.pk, live=True, archived_at=None).update(review_due=due, confirmed_at=now)
    if not changed:
        raise NotPublished
    _close_reports(page)
    search.index([page])
    reward_freshness(actor=actor, page=page, was_due=was_due, at=now)
    log(instance=_specific(page), action="library.confirm", user=actor, data={"due": due.isoformat()})
    return due


@transaction.atomic
def archive(*, actor: Any, page: KnowledgePage, reason: str) -> None:
    """Takes the page out of all lists; its address goes on and shows the reason.

    Raises:
        PermissionDenied, ReasonMissing, NotPublished
    """
    _require_keeper(actor, page)
    if not reason.strip():
        raise ReasonMissing
    changed = KnowledgePage.objects.filter(pk=page.pk, live=True, archived_at=None).update(archived_at=timezone.now())
    if not changed:
        raise NotPublished
    _close_reports(page)
    search.index([page])
    log(instance=_specific(page), action="library.archive", user=actor, data={"reason": reason.strip()[:500]})


@transaction.atomic
def restore(*, actor: Any, page: KnowledgePage) -> None:
    """Brings an archived page back into the lists, with a fresh date of review.

    Raises:
        PermissionDenied, NotPublished
    """
    _require_keeper(actor, page)
    now = timezone.now()
    changed = (
        KnowledgePage.objects.filter(pk=page.pk, live=True)
        .exclude(archived_at=None)
        .update(archived_at=None, confirmed_at=now, review_due=next_review(timezone.localdate(now)))
    )
    if not changed:
        raise NotPublished
    search.index([page])
    log(instance=_specific(page), action="library.restore", user=actor)


@transaction.atomic
def report_outdated(*, actor: Any, page: KnowledgePage, text: str) -> OutdatedReport:
    """Tells the owner, privately, what no longer holds. A second report of the same reader replaces the first.

    Raises:
        PermissionDenied: not signed in, or not a reader of the page.
        CommentMissing, TooManyReports
    """
    if not can_report_outdated(actor, page):
        raise PermissionDenied
    if not text.strip():
        raise CommentMissing
    since = timezone.now() - timedelta(days=1)
    if OutdatedReport.objects.filter(reporter=actor, created_at__gte=since).exclude(page=page).count() >= REPORTS_A_DAY:
        raise TooManyReports
    report, is_new = _open_report(actor, page, text.strip()[:1000])
    if is_new:
        words = {"quote": report.text}
        tell(
            kind=OUTDATED, recipients=keepers(page), actor=actor, thing=page, key=str(report.pk), data=words, group=str(page.pk)
        )  # fmt: skip
    return report


def _open_report(actor: Any, page: KnowledgePage, text: str) -> tuple[OutdatedReport, bool]:
    try:
        with transaction.atomic():
            return OutdatedReport.objects.update_or_create(
                page_id=page.pk, reporter=actor, closed_at=None, defaults={"text": text}
            )
    except IntegrityError:
        # The same reader pressed twice at the same time; the other request has made it.
        return OutdatedReport.objects.get(page_id=page.pk, reporter=actor, closed_at=None), False


def next_review(today: date) -> date:
    """The date on which what is correct today should be looked at again (SiteWords.review_months)."""
    site = Site.objects.filter(is_default_site=True).first()
    months = SiteWords.for_site(site).review_months if site else SiteWords._meta.get_field("review_months").default
    whole = today.year * 12 + today.month - 1 + int(months)
    year, month = whole // 12, whole % 12 + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _require_keeper(actor: Any, page: KnowledgePage) -> None:
    if not can_keep_current(actor, page):
        raise PermissionDenied


def _close_reports(page: KnowledgePage) -> None:
    OutdatedReport.objects.filter(page=page.pk, closed_at=None).update(closed_at=timezone.now())


def _specific(page: KnowledgePage) -> Any:
    """As the database has it now, of its own type."""
    return KnowledgePage.objects.get(pk=page.pk).specific
