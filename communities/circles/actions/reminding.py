"""The chore of the task worker: circles that begin soon, rounds over days that end soon. Each is told once."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from communities.circles import notices
from communities.circles.models import Circle, Part, Round
from communities.circles.models.templates import Mode
from kmportal.inbox.actions import tell
from kmportal.people.models import User

BEFORE_BEGIN = timedelta(minutes=15)
BEFORE_END = timedelta(hours=24)
AT_ONCE = 50


def remind() -> int:
    """Tells those who joined; gives how many circles and rounds were told of. Claimed by a conditional update: of two workers one tells."""
    now = timezone.now()
    soon = Circle.objects.gathering().filter(reminded_at=None, starts_at__gt=now, starts_at__lte=now + BEFORE_BEGIN)
    ending = Round.objects.ending_before(now + BEFORE_END).filter(mode=Mode.OFFLINE, reminded_at=None, ends_at__gt=now)
    told = sum(_begins(circle) for circle in soon[:AT_ONCE])
    return told + sum(_ends(one) for one in ending.select_related("circle")[:AT_ONCE])


@transaction.atomic
def _begins(circle: Circle) -> bool:
    if not Circle.objects.filter(pk=circle.pk, reminded_at=None, state=Circle.State.LOBBY).update(reminded_at=timezone.now()):
        return False
    starts = circle.starts_at.isoformat() if circle.starts_at else ""
    tell(kind=notices.SOON, recipients=_people(circle), thing=circle, key=f"{circle.pk} {starts}", data={"starts": starts})
    return True


@transaction.atomic
def _ends(one: Round) -> bool:
    if not Round.objects.filter(pk=one.pk, reminded_at=None, ended_at=None).update(reminded_at=timezone.now()):
        return False
    ends = one.ends_at.isoformat() if one.ends_at else ""
    tell(
        kind=notices.ENDING, recipients=_people(one.circle), thing=one.circle, key=f"{one.circle_id} {one.number} {ends}",
        data={"ends": ends},
    )  # fmt: skip
    return True


def _people(circle: Circle) -> list[User]:
    joined = Part.objects.filter(circle=circle).joined().values("user")
    return list(User.objects.filter(pk__in=joined, memberships__community=circle.channel.community_id))
