"""Changing the plan of a circle that has not begun: its title and hour, and its rounds, which are its own and not the method's."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.circles import notices
from communities.circles.actions.ground import CircleError, NotNow, happened, take_to_lead
from communities.circles.actions.opening import InThePast, NoTitle, lay_out, when
from communities.circles.models import Circle
from communities.circles.rules import checked_rounds
from kmportal.inbox.actions import settle, tell
from kmportal.people.models import User

KEYS = (
    "mode", "minutes", "days", "votes", "anonymous", "prompt_th", "prompt_en", "captures", "note", "note_en", "rescue_th", "rescue_en",
)  # fmt: skip


class PlanChanged(CircleError):
    words = _("Somebody else changed this plan meanwhile. Load the page anew and look at theirs first.")


@dataclass(frozen=True, kw_only=True)
class Changed:
    """The plan as it shall be; `rounds` as rules.checked_rounds takes them, all of them."""

    title: str
    topic: str = ""
    starts_at: datetime | None = None
    rounds: list[dict[str, Any]] = field(default_factory=list)


def rounds_of(circle: Circle) -> list[dict[str, Any]]:
    """Its rounds as they are planned now."""
    return [{key: getattr(one, key) for key in KEYS} for one in circle.rounds.all()]


def plan_of(circle: Circle) -> str:
    """What names the plan as it stands; another word, another name."""
    parts = [circle.title, circle.topic, circle.starts_at, rounds_of(circle)]
    return sha256(repr(parts).encode()).hexdigest()


@transaction.atomic
def replan(*, actor: User, circle: int, seen: str, plan: Changed) -> Circle:
    """Writes the plan anew. Who may read what becomes of it stays: people joined for that.

    Args:
        seen: `plan_of` the circle that the actor changed.

    Raises:
        Circle.DoesNotExist, PermissionDenied, NotNow: it has begun. NoTitle, InThePast, PlanChanged, BadRounds
    """
    current = take_to_lead(actor=actor, circle=circle)
    now = timezone.now()
    if current.state != Circle.State.LOBBY:
        raise NotNow
    if seen != plan_of(current):
        raise PlanChanged
    if not plan.title.strip():
        raise NoTitle
    moved = plan.starts_at != current.starts_at
    if moved and plan.starts_at is not None and plan.starts_at <= now:
        raise InThePast
    rounds = checked_rounds(plan.rounds)
    current.title, current.topic, current.starts_at = plan.title.strip()[:160], plan.topic.strip()[:600], plan.starts_at
    if moved:
        current.reminded_at = None
    current.save(update_fields=["title", "topic", "starts_at", "reminded_at"])
    if rounds != rounds_of(current):
        current.rounds.all().delete()
        lay_out(circle=current, rounds=rounds)
    happened(circle=current, what="opened", at=now)
    if moved:
        _tell(current, actor, now)
    return current


def _tell(circle: Circle, actor: User, now: datetime) -> None:
    """Those who read of the old hour hear of the new one."""
    settle(kind=notices.SOON, thing=circle)
    tell(
        kind=notices.PLANNED, recipients=notices.members_to_tell(circle.channel), actor=actor, thing=circle,
        key=f"{circle.pk} {now:%s%f}", group=str(circle.pk), data=when(circle),
    )  # fmt: skip
