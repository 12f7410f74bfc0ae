"""Telling the facilitators that a message should not stand as it is, and what their decision does to it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.talk.actions.ground import TalkError, happened, taken
from communities.talk.models import Channel, Event, Message, Thread
from communities.talk.permissions import can_report
from kmportal.moderation.actions.cases import open_case
from kmportal.moderation.models import Case
from kmportal.people.models import User

MESSAGE = "talk.message"
FLAG = "flag"
LONGEST_REPORT = 500
WORDS_KEPT = 2_000


class NoReason(TalkError):
    words = _("Say it in a sentence: without a reason nobody can mend it.")


@transaction.atomic
def report(*, actor: User, message: Message, reason: str) -> Case:
    """Reports a message, in the one case about it. The same person is heard once.

    Raises:
        Message.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: one's own.
        NoReason
    """
    _channel, current = taken(actor=actor, message=message)
    if not can_report(actor, current):
        raise PermissionDenied
    said = " ".join(reason.replace("\x00", "").split())[:LONGEST_REPORT]
    if not said:
        raise NoReason
    return open_case(
        kind=MESSAGE, subject=current, key=f"message {current.pk}", evidence={"words": current.text[:WORDS_KEPT]},
        opened_by=actor, reason=said, sort=FLAG, again=True,
    )  # fmt: skip


def lock(message: Message) -> None:
    """The channel first, as every verb on messages."""
    Channel.objects.select_for_update(no_key=True).filter(pk=message.channel_id).first()


def hide(*, actor: User, message: Message, why: str) -> dict[str, Any]:
    """What a decision does: the message goes out of sight. Callers hold the lock. Gives what `show_again` must know."""
    message.refresh_from_db()
    if message.is_deleted:
        return {"hidden": False}
    _write(message, actor=actor, why=why, counted=-1)
    return {"hidden": True}


def show_again(*, actor: User, message: Message, hidden: dict[str, Any]) -> None:
    """Takes `hide` back after an appeal. Callers hold the lock."""
    message.refresh_from_db()
    if hidden.get("hidden") and message.is_deleted:
        _write(message, actor=None, why="", counted=1)


def _write(message: Message, *, actor: User | None, why: str, counted: int) -> None:
    now = timezone.now()
    message.deleted_at, message.deleted_by, message.deleted_why = (now if actor else None), actor, why[:300]
    message.pinned_at = message.pinned_by = None
    message.save(update_fields=["deleted_at", "deleted_by", "deleted_why", "pinned_at", "pinned_by"])
    if message.thread_id is not None:
        Thread.objects.filter(pk=message.thread_id).update(message_count=F("message_count") + counted)
    channel = Channel.objects.select_related("community").get(pk=message.channel_id)
    happened(channel=channel, kind=Event.Kind.CHANGED, at=now, message=message, thread=message.thread)
