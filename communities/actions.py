"""Opening communities and looking after their members: the only writers of these tables."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Membership
from communities.permissions import can_create, can_hide, can_manage
from kmportal.people.models import User

SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class CommunityError(Exception):
    """The step is not possible; `words` say why and what to do."""

    words: Any = ""


class NameTaken(CommunityError):
    words = _("A community with this name or address is there already.")


class NoName(CommunityError):
    words = _("Give the community a name.")


class AlreadyMember(CommunityError):
    words = _("This person is a member already. Change their role instead.")


class AccountOff(CommunityError):
    words = _("This account is switched off.")


class LastFacilitator(CommunityError):
    words = _("A community keeps at least one facilitator. Make somebody else a facilitator first.")


@dataclass(frozen=True, kw_only=True)
class CommunityDetails:
    """What a community shows of itself."""

    name: str
    name_en: str = ""
    purpose: str = ""
    is_hidden: bool = False
    slug: str = ""


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
    _write(community, details)
    _join(community, facilitator or actor, Membership.Role.FACILITATOR)
    return community


@transaction.atomic
def change_community(*, actor: User, community: Community, details: CommunityDetails) -> Community:
    """Change its words, or hide or show it. Its address stays, because links to it are out in the world.

    Raises:
        PermissionDenied: the actor may not manage it; or would hide or show it without being a facilitator.
        NoName, NameTaken
    """
    current = Community.objects.select_for_update().get(pk=community.pk)
    if not can_manage(actor, current):
        raise PermissionDenied
    if details.is_hidden != current.is_hidden and not can_hide(actor, current):
        raise PermissionDenied
    return _write(current, details)


@transaction.atomic
def add_member(
    *, actor: User, community: Community, user: User, role: Membership.Role = Membership.Role.PRACTITIONER
) -> Membership:
    """Take somebody in.

    Raises:
        PermissionDenied: the actor may not manage the community.
        AlreadyMember, AccountOff
    """
    current = _managed(actor, community)
    if current.memberships.filter(user=user).exists():
        raise AlreadyMember
    return _join(current, user, role)


@transaction.atomic
def remove_member(*, actor: User, membership: Membership) -> None:
    """Take somebody out. Everybody may leave by themselves. What they wrote stays with the community.

    Raises:
        PermissionDenied: somebody else's membership in a community that the actor may not manage.
        LastFacilitator
    """
    current = Community.objects.select_for_update().get(pk=membership.community_id)
    if membership.user_id != actor.pk and not can_manage(actor, current):
        raise PermissionDenied
    _require_another_facilitator(current, membership)
    membership.delete()


@transaction.atomic
def change_role(*, actor: User, membership: Membership, role: Membership.Role) -> Membership:
    """Give a member another CoP role.

    Raises:
        PermissionDenied: the actor may not manage the community.
        LastFacilitator
    """
    current = _managed(actor, membership.community)
    if role != Membership.Role.FACILITATOR:
        _require_another_facilitator(current, membership)
    membership.role = role
    membership.save(update_fields=["role"])
    return membership


def _managed(actor: User, community: Community) -> Community:
    """The community, locked, so that two people cannot both take the last facilitator away."""
    current = Community.objects.select_for_update().get(pk=community.pk)
    if not can_manage(actor, current):
        raise PermissionDenied
    return current


def _write(community: Community, details: CommunityDetails) -> Community:
    if not details.name.strip():
        raise NoName
    if Community.objects.exclude(pk=community.pk).filter(name__iexact=details.name.strip()).exists():
        raise NameTaken
    community.name, community.name_en = details.name.strip(), details.name_en.strip()
    community.purpose, community.is_hidden = details.purpose.strip(), details.is_hidden
    community.save()
    return community


def _free_slug(details: CommunityDetails) -> str:
    """From the English name; a hidden community gets letters that say nothing."""
    named = "" if details.is_hidden else slugify(details.name_en)[:50]
    if named and not Community.objects.filter(slug=named).exists():
        return named
    return f"cop-{get_random_string(8, SLUG_LETTERS)}"


def _join(community: Community, user: User, role: Membership.Role) -> Membership:
    if not user.is_active:
        raise AccountOff
    return Membership.objects.create(community=community, user=user, role=role)


def _require_another_facilitator(community: Community, membership: Membership) -> None:
    others = community.memberships.filter(role=Membership.Role.FACILITATOR).exclude(pk=membership.pk)
    if membership.role == Membership.Role.FACILITATOR and not others.exists():
        raise LastFacilitator
