"""Events as their pages show them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from communities.commons.models import Event, Rsvp
from communities.space import Space
from kmportal.people.models import User

Answer = Rsvp.Answer


@dataclass(frozen=True)
class Company:
    """Who comes. Names of members, as members see them; who said no is a figure only."""

    yes: list[User]
    maybe: list[User]
    waiting: list[User]
    no: int
    mine: Rsvp | None
    turn: int
    """The reader's place on the waiting list, from 1; 0 if they are not on it."""


def listed(space: Space, *, past: bool) -> Any:
    now = timezone.now()
    rows = with_answer(Event.objects.visible_to(space.user).filter(community=space.community), space.user)
    return rows.past(now) if past else rows.to_come(now)


def with_answer(rows: Any, user: Any) -> Any:
    """`my_answer`: what this person said, "" for nothing yet."""
    mine = Rsvp.objects.filter(event=OuterRef("pk"), user=user).values("answer")[:1]
    return rows.annotate(my_answer=Subquery(mine)).select_related("community")


def company(event: Event, user: Any) -> Company:
    """One query."""
    here = event.rsvps.filter(user__memberships__community=event.community_id).select_related("user")
    rows = list(here.order_by("answered_at", "pk"))
    by = {answer: [row.user for row in rows if row.answer == answer] for answer in Answer}
    mine = next((row for row in rows if row.user_id == user.pk), None)
    queue = [person.pk for person in by[Answer.WAITING]]
    turn = queue.index(user.pk) + 1 if user.pk in queue else 0
    return Company(by[Answer.YES], by[Answer.MAYBE], by[Answer.WAITING], len(by[Answer.NO]), mine, turn)
