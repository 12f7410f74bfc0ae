"""Who may do what in channels. Seeing is not asked here: querysets begin with visible_to(user)."""

from datetime import datetime, timedelta
from typing import Any

from communities import permissions as space
from communities.talk.models import Channel, Message, Thread

UNDO_WITHIN = timedelta(minutes=10)
"""How long an author may take a deletion back."""
RESTORE_WITHIN = timedelta(days=30)
"""How long facilitators may bring back what a facilitator deleted; then its files leave the storage."""


def can_write(user: Any, channel: Channel) -> bool:
    return channel.is_open and space.can_take_part(user, channel.community)


def takes_words(channel: Channel) -> bool:
    """What can_write asks besides membership, for whom `ground.take` has let in."""
    return channel.is_open and not channel.community.is_archived


def can_look_after(user: Any, channel: Channel) -> bool:
    """Open and close channels, pin, resolve threads of others, take messages away: the facilitators."""
    return space.is_facilitator(user, channel.community)


def can_edit(user: Any, message: Message) -> bool:
    return message.author_id is not None and message.author_id == user.pk and not message.is_deleted


def can_delete(user: Any, message: Message) -> bool:
    return can_edit(user, message) or (can_look_after(user, message.channel) and not message.is_deleted)


def can_restore(user: Any, message: Message, now: datetime) -> bool:
    """For ten minutes what one deleted oneself; facilitators besides for thirty days what a facilitator deleted.

    What was withdrawn is gone: its words are, and it was its writer's to decide for good.
    """
    if message.deleted_at is None or not (message.text or message.files.exists()):
        return False
    is_own = message.author_id is not None and message.author_id == user.pk
    if is_own and message.deleted_by_id == user.pk:
        return message.deleted_at > now - UNDO_WITHIN
    if message.deleted_at <= now - RESTORE_WITHIN:
        return False
    return not is_own and message.deleted_by_id != message.author_id and can_look_after(user, message.channel)


def can_react(user: Any, message: Message, channel: Channel) -> bool:
    """To what others said: nobody thanks themselves."""
    return message.author_id != user.pk and message.is_shown and not message.is_deleted and can_write(user, channel)


def can_pin(user: Any, message: Message, channel: Channel) -> bool:
    return message.is_shown and not message.is_deleted and channel.is_open and can_look_after(user, channel)


def can_lead(user: Any, thread: Thread) -> bool:
    """Rename and resolve a thread: whoever opened it, and the facilitators."""
    return (thread.opened_by_id is not None and thread.opened_by_id == user.pk) or can_look_after(user, thread.channel)


def can_report(user: Any, message: Message) -> bool:
    """Tell the facilitators: members, of what others said."""
    return (
        message.author_id != user.pk
        and message.is_shown
        and not message.is_deleted
        and space.is_member(user, message.channel.community)
    )
