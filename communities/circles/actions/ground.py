"""What the verbs stand on: the circle under its channel's lock, the round that runs, the event that says what happened."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from communities.circles.models import Circle, Part, Round
from communities.circles.permissions import can_lead
from communities.talk.actions import ground as talk
from communities.talk.actions.ground import TalkError
from communities.talk.models import Channel, Event
from communities.talk.permissions import can_write


class CircleError(TalkError):
    """The step is not possible; `words` say why and what to do."""


class NotIn(CircleError):
    words = _("Join the circle first.")


class NotNow(CircleError):
    words = _("The circle has moved on. Look at where it is now.")


class NotAMember(CircleError):
    words = _("This person is not a member of the community.")


def take(*, actor: Any, circle: int) -> Circle:
    """The circle as it is now, under the lock of its channel: verbs and messages wait for each other.

    Raises:
        Circle.DoesNotExist: gone, or not the actor's to read; which of the two is nobody's to know.
    """
    found = Circle.objects.visible_to(actor).get(pk=circle)
    channel = talk.take(actor=actor, channel=found.channel_id)
    found = Circle.objects.select_related("version").get(pk=circle)
    found.channel = channel
    return found


def take_for_portal(*, circle: int) -> Circle:
    """The same for a chore, which acts for nobody.

    Raises:
        Circle.DoesNotExist
    """
    key = Circle.objects.values_list("channel", flat=True).get(pk=circle)
    channel = Channel.objects.select_for_update(no_key=True, of=("self",)).select_related("community").get(pk=key)
    found = Circle.objects.select_related("version").get(pk=circle)
    found.channel = channel
    return found


def take_to_act(*, actor: Any, circle: int) -> Circle:
    """The same, for those who may write there: in a closed channel and an archived community nothing changes any more.

    Raises:
        Circle.DoesNotExist, PermissionDenied
    """
    found = take(actor=actor, circle=circle)
    if not can_write(actor, found.channel):
        raise PermissionDenied
    return found


def take_to_lead(*, actor: Any, circle: int) -> Circle:
    """The same, for those who lead it.

    Raises:
        Circle.DoesNotExist, PermissionDenied
    """
    found = take(actor=actor, circle=circle)
    if not can_lead(actor, found):
        raise PermissionDenied
    return found


def the_round(*, circle: Circle, number: int, modes: tuple[str, ...] = ()) -> Round:
    """The round that runs, if it is the one that the actor saw, and of one of these modes.

    Raises:
        NotNow
    """
    found = Round.objects.filter(circle=circle, number=number).running().first()
    if found is None or (modes and found.mode not in modes):
        raise NotNow
    return found


def part_in(*, circle: Circle, actor: Any) -> Part:
    """The actor's part.

    Raises:
        NotIn: they did not join, or left, or only listen.
    """
    part = Part.objects.filter(circle=circle, user=actor).joined().exclude(role=Part.Role.OBSERVER).first()
    if part is None:
        raise NotIn
    return part


def happened(*, circle: Circle, what: str, at: datetime, **data: Any) -> Event:
    """Numbers the step in the channel. What: people, opened, round, time, revealed, written, turn, groups, choices, votes, wrap_up, closed, cancelled."""
    facts = {"circle": circle.pk, "what": what, "round": circle.round_number, "state": str(circle.state), **data}
    return talk.happened(channel=circle.channel, kind=Event.Kind.CIRCLE, at=at, data=facts)
