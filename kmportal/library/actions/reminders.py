"""Warns the keepers of content before and after its date of review, once at each stage."""

from datetime import date, timedelta

from django.db import transaction

from kmportal.inbox.actions import tell
from kmportal.library.keepers import keepers
from kmportal.library.models import KnowledgePage, ReviewReminder
from kmportal.library.notices import REVIEW_DUE

WARN_DAYS = 30


@transaction.atomic
def remind_of_reviews(*, today: date) -> int:
    """Tells the keepers about pages due within 30 days, and once more when one is overdue; gives the number of people told.

    The owner is warned first; when a page is overdue its agency's coordinators are told as well. All in one transaction, so that
    each gets one mail about all of their pages.
    """
    told: set[int] = set()
    due = KnowledgePage.objects.due_by(today + timedelta(days=WARN_DAYS)).select_related("owner", "agency")
    for page in due.order_by("review_due", "pk"):
        told |= _remind(page, today)
    return len(told)


def _remind(page: KnowledgePage, today: date) -> set[int]:
    overdue = page.review_due is not None and page.review_due <= today
    stage = ReviewReminder.Stage.OVERDUE if overdue else ReviewReminder.Stage.SOON
    if page.review_due is None or ReviewReminder.objects.filter(page=page, due=page.review_due, stage=stage).exists():
        return set()
    people = keepers(page, with_coordinators=overdue)
    if not people:
        return set()
    words = {"due": page.review_due.isoformat(), "overdue": overdue}
    tell(kind=REVIEW_DUE, recipients=people, thing=page, key=f"{page.pk}:{page.review_due}:{stage}", data=words)
    ReviewReminder.objects.get_or_create(page=page, due=page.review_due, stage=stage)
    return {user.pk for user in people}
