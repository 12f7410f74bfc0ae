"""The bounty of a question as its readers see it: what is offered until when, what earlier ones came to, and what this reader may do."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from kmportal.people.models import Person
from qa.actions.bounty import REPUTATION, WAITS
from qa.models import Bounty, Question
from qa.models.bounties import AMOUNTS
from qa.permissions import can_give_bounty, can_offer_bounty
from qa.presenting import standing
from rewards.models import Account, Kind


@dataclass(frozen=True)
class Offered:
    """`open` is the bounty that runs now, `giver` who offers it as far as the reader may know; `past` are those that were given."""

    open: Bounty | None
    giver: Person | None
    past: list[Bounty]
    may_offer: bool
    may_give: bool


@dataclass(frozen=True)
class Means:
    """What somebody has who wants to offer points."""

    available: int
    reputation: int
    needed: int
    amounts: list[int]

    @property
    def is_enough(self) -> bool:
        return self.reputation >= self.needed and bool(self.amounts)


def of(reader: Any, question: Question) -> Offered:
    """No query where there never was one, one where there was, two where a bounty runs."""
    rows = Bounty.objects.filter(question=question).select_related("answer").order_by("pk")
    found = list(rows) if standing.has(question, standing.BOUNTIES) else []
    running = next((one for one in found if one.is_open), None)
    giver = Person.objects.visible_to(reader).filter(user=running.giver_id).first() if running else None
    past = [one for one in found if one.paid and one.answer is not None and not one.answer.is_deleted]
    return Offered(
        running, giver, past, _may_offer(reader, question, running), bool(running and can_give_bounty(reader, running))
    )


def means(person: Any) -> Means:
    """One query."""
    held = Account.objects.visible_to(person).figures()
    available = held.get(Kind.AVAILABLE, 0)
    return Means(available, held.get(Kind.REPUTATION, 0), REPUTATION, [amount for amount in AMOUNTS if amount <= available])


def _may_offer(reader: Any, question: Question, running: Bounty | None) -> bool:
    waits = question.is_open and question.accepted_id is None and question.created_at <= timezone.now() - WAITS
    return bool(waits and running is None and can_offer_bounty(reader, question))
