"""Who may do what when talk becomes a lesson. Seeing is not asked here: querysets begin with visible_to(user)."""

from typing import Any

from communities.harvest.models import Mark
from communities.models import Community, Membership
from communities.permissions import can_take_part
from communities.talk.models import Channel

# คุณลิขิต and คุณอำนวย.
HARVESTERS = (Membership.Role.NOTE_TAKER, Membership.Role.FACILITATOR)


def can_mark(user: Any, channel: Channel) -> bool:
    return can_take_part(user, channel.community)


def can_harvest(user: Any, community: Community) -> bool:
    """Confirm marks, draft lessons, ask tellers, hand in: note-takers and facilitators of the space."""
    return (
        can_take_part(user, community) and Membership.objects.filter(community=community, user=user, role__in=HARVESTERS).exists()
    )


def can_unmark(user: Any, mark: Mark) -> bool:
    return mark.taken_into_id is None and (
        (mark.by_id == user.pk and not mark.is_confirmed) or can_harvest(user, mark.message.channel.community)
    )
