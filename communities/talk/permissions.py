"""Who may do what in channels. Seeing is not asked here: querysets begin with visible_to(user)."""

from typing import Any

from communities import permissions as space
from communities.talk.models import Channel, Message


def can_write(user: Any, channel: Channel) -> bool:
    return channel.is_open and space.can_take_part(user, channel.community)


def can_look_after(user: Any, channel: Channel) -> bool:
    """Open and close channels, pin, resolve threads of others, take messages away: the facilitators."""
    return space.is_facilitator(user, channel.community)


def can_edit(user: Any, message: Message) -> bool:
    return message.author_id is not None and message.author_id == user.pk and not message.is_deleted


def can_delete(user: Any, message: Message) -> bool:
    return can_edit(user, message) or (can_look_after(user, message.channel) and not message.is_deleted)
