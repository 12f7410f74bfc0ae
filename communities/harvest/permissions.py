"""Who may do what when talk becomes a lesson. Seeing is not asked here: querysets begin with visible_to(user)."""

from typing import Any

from communities.circles.models import Part
from communities.harvest.models import Mark
from communities.models import Membership
from communities.permissions import can_take_part
from communities.space import Space
from communities.talk.models import Channel

# คุณลิขิต and คุณอำนวย, of the space or of a circle in the channel.
HARVESTERS = (Membership.Role.NOTE_TAKER, Membership.Role.FACILITATOR)
CIRCLE_HARVESTERS = (Part.Role.NOTE_TAKER, Part.Role.FACILITATOR)


def can_mark(user: Any, channel: Channel) -> bool:
    return can_take_part(user, channel.community)


def can_harvest(user: Any, channel: Channel) -> bool:
    """Confirm marks, draft lessons, ask tellers, hand in: note-takers and facilitators."""
    if not (user.is_authenticated and user.is_active) or channel.community.is_archived:
        return False
    return harvests_as(Membership.objects.filter(community=channel.community_id, user=user).first(), channel)


def harvests_as(membership: Membership | None, channel: Channel) -> bool:
    """As can_harvest, for a page that knows the reader's membership already."""
    if membership is None or channel.community.is_archived:
        return False
    if membership.role in HARVESTERS:
        return True
    user = membership.user_id
    return Part.objects.filter(circle__channel=channel, user=user, role__in=CIRCLE_HARVESTERS).joined().exists()


def harvests_in(space: Space, channel: Channel) -> bool:
    """As can_harvest, for a page that knows the reader's membership already."""
    if space.can_take_part and space.membership is not None and space.membership.role in HARVESTERS:
        return True
    return can_harvest(space.user, channel)


def can_unmark(user: Any, mark: Mark) -> bool:
    return mark.taken_into_id is None and (
        (mark.by_id == user.pk and not mark.is_confirmed) or can_harvest(user, mark.message.channel)
    )
