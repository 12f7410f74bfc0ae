"""What is due, told once: chores of the task worker. Each may run in several processes at the same time: who writes the mark, tells."""

from datetime import date, timedelta

from django.db import transaction

from communities.commons.actions.ground import today
from communities.commons.kinds import ITEM_DUE, ITEM_OVERDUE
from communities.commons.models import ActionItem
from kmportal.inbox.actions import tell

AHEAD, LATE = timedelta(days=3), timedelta(days=14)
ROWS_A_ROUND = 200
Stage = ActionItem.Reminded


def remind_of_items() -> None:
    """From three days before, on the day, and once when the day has passed; to the owner alone. Not on the day it was given."""
    day = today()
    stages = (
        (Stage.SOON, ITEM_DUE, day + timedelta(days=1), day + AHEAD),
        (Stage.TODAY, ITEM_DUE, day, day),
        (Stage.LATE, ITEM_OVERDUE, day - LATE, day - timedelta(days=1)),
    )
    for stage, kind, first, last in stages:
        waiting = ActionItem.objects.open().filter(due__range=(first, last), owner__is_active=True)
        waiting = waiting.exclude(reminded=stage).exclude(created_at__date=day)
        for item in waiting.select_related("owner", "community").order_by("due", "pk")[:ROWS_A_ROUND]:
            _remind(item, kind, stage, day)


@transaction.atomic
def _remind(item: ActionItem, kind: str, stage: Stage, day: date) -> None:
    marked = ActionItem.objects.filter(pk=item.pk, due=item.due, done_at=None).exclude(reminded=stage).update(reminded=stage)
    if marked and item.owner is not None:
        days = {"due": item.due.isoformat(), "days": (item.due - day).days}
        tell(kind=kind, recipients=[item.owner], thing=item, key=f"item:{item.pk}:{item.due}:{stage}", data=days)
