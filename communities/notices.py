"""What people hear of communities: ways in, leadership, the date of the goal. Each is shown only as long as the thing may be seen."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from communities.models import Community, HandOver, Invitation, JoinRequest
from kmportal.inbox.kinds import Kind, register

REQUESTED, DECIDED, INVITED, CAME_IN = (
    "communities.requested",
    "communities.decided",
    "communities.invited",
    "communities.came_in",
)
OFFERED, TAKEN, GOAL, LEADERLESS = "communities.offered", "communities.taken", "communities.goal", "communities.leaderless"
CHANGED, TAKEN_OUT = "communities.changed", "communities.taken_out"
GROUP = pgettext_lazy("group of notices", "Communities")


def _asked_of(user: Any) -> "QuerySet[Any]":
    return JoinRequest.objects.of_leader(user)


def _own_requests(user: Any) -> "QuerySet[Any]":
    """Hidden meanwhile, a community is not told to whom it declined."""
    seen = Community.objects.visible_to(user).values("pk")
    return JoinRequest.objects.filter(user=user, community__in=seen)


def _invitations(user: Any) -> "QuerySet[Any]":
    return Invitation.objects.open_for(user)


def _led_invitations(user: Any) -> "QuerySet[Any]":
    return Invitation.objects.of_leader(user)


def _offers(user: Any) -> "QuerySet[Any]":
    return HandOver.objects.visible_to(user)


def _seen(user: Any) -> "QuerySet[Any]":
    return Community.objects.visible_to(user)


def _titles(thing: Any) -> tuple[str, str]:
    """Of the community, whatever of it the notice is about."""
    community = thing if isinstance(thing, Community) else thing.community
    return community.name, community.name_en


def _requests_page(thing: Any) -> str:
    return reverse("communities:requests", args=[thing.community.slug])


def _list_page(thing: Any) -> str:
    return reverse("communities:list")


def _people_page(thing: Any) -> str:
    return reverse("communities:invitations", args=[thing.community.slug])


def declare() -> None:
    """Called once, by CommunitiesConfig.ready."""
    for kind in (*_ways_in(), *_leading()):
        register(kind)


def _ways_in() -> tuple[Kind, ...]:
    return (
        Kind(
            REQUESTED, pgettext_lazy("kind of notice", "Somebody asks to join a community that you lead"), GROUP,
            line="communities/notices/requested.txt", icon="people", visible=_asked_of, titles=_titles, place=_requests_page,
        ),
        Kind(
            DECIDED, pgettext_lazy("kind of notice", "Your request to join was decided"), GROUP,
            line="communities/notices/decided.txt", icon="people", visible=_own_requests, titles=_titles,
        ),
        # The invitation itself is a mail of its own, with a link that also works without an account.
        Kind(
            INVITED, pgettext_lazy("kind of notice", "You are invited into a community"), GROUP,
            line="communities/notices/invited.txt", icon="mail", mail=False, visible=_invitations, titles=_titles,
        ),
        Kind(
            CAME_IN, pgettext_lazy("kind of notice", "Somebody answered your invitation"), GROUP,
            line="communities/notices/came_in.txt", icon="people", mail=False, visible=_led_invitations, titles=_titles,
            place=_people_page,
        ),
    )  # fmt: skip


def _leading() -> tuple[Kind, ...]:
    return (
        Kind(
            OFFERED, pgettext_lazy("kind of notice", "You are asked to lead a community"), GROUP,
            line="communities/notices/offered.txt", more="communities/notices/offered_more.txt", icon="hand", visible=_offers,
            titles=_titles,
        ),
        Kind(
            TAKEN, pgettext_lazy("kind of notice", "Your hand-over of leadership was answered"), GROUP,
            line="communities/notices/taken.txt", icon="hand", visible=_offers, titles=_titles,
        ),
        Kind(
            CHANGED, pgettext_lazy("kind of notice", "Your part in a community changed"), GROUP,
            line="communities/notices/changed.txt", icon="people", visible=_seen, titles=_titles,
        ),
        # Read by somebody who may not see the community any more; it says no more than the name they knew it by.
        Kind(
            TAKEN_OUT, pgettext_lazy("kind of notice", "You were taken out of a community"), GROUP,
            line="communities/notices/taken_out.txt", more="communities/notices/taken_out_more.txt", icon="people",
            titles=_titles, place=_list_page,
        ),
        Kind(
            GOAL, pgettext_lazy("kind of notice", "The goal of a community that you lead is due"), GROUP,
            line="communities/notices/goal.txt", more="communities/notices/goal_more.txt", icon="cal", visible=_seen,
            titles=_titles,
        ),
        Kind(
            LEADERLESS, pgettext_lazy("kind of notice", "A community has nobody who leads it"), GROUP,
            line="communities/notices/leaderless.txt", more="communities/notices/leaderless_more.txt", icon="warn",
            visible=_seen, titles=_titles,
        ),
    )  # fmt: skip
