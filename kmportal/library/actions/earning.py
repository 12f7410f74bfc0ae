"""What the library pays points for: a lesson or practice that a second person let through, and knowledge checked when it was due."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone, translation
from wagtail.models import TaskState

from kmportal.library.actions.reminders import WARN_DAYS
from kmportal.library.models import Credit, KnowledgePage, SecondPersonReview
from kmportal.people.models import User
from rewards.actions.awarding import Share, award, award_shared, take_back
from rewards.models import Reason

# Whose knowledge it is gets twice what those get who wrote it down, and they twice what those get who led the talk.
WEIGHTS = {Credit.Part.TELLER.value: 4, Credit.Part.NOTE_TAKER.value: 2, Credit.Part.FACILITATOR.value: 1}


def reward_publication(*, page: KnowledgePage, at: datetime) -> None:
    """Shares the points of a published lesson or practice among the credited people who have accounts.

    Nothing without a second person's approval of this very version, and nothing more while an earlier award for the page stands. Runs
    in the transaction that publishes.
    """
    if not page.needs_review or not page.live or page.live_revision_id is None:
        return
    approval = (
        TaskState.objects.filter(
            revision=page.live_revision_id, status=TaskState.STATUS_APPROVED, task__in=SecondPersonReview.objects.values("pk")
        )
        .select_related("finished_by")
        .order_by("-pk")
        .first()
    )
    if approval is None or approval.finished_by is None:
        return
    award_shared(
        reason=Reason.LESSON_PUBLISHED, among=_shares(page), payer=approval.finished_by, source=_source(page), key=f"page {page.pk}",
        at=at, label=page.title, url=_address(page),
    )  # fmt: skip


def take_back_publication(*, page: KnowledgePage, at: datetime) -> None:
    """Unpublished while its points are on hold: they go back. What has become available stays earned."""
    if page.needs_review:
        take_back(source=_source(page), reason=Reason.LESSON_PUBLISHED, at=at, only_on_hold=True)


def reward_freshness(*, actor: User, page: KnowledgePage, was_due: date | None, at: datetime) -> None:
    """For confirming what was due for review, or will be within the days of warning; once for each due date."""
    if was_due is not None and was_due <= timezone.localdate(at) + timedelta(days=WARN_DAYS):
        award(
            reason=Reason.FRESHNESS_VERIFIED, earner=actor, payer=None, actor=actor, source=_source(page),
            key=f"page {page.pk} due {was_due.isoformat()}", at=at, label=page.title, url=_address(page),
        )  # fmt: skip


def _shares(page: KnowledgePage) -> list[Share]:
    """One share for each account, in the order of credits; who told and wrote counts as teller."""
    weights: dict[User, int] = {}
    credited = Credit.objects.filter(page=page.pk, person__user__isnull=False, person__user__is_active=True)
    for credit in credited.select_related("person__user").order_by("sort_order", "pk"):
        user: Any = credit.person.user
        weights[user] = max(WEIGHTS[credit.part], weights.get(user, 0))
    return [Share(user, weight) for user, weight in weights.items()]


def _source(page: KnowledgePage) -> KnowledgePage:
    """The row of the parent table: the same cause, whatever type the page was fetched as."""
    return KnowledgePage(pk=page.pk, title=page.title)


def _address(page: KnowledgePage) -> str:
    """Without a language; the statement turns it into its reader's."""
    with translation.override("th"):
        return str(page.get_url() or "")
