"""The front page of a space: what everybody who may know of it reads, and how one gets in."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from communities.listing import strips_of
from communities.models import Community, HandOver, Invitation, JoinRequest, Membership
from communities.space import Space
from kmportal.core import clean
from kmportal.people.models import Person
from kmportal.taxonomy.models import Topic


@dataclass(frozen=True)
class Leader:
    """A facilitator as this reader may see them."""

    name: str
    url: str


@dataclass(frozen=True)
class WayIn:
    """How somebody who is no member gets in. At most one of these is to be done."""

    invitation: Invitation | None = None
    request: JoinRequest | None = None
    can_join: bool = False
    can_ask: bool = False


@dataclass(frozen=True)
class Front:
    """What stands above the panels.

    Args:
        members: how many; None where that is not told.
        offer: of leadership, made to this reader.
    """

    leaders: list[Leader]
    members: int | None
    strip: list[str]
    topics: list[Topic]
    parts: list[Community]
    way_in: WayIn | None
    offer: HandOver | None
    is_leaderless: bool
    may_open_part: bool
    charter: SafeString
    today: date

    def __post_init__(self) -> None:
        self.parts.sort(key=lambda part: bytes(part.order))


def of(space: Space) -> Front:
    """At most eight queries for members, nine for others."""
    community = space.community
    told = space.is_member or not community.is_hidden
    present = Membership.objects.present().filter(community=community)
    return Front(
        leaders=_leaders(space) if told else [],
        members=present.count() if told else None,
        strip=strips_of([community.pk])[community.pk],
        topics=list(community.topics.all()),
        parts=list(Community.objects.visible_to(space.user).filter(parent=community).living()),
        way_in=None if space.is_member else way_into(space),
        offer=_offer(space) if space.is_member else None,
        is_leaderless=space.can_take_part and not present.facilitating().exists(),
        may_open_part=space.is_facilitator and space.can_take_part and community.parent_id is None,
        charter=clean.again(community.charter),
        today=timezone.localdate(),
    )


def way_into(space: Space) -> WayIn:
    """Two queries."""
    community = space.community
    if community.is_archived:
        return WayIn()
    invitation = Invitation.objects.open_for(space.user).filter(community=community).first()
    waiting = JoinRequest.objects.waiting().filter(community=community, user=space.user).first()
    if invitation or waiting:
        return WayIn(invitation, None if invitation else waiting)
    joining = Community.Joining
    return WayIn(can_join=community.joining == joining.OPEN, can_ask=community.joining == joining.REQUEST)


def _leaders(space: Space) -> list[Leader]:
    """Facilitators who show themselves to this reader; members of one space all see each other."""
    who = Membership.objects.present().filter(community=space.community).facilitating()
    seen = {person.user_id: person for person in Person.objects.visible_to(space.user).filter(user__in=who.values("user"))}
    found: list[Leader] = []
    for membership in who.select_related("user"):
        person: Any = seen.get(membership.user_id)
        if person is not None or space.is_member:
            found.append(Leader(str(person or membership.user), person.get_absolute_url() if person else ""))
    return found


def _offer(space: Space) -> HandOver | None:
    return HandOver.objects.offered().filter(community=space.community, taker=space.user).select_related("giver").first()
