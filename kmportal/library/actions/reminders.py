"""Warns the keepers of content before and after its date of review, once at each stage."""

from datetime import date, timedelta

from django.db import transaction

from kmportal.library import review_mail
from kmportal.library.models import KnowledgePage, ReviewReminder
from kmportal.people.models import User

WARN_DAYS = 30


def remind_of_reviews(*, today: date) -> int:
    """Sends one mail per keeper about all pages due within 30 days, and one when a page is overdue; gives the number of mails.

    The owner is warned first; when a page is overdue its agency's coordinators are told as well. A mail that could not be handed
    over is tried again by the next run.
    """
    letters: dict[int, tuple[User, list[tuple[KnowledgePage, str]]]] = {}
    for page in (
        KnowledgePage.objects.due_by(today + timedelta(days=WARN_DAYS)).select_related("owner", "agency").order_by("review_due")
    ):
        stage = _stage(page, today)
        if ReviewReminder.objects.filter(page=page, due=page.review_due, stage=stage).exists():
            continue
        for user in review_mail.keepers(page, with_coordinators=stage == ReviewReminder.Stage.OVERDUE):
            letters.setdefault(user.pk, (user, []))[1].append((page, stage))
    return sum(_send(user, entries) for user, entries in letters.values())


def _stage(page: KnowledgePage, today: date) -> str:
    due = page.review_due
    return ReviewReminder.Stage.OVERDUE if due is not None and due <= today else ReviewReminder.Stage.SOON


def _send(user: User, entries: list[tuple[KnowledgePage, str]]) -> int:
    if not review_mail.remind(user, [page for page, _stage in entries]):
        return 0
    with transaction.atomic():
        for page, stage in entries:
            if page.review_due is not None:
                ReviewReminder.objects.get_or_create(page=page, due=page.review_due, stage=stage)
    return 1
