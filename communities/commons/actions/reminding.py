"""What is due, told once: chores of the task worker. Each may run in several processes at the same time: who writes the mark, tells."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from communities.commons.actions.events import drop_answers
from communities.commons.actions.ground import today
from communities.commons.kinds import EVENT_TOMORROW, ITEM_DUE, ITEM_OVERDUE
from communities.commons.models import ActionItem, Event, Rsvp
from communities.models import Membership
from kmportal.inbox.actions import tell

AHEAD, LATE = timedelta(days=3), timedelta(days=14)
BEFORE = timedelta(hours=24)
ROWS_A_ROUND, EVENTS_A_ROUND = 200, 20
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
        waiting = ActionItem.objects.filter(done_at=None, due__range=(first, last), owner__is_active=True)
        waiting = waiting.exclude(reminded=stage).exclude(created_at__date=day)
        for item in waiting.select_related("owner", "community").order_by("due", "pk")[:ROWS_A_ROUND]:
            _remind(item, kind, stage, day)


@transaction.atomic
def _remind(item: ActionItem, kind: str, stage: Stage, day: date) -> None:
    marked = ActionItem.objects.filter(pk=item.pk, due=item.due, done_at=None).exclude(reminded=stage).update(reminded=stage)
    if marked and item.owner is not None:
        days = {"due": item.due.isoformat(), "days": (item.due - day).days}
        tell(kind=kind, recipients=[item.owner], thing=item, key=f"item:{item.pk}:{item.due}:{stage}", data=days)


def remind_of_events() -> None:
    """The day before, to those who come or may come; and places of people who have left go to who waits."""
    now = timezone.now()
    for event in _with_people_who_left(now):
        drop_answers(event=event)
    soon = Event.objects.filter(starts_at__gt=now, starts_at__lte=now + BEFORE, reminded_at=None, cancelled_at=None)
    for event in soon.select_related("community").order_by("starts_at")[:EVENTS_A_ROUND]:
        _remind_of(event)


def _with_people_who_left(now: datetime) -> list[Event]:
    """Events to come that count somebody who is no longer a member."""
    here = Membership.objects.filter(community=OuterRef("event__community"), user=OuterRef("user"))
    gone = Rsvp.objects.filter(~Exists(here), event=OuterRef("pk"))
    return list(Event.objects.filter(Exists(gone), starts_at__gt=now, cancelled_at=None).order_by("starts_at")[:EVENTS_A_ROUND])


@transaction.atomic
def _remind_of(event: Event) -> None:
    if not Event.objects.filter(pk=event.pk, reminded_at=None, cancelled_at=None).update(reminded_at=timezone.now()):
        return
    # What was called for tomorrow is known well enough.
    if event.starts_at - event.created_at <= BEFORE:
        return
    rows = event.rsvps.filter(answer__in=[Rsvp.Answer.YES, Rsvp.Answer.MAYBE]).select_related("user")
    data = {"starts_at": event.starts_at.isoformat(), "place": event.place}
    key = f"event:{event.pk}:{event.starts_at:%Y%m%d%H%M}"
    tell(kind=EVENT_TOMORROW, recipients=[row.user for row in rows], thing=event, key=key, data=data)
