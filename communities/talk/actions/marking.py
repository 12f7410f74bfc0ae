"""Words of one press for what somebody said, and pins."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from communities.talk.actions.ground import happened, taken
from communities.talk.models import Event, Message, Reaction
from communities.talk.permissions import can_pin, can_react
from kmportal.people.models import User


@transaction.atomic
def react(*, actor: User, message: Message, kind: Reaction.Kind, on: bool) -> bool:
    """Says that a message made one think, helped, or worked; or takes that back. Gives whether anything changed.

    Raises:
        Message.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: one's own message, a deleted one, or a closed channel.
    """
    channel, current = taken(actor=actor, message=message)
    if not can_react(actor, current, channel):
        raise PermissionDenied
    now, mine = timezone.now(), Reaction.objects.filter(message=current, user=actor, kind=kind)
    if on == mine.exists():
        return False
    if on:
        Reaction.objects.create(message=current, user=actor, kind=kind, at=now)
    else:
        mine.delete()
    happened(channel=channel, kind=Event.Kind.CHANGED, at=now, message=current, thread=current.thread)
    return True


@transaction.atomic
def pin(*, actor: User, message: Message, on: bool) -> bool:
    """Puts a message among the pinned ones of its channel, or takes it from there. Gives whether anything changed.

    Raises:
        Message.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied
    """
    channel, current = taken(actor=actor, message=message)
    if not can_pin(actor, current, channel):
        raise PermissionDenied
    if on == (current.pinned_at is not None):
        return False
    now = timezone.now()
    current.pinned_at, current.pinned_by = (now, actor) if on else (None, None)
    current.save(update_fields=["pinned_at", "pinned_by"])
    happened(channel=channel, kind=Event.Kind.CHANGED, at=now, message=current, thread=current.thread)
    return True
