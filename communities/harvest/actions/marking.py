"""Marking what is worth keeping: any member; confirmed by a note-taker or facilitator."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.harvest.actions.ground import HarvestError
from communities.harvest.fields import Field
from communities.harvest.models import Mark
from communities.harvest.permissions import can_harvest, can_mark, can_unmark
from communities.talk.actions import ground as talk
from communities.talk.models import Event, Message
from kmportal.people.models import User


class UnknownField(HarvestError):
    words = _("Choose what this tells: its context, what happened, why, …")


class TakenAlready(HarvestError):
    words = _("This went into a lesson draft already. Change the draft instead.")


@transaction.atomic
def mark(*, actor: User, message: Message, field: str) -> Mark:
    """Marks a message; the same mark again gives the first one. Marked, or marked again, by whoever harvests it is confirmed.

    Raises:
        Message.DoesNotExist: gone, held back, or not the actor's to read.
        PermissionDenied, UnknownField
    """
    if field not in Field.values:
        raise UnknownField
    found, now = _shown(actor, message), timezone.now()
    if not can_mark(actor, found.channel):
        raise PermissionDenied
    made, is_new = Mark.objects.get_or_create(message=found, field=field, defaults={"by": actor, "made_at": now})
    confirms = not made.is_confirmed and can_harvest(actor, found.channel)
    if confirms:
        made.confirmed_by, made.confirmed_at = actor, now
        made.save(update_fields=["confirmed_by", "confirmed_at"])
    if is_new or confirms:
        talk.happened(channel=found.channel, kind=Event.Kind.CHANGED, at=now, message=found)
    return made


@transaction.atomic
def unmark(*, actor: User, mark: Mark) -> None:
    """Takes a mark away: one's own until it is confirmed, any by whoever harvests. Gone already is fine.

    Raises:
        PermissionDenied, TakenAlready
    """
    found = _shown(actor, mark.message)
    there = Mark.objects.filter(pk=mark.pk, message=found).first()
    if there is None:
        return
    there.message = found
    if there.taken_into_id is not None:
        raise TakenAlready
    if not can_unmark(actor, there):
        raise PermissionDenied
    there.delete()
    talk.happened(channel=found.channel, kind=Event.Kind.CHANGED, at=timezone.now(), message=found)


def _shown(actor: User, message: Message) -> Message:
    """The message with its channel taken, so that marks of one channel wait for each other."""
    channel = talk.take(actor=actor, channel=message.channel_id)
    found = Message.objects.visible_to(actor).shown().present().get(pk=message.pk)
    found.channel = channel
    return found
