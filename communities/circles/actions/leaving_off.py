"""The chore that ends what everybody left: a circle that nobody came to any more is closed and its record kept, one that nobody began
is called off. Its facilitators are told.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from communities.circles import notices
from communities.circles.actions.ground import happened, take_for_portal
from communities.circles.actions.moving import end_round
from communities.circles.models import Circle, Round
from communities.circles.models.templates import Mode
from kmportal.inbox.actions import settle, tell

LONG = timedelta(days=7)
"""For what has no hour: rounds over days, and a lobby that waits until all are here."""
AT_ONCE = 50
State = Circle.State


def end_left() -> int:
    """Ends what was left; gives how many circles. Asked again under the lock of the channel: of two workers one ends it."""
    if not settings.CIRCLE_QUIET_HOURS:
        return 0
    now, quiet = timezone.now(), timedelta(hours=settings.CIRCLE_QUIET_HOURS)
    to_come = Q(state=State.LOBBY, starts_at__gte=now - quiet)
    old = Circle.objects.filter(state__in=[State.LOBBY, State.RUNNING, State.WRAP_UP], created_at__lt=now - quiet).exclude(
        to_come
    )
    left = [one.pk for one in old if _is_left(one, now)]
    return sum(_end(circle=key, now=now) for key in left[:AT_ONCE])


def _is_left(circle: Circle, now: datetime) -> bool:
    quiet = timedelta(hours=settings.CIRCLE_QUIET_HOURS)
    if circle.state == State.LOBBY:
        waits = quiet if circle.starts_at else LONG
        return _last_sign(circle, circle.starts_at or circle.created_at) + waits < now
    current = Round.objects.filter(circle=circle, number=circle.round_number).first()
    if current is None:
        return False
    waits = LONG if current.mode == Mode.OFFLINE else quiet
    # The clock of a round that runs is a sign of life until it has run out.
    clock = circle.wrapped_at or current.ends_at or current.started_at or circle.created_at
    return _last_sign(circle, clock) + waits < now


def _last_sign(circle: Circle, since: datetime) -> datetime:
    """The last that anybody did in it: came, or said something."""
    came = circle.parts.aggregate(last=Max("consented_at"))["last"]
    said = circle.said.aggregate(last=Max("message__created_at"))["last"]
    return max(one for one in (since, came, said) if one is not None)


@transaction.atomic
def _end(*, circle: int, now: datetime) -> bool:
    found = take_for_portal(circle=circle)
    if found.is_over or not _is_left(found, now):
        return False
    began = found.state != State.LOBBY
    if found.state == State.RUNNING:
        end_round(circle=found, number=found.round_number, at=now)
    found.state, found.closed_at, found.left_alone = (State.CLOSED if began else State.CANCELLED), now, True
    found.save(update_fields=["state", "closed_at", "left_alone"])
    what = "closed" if began else "cancelled"
    happened(circle=found, what=what, at=now)
    for kind in (notices.PLANNED, notices.INVITED, notices.STARTED):
        settle(kind=kind, thing=found)
    tell(kind=notices.LEFT, recipients=notices.leaders_of(found), thing=found, key=str(found.pk), data={"what": what})
    return True
