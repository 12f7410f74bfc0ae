"""Opening communities and changing what they say of themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from communities import opening
from communities.actions.ground import NameTaken, NoName, living, take_in
from communities.acts import OPENED
from communities.models import Community, Membership
from communities.permissions import can_create, can_hide, can_open_part
from kmportal.core import acts, clean
from kmportal.people.models import User
from kmportal.retrieval.actions import index
from kmportal.taxonomy.models import PmqaCode, Topic

RESERVED = {"new"}
SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, kw_only=True)
class CommunityDetails:
    """What a community shows of itself.

    Args:
        charter: HTML; cleaned here. None leaves it, as it leaves goal, codes and topics.
    """

    name: str
    name_en: str = ""
    domain: str = ""
    is_hidden: bool = False
    slug: str = ""
    joining: Community.Joining | None = None
    charter: str | None = None
    goal: str | None = None
    goal_on: date | None = None
    codes: Collection[PmqaCode] | None = None
    topics: Collection[Topic] | None = None


@transaction.atomic
def create_community(*, actor: User, details: CommunityDetails, facilitator: User | None = None) -> Community:
    """Open a community with its first facilitator, who is the actor unless somebody else is named.

    Raises:
        PermissionDenied: the actor is no network coordinator.
        NoName, NameTaken, AccountOff
    """
    if not can_create(actor):
        raise PermissionDenied
    community = Community(slug=details.slug or _free_slug(details))
    if Community.objects.filter(slug=community.slug).exists():
        raise NameTaken
    _write(actor, community, details)
    take_in(community=community, user=facilitator or actor, role=Membership.Role.FACILITATOR)
    opening.prepare(actor=actor, community=community)
    acts.record(actor=actor, act=OPENED, thing=community)
    return community


@transaction.atomic
def open_part(*, actor: User, parent: Community, details: CommunityDetails) -> Community:
    """Open a sub-community. The facilitator who opens it leads it; nobody else comes along.

    Raises:
        PermissionDenied: the actor does not lead the parent, or it is a part itself.
        IsArchived, NoName, NameTaken
    """
    above = living(actor=actor, community=parent)
    if not can_open_part(actor, above):
        raise PermissionDenied
    part = Community(slug=_free_slug(details), parent=above)
    _write(actor, part, details)
    take_in(community=part, user=actor, role=Membership.Role.FACILITATOR)
    opening.prepare(actor=actor, community=part)
    acts.record(actor=actor, act=OPENED, thing=part)
    return part


@transaction.atomic
def change_community(*, actor: User, community: Community, details: CommunityDetails) -> Community:
    """Change its words, or hide or show it. Its address stays, because links to it are out in the world.

    Raises:
        PermissionDenied: the actor may not manage it; or would hide or show it without being a facilitator.
        IsArchived, NoName, NameTaken
    """
    current = living(actor=actor, community=community)
    if details.is_hidden != current.is_hidden and not can_hide(actor, current):
        raise PermissionDenied
    return _write(actor, current, details)


def _write(actor: User, community: Community, details: CommunityDetails) -> Community:
    if not details.name.strip():
        raise NoName
    # Only among those they know of: "taken" would tell that a hidden one is there.
    if Community.objects.visible_to(actor).exclude(pk=community.pk).filter(name__iexact=details.name.strip()).exists():
        raise NameTaken
    community.name, community.name_en = details.name.strip(), details.name_en.strip()
    community.domain, community.is_hidden = details.domain.strip(), details.is_hidden
    _write_way_in(community, details)
    if details.charter is not None:
        community.charter = clean.html(details.charter)
    if details.goal is not None:
        community.goal, community.goal_on = details.goal.strip(), details.goal_on
    community.save()
    if details.codes is not None:
        community.codes.set(details.codes)
    if details.topics is not None:
        community.topics.set(details.topics)
    # Once more, because codes and topics came after the row was saved.
    index([community])
    return community


def _write_way_in(community: Community, details: CommunityDetails) -> None:
    """Nobody finds the way into what is hidden but by invitation."""
    if details.is_hidden:
        community.joining = Community.Joining.INVITATION
    elif details.joining is not None:
        community.joining = details.joining


def _free_slug(details: CommunityDetails) -> str:
    """From the English name; a hidden community gets letters that say nothing."""
    named = "" if details.is_hidden else slugify(details.name_en)[:50]
    if named and named not in RESERVED and not Community.objects.filter(slug=named).exists():
        return named
    return f"cop-{get_random_string(8, SLUG_LETTERS)}"
