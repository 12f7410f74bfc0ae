"""What people hear of circles: that one is planned, that they have a role in it, that it begins, that a round over days ends soon."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from communities.circles.models import Circle, Part
from communities.talk.models import Channel, Place
from kmportal.inbox.kinds import Kind, register
from kmportal.people.models import User

PLANNED, INVITED, STARTED, SOON, ENDING, LEFT = (
    "circles.planned", "circles.invited", "circles.started", "circles.soon", "circles.ending", "circles.left"
)  # fmt: skip
GROUP = pgettext_lazy("group of notices", "Circles")


def _circles(user: Any) -> "QuerySet[Any]":
    return Circle.objects.visible_to(user)


def members_to_tell(channel: Channel) -> list[User]:
    """Members of the community, without those who muted the channel."""
    muted = Place.objects.filter(channel=channel, level=Place.Level.MUTE).values("user")
    return list(User.objects.filter(memberships__community=channel.community_id, is_active=True).exclude(pk__in=muted))


def leaders_of(circle: Circle) -> list[User]:
    """Who facilitates it and whoever opened it, as far as they are members still."""
    leads = Part.objects.filter(circle=circle, role=Part.Role.FACILITATOR, left_at=None).values("user")
    found = User.objects.filter(Q(pk__in=leads) | Q(pk=circle.created_by_id), is_active=True)
    return list(found.filter(memberships__community=circle.channel.community_id).distinct())


def declare() -> None:
    """Called once, by CirclesConfig.ready."""
    for code, label, line, mail in (
        (PLANNED, pgettext_lazy("kind of notice", "A circle is planned"), "planned", False),
        (INVITED, pgettext_lazy("kind of notice", "You have a role in a circle"), "invited", True),
        (SOON, pgettext_lazy("kind of notice", "A circle that you joined begins soon"), "soon", True),
        (STARTED, pgettext_lazy("kind of notice", "A circle begins"), "started", False),
        (ENDING, pgettext_lazy("kind of notice", "A round over days ends soon"), "ending", True),
        (LEFT, pgettext_lazy("kind of notice", "A circle that you lead was closed by the portal"), "left", True),
    ):
        register(Kind(code, label, GROUP, line=f"circles/notices/{line}.txt", icon="people", mail=mail, visible=_circles))
