"""Changing what was said, with trace: earlier versions stay, and where a message was deleted its place stays."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.talk.actions.ground import TalkError, happened, taken
from communities.talk.actions.saying import NothingSaid, checked
from communities.talk.actions.settling import settle
from communities.talk.models import Event, Message, Thread, Version
from communities.talk.notices import TAKEN_AWAY
from communities.talk.permissions import can_delete, can_edit, can_look_after, can_restore, can_write
from communities.talk.staff import DELETED, RESTORED
from kmportal.core import acts
from kmportal.inbox.actions import tell
from kmportal.people.models import User

LONGEST_REASON = 300


class NoReason(TalkError):
    words = _("Say why: the author reads it, and it stands in the book of what staff do.")


@transaction.atomic
def edit(*, actor: User, message: Message, body: str) -> Message:
    """Changes one's own words. What stood there before stays readable for members.

    Raises:
        Message.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied, NothingSaid, TooLong
    """
    channel, current = taken(actor=actor, message=message)
    if not (can_edit(actor, current) and can_write(actor, channel)):
        raise PermissionDenied
    html, text = checked(html=body)
    if not text and not current.files.exists():
        raise NothingSaid
    if html == current.body:
        return current
    now = timezone.now()
    number = current.versions.count() + 1
    Version.objects.create(message=current, number=number, body=current.body, text=current.text, editor=actor, at=now)
    current.body, current.text, current.edited_at = html, text, now
    current.save(update_fields=["body", "text", "edited_at"])
    settle(actor=actor, message=current)
    if current.is_shown:
        happened(channel=channel, kind=Event.Kind.CHANGED, at=now, message=current, thread=current.thread)
    return current


@transaction.atomic
def take_out(*, actor: User, message: Message, why: str = "") -> Message:
    """Takes a message out of sight; its place stays. A facilitator who deletes what somebody else wrote says why.

    Raises:
        Message.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied, NoReason
    """
    channel, current = taken(actor=actor, message=message)
    if not can_delete(actor, current):
        raise PermissionDenied
    is_own, why = current.author_id == actor.pk, why.strip()[:LONGEST_REASON]
    if not is_own and not why:
        raise NoReason
    now = timezone.now()
    current.deleted_at, current.deleted_by, current.deleted_why = now, actor, why
    current.pinned_at = current.pinned_by = None
    _write(current, -1)
    if not is_own:
        acts.record(actor=actor, act=DELETED, thing=current, reason=why)
        author = [current.author] if current.author is not None else []
        tell(kind=TAKEN_AWAY, recipients=author, actor=actor, thing=current, key=f"{current.pk} {now:%s}", data={"quote": why})
    happened(channel=channel, kind=Event.Kind.CHANGED, at=now, message=current, thread=current.thread)
    return current


@transaction.atomic
def restore(*, actor: User, message: Message) -> Message:
    """Brings a deleted message back: its author for ten minutes what they deleted themselves, facilitators for thirty days what
    facilitators deleted. What was withdrawn does not come back.

    Raises:
        Message.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied
    """
    channel, current = taken(actor=actor, message=message)
    now = timezone.now()
    if not can_restore(actor, current, now):
        raise PermissionDenied
    if can_look_after(actor, channel) and current.author_id != actor.pk:
        acts.record(actor=actor, act=RESTORED, thing=current)
    current.deleted_at, current.deleted_by, current.deleted_why = None, None, ""
    _write(current, 1)
    happened(channel=channel, kind=Event.Kind.CHANGED, at=now, message=current, thread=current.thread)
    return current


def _write(message: Message, counted: int) -> None:
    message.save(update_fields=["deleted_at", "deleted_by", "deleted_why", "pinned_at", "pinned_by"])
    if message.thread_id is not None:
        Thread.objects.filter(pk=message.thread_id).update(message_count=F("message_count") + counted)
