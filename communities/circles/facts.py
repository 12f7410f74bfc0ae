"""How one person stands in a circle now; read by the gate, the frame and the permissions of screens."""

from typing import Any

from communities.circles.models import Circle, InGroup, Part, Round, Turn
from communities.circles.models.templates import Mode
from communities.circles.permissions import can_lead
from communities.circles.rules import Standing
from communities.talk.models import Channel


def live_in(channel: Channel) -> Circle | None:
    """The circle that runs or wraps up in this channel; the database lets there be one. A page asks once (`Channel.kept`)."""
    if channel.kept is not None:
        if "circle" not in channel.kept:
            channel.kept["circle"] = _live_in(channel)
        found: Circle | None = channel.kept["circle"]
        return found
    return _live_in(channel)


def _live_in(channel: Channel) -> Circle | None:
    found = Circle.objects.live().filter(channel=channel).select_related("version").prefetch_related("rounds").first()
    if found is not None:
        found.channel = channel
    return found


def is_led(channel: Channel) -> bool:
    """Whether there is one."""
    return Circle.objects.live().filter(channel=channel).exists()


def running_in(circle: Circle) -> Round | None:
    return Round.objects.filter(circle=circle).running().first()


def standing_of(user: Any, circle: Circle, now_round: Round | None) -> Standing:
    """At most four queries."""
    part = Part.objects.filter(circle=circle, user=user).joined().first() if user.is_authenticated else None
    if part is None:
        return Standing(leads=can_lead(user, circle))
    mode, thread, speaks = now_round.mode if now_round else "", None, False
    if mode in {Mode.TURN, Mode.INNER}:
        speaks = Turn.objects.filter(round=now_round, part=part).speaking().exists()
    if mode == Mode.SMALL:
        thread = InGroup.objects.filter(round=now_round, part=part).values_list("thread", flat=True).first()
    return Standing(role=part.role, leads=can_lead(user, circle), speaks=speaks, thread=thread)


def written_in(now_round: Round) -> int:
    """How many have written in a round that holds back: people, or messages where no author is stored."""
    held = now_round.said.all()
    return held.count() if now_round.anonymous else held.order_by().values("message__author").distinct().count()
