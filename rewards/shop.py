"""What people see of rewards and of their own redemptions. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kmportal.core import dates
from kmportal.people.models import User
from rewards import ordering
from rewards.models import Account, Kind, Redemption, Reward

ICONS = {Reward.Kind.THING: "bag", Reward.Kind.VOUCHER: "ticket", Reward.Kind.EXPERIENCE: "people"}
FEW = 3
State = Redemption.State


@dataclass(frozen=True)
class Card:
    """A reward as one person meets it. `missing`: points they lack; `opens`: when it can be had, where that is to come."""

    reward: Reward
    icon: str
    missing: int
    opens: datetime | None

    @property
    def is_gone(self) -> bool:
        return self.reward.stock == 0

    @property
    def is_scarce(self) -> bool:
        return self.reward.stock is not None and 0 < self.reward.stock <= FEW

    @property
    def can_be_had(self) -> bool:
        return not (self.missing or self.is_gone or self.opens)


@dataclass(frozen=True)
class Terms:
    """Whether and how somebody can have one reward now. `refusal` says why not, '' where they can."""

    available: int
    after: int
    room: ordering.Room
    refusal: str


def available(user: User) -> int:
    return Account.objects.visible_to(user).figures().get(Kind.AVAILABLE, 0)


def cards(user: User, points: int, kind: str = "") -> list[Card]:
    """What this person can order, now or soon. One query."""
    now = timezone.now()
    found = Reward.objects.for_person(user).on_offer(now)
    return [card(reward, points, now) for reward in (found.filter(kind=kind) if kind else found)]


def card(reward: Reward, points: int, now: datetime) -> Card:
    opens = reward.opens_at if reward.opens_at and reward.opens_at > now else None
    return Card(reward, ICONS[Reward.Kind(reward.kind)], max(0, reward.price - points), opens)


def terms(user: User, reward: Reward) -> Terms:
    """What the page of a reward says before the button, asked again by the verb."""
    now, points = timezone.now(), available(user)
    room = ordering.room_for(user, reward, now)
    return Terms(points, points - reward.price, room, _refusal(user, reward, card(reward, points, now), room))


def _refusal(user: User, reward: Reward, shown: Card, room: ordering.Room) -> str:
    """The first that stands in the way."""
    if not Reward.objects.for_person(user).filter(pk=reward.pk).exists():
        return _("This reward is not on offer to you.")
    opens = dates.full(shown.opens) if shown.opens else ""
    agency_is_done = room.agency_points is not None and room.agency_points < reward.price
    reasons: tuple[tuple[bool, str], ...] = (
        (bool(opens), _("It can be had from %(day)s.") % {"day": opens}),
        (ordering.has_ended(reward, timezone.now()), _("Its time is over.")),
        (shown.is_gone, _("There is none left at the moment.")),
        (room.mine == 0, _("You have had this reward as often as one person may.")),
        (agency_is_done, _("Your agency has used up its points for this reward. They begin anew on 1 October.")),
        (bool(shown.missing), _("You lack %(points)s points.") % {"points": shown.missing}),
    )
    return next((words for holds, words in reasons if holds), "")


# --- Redemptions -----------------------------------------------------------------------------------------------------------------
def redemptions(user: User) -> Any:
    """One's own: what is ready first, then what else is open."""
    found = Redemption.objects.visible_to(user).select_related("reward")
    rank = Case(When(state=State.READY, then=0), When(state__in=Redemption.OPEN_STATES, then=1), default=2)
    return found.alias(rank=rank).order_by("rank", "-pk")


def steps(redemption: Redemption, events: Iterable[Any]) -> list[dict[str, str]]:
    """Its course, for components/steps.html: what was, where it is, what is to come."""
    happened = {event.state: event for event in events}
    if redemption.state in (State.DECLINED, State.CANCELLED, State.EXPIRED):
        return [_step(event.state, event, "done") for event in happened.values()]
    course = [State.REQUESTED, State.APPROVED] + ([] if redemption.reward.is_voucher else [State.READY]) + [State.DONE]
    return [_step(state, happened.get(state), _where(redemption, state, state in happened)) for state in course]


def _where(redemption: Redemption, state: str, is_past: bool) -> str:
    if state == redemption.state and state != State.DONE:
        return "now"
    return "done" if is_past else ""


def _step(state: str, event: Any, where: str) -> dict[str, str]:
    note = f"{dates.short(event.happened_at)} {dates.clock(event.happened_at)}" if event else ""
    return {"label": _label(state), "note": note, "state": where}


def _label(state: str) -> str:
    if state == State.REQUESTED:
        return pgettext("step", "Request sent, points laid aside")
    return str(State(state).label)
