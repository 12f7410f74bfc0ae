"""Small groups: each writes in a thread of its own, which all members may read (docs/CIRCLES.md says why)."""

from datetime import datetime
from random import SystemRandom

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from communities.circles.actions.ground import CircleError, happened, take_to_lead, the_round
from communities.circles.models import Circle, InGroup, Part, Round
from communities.circles.models.templates import Mode
from communities.talk.models import Thread
from kmportal.people.models import User

SIZE = 4


class NoSuchGroup(CircleError):
    words = _("There is no such group in this round.")


@transaction.atomic
def divide(*, actor: User, circle: int, seen: int, size: int = SIZE) -> int:
    """Puts all who joined into groups of about `size`, by chance; gives the number of groups. What was written stays where it is.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow
    """
    current = take_to_lead(actor=actor, circle=circle)
    now_round, now = the_round(circle=current, number=seen, modes=(Mode.SMALL,)), timezone.now()
    number = divide_at_random(circle=current, now_round=now_round, at=now, size=max(2, min(size, 12)))
    happened(circle=current, what="groups", at=now)
    return number


@transaction.atomic
def put(*, actor: User, circle: int, seen: int, part: int, number: int) -> InGroup:
    """Puts somebody who joined into a group by hand; the number after the last one opens a group.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow, Part.DoesNotExist, NoSuchGroup
    """
    current = take_to_lead(actor=actor, circle=circle)
    now_round = the_round(circle=current, number=seen, modes=(Mode.SMALL,))
    someone = Part.objects.joined().exclude(role=Part.Role.OBSERVER).get(pk=part, circle=current)
    now = timezone.now()
    place, _made = InGroup.objects.update_or_create(
        round=now_round, part=someone, defaults={"number": number, "thread": _thread_of(current, now_round, number, now)}
    )
    happened(circle=current, what="groups", at=now)
    return place


def _thread_of(circle: Circle, now_round: Round, number: int, at: datetime) -> Thread:
    threads = {one.number: one.thread for one in InGroup.objects.filter(round=now_round).select_related("thread")}
    if number in threads:
        return threads[number]
    if number != max(threads, default=0) + 1:
        raise NoSuchGroup
    return _thread(circle, now_round, number, at)


def divide_at_random(*, circle: Circle, now_round: Round, at: datetime, size: int = SIZE) -> int:
    """In the caller's transaction. Threads of an earlier division are used again, further ones opened."""
    people = list(Part.objects.filter(circle=circle).joined().exclude(role=Part.Role.OBSERVER))
    SystemRandom().shuffle(people)
    number = max(1, round(len(people) / size)) if people else 0
    threads = {one.number: one.thread for one in InGroup.objects.filter(round=now_round).select_related("thread")}
    InGroup.objects.filter(round=now_round).delete()
    for group in range(1, number + 1):
        if group not in threads:
            threads[group] = _thread(circle, now_round, group, at)
    InGroup.objects.bulk_create(
        InGroup(round=now_round, part=part, number=index % number + 1, thread=threads[index % number + 1])
        for index, part in enumerate(people)
    )
    return number


def _thread(circle: Circle, now_round: Round, group: int, at: datetime) -> Thread:
    named = {"group": group, "round": now_round.number, "title": circle.title[:100]}
    return Thread.objects.create(
        channel=circle.channel, title=gettext("Group %(group)s · round %(round)s · %(title)s") % named,
        opened_at=at, last_activity=at,
    )  # fmt: skip


def place_late_comer(*, circle: Circle, part: Part) -> None:
    """Whoever joins while small groups talk comes into the smallest one. In the caller's transaction."""
    now_round = Round.objects.filter(circle=circle, mode=Mode.SMALL).running().first()
    if now_round is None or part.role == Part.Role.OBSERVER or InGroup.objects.filter(round=now_round, part=part).exists():
        return
    sizes = InGroup.objects.filter(round=now_round).order_by().values("number", "thread").annotate(size=Count("pk"))
    smallest = sizes.order_by("size", "number").first()
    if smallest is not None:
        InGroup.objects.create(round=now_round, part=part, number=smallest["number"], thread_id=smallest["thread"])
