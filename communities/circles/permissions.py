"""Who may do what to circles. Seeing is not asked here: querysets begin with visible_to(user)."""

from typing import Any

from communities import permissions as space
from communities.circles.models import Circle, Part
from communities.talk.models import Channel
from communities.talk.permissions import can_write
from kmportal.people.roles import Role


def can_open(user: Any, channel: Channel) -> bool:
    """Start or plan a circle: the facilitators of the community, in an open channel."""
    return can_write(user, channel) and space.is_facilitator(user, channel.community)


def can_lead(user: Any, circle: Circle) -> bool:
    """Move it on, give roles, close it: its facilitators and those of the community, as long as they are members."""
    if not can_write(user, circle.channel):
        return False
    led = Part.objects.filter(circle=circle, user=user, role=Part.Role.FACILITATOR, left_at=None)
    return space.is_facilitator(user, circle.channel.community) or led.exists()


def can_join(user: Any, circle: Circle) -> bool:
    return not circle.is_over and can_write(user, circle.channel)


def can_write_methods(user: Any) -> bool:
    """Change methods and make new ones: network coordinators, for all communities."""
    return bool(user.is_authenticated and user.is_active and user.has_role(Role.NETWORK_COORDINATOR))
