"""Coming in by oneself: at once where the door is open, by a request that a facilitator decides elsewhere."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities import notices
from communities.actions.ground import AlreadyMember, CommunityError, IsArchived, Settled, living, locked, take_in
from communities.actions.members import settle_ways_in
from communities.acts import APPROVED, DECLINED
from communities.models import Community, JoinRequest, Membership
from communities.permissions import can_know_of
from kmportal.core import acts
from kmportal.inbox.actions import telling
from kmportal.people.models import User

Joining = Community.Joining


class NotThisWay(CommunityError):
    words = _("The way into this community has changed. The page shows how one gets in now.")


class AskedAlready(CommunityError):
    words = _("You have asked already. A facilitator will answer.")


@transaction.atomic
def join(*, actor: User, community: Community) -> Membership:
    """Come into an open community.

    Raises:
        PermissionDenied: it is not theirs to know of.
        IsArchived, NotThisWay, AlreadyMember, AccountOff
    """
    current = _door(actor, community, Joining.OPEN)
    made = take_in(community=current, user=actor, role=Membership.Role.PRACTITIONER)
    settle_ways_in(actor=actor, community=current, user=actor)
    return made


@transaction.atomic
def ask_to_join(*, actor: User, community: Community, words: str = "") -> JoinRequest:
    """Ask the facilitators of a community that takes people in by request; they are told.

    Raises:
        PermissionDenied: it is not theirs to know of.
        IsArchived, NotThisWay, AlreadyMember, AskedAlready
    """
    current = _door(actor, community, Joining.REQUEST)
    if current.memberships.filter(user=actor).exists():
        raise AlreadyMember
    if JoinRequest.objects.waiting().filter(community=current, user=actor).exists():
        raise AskedAlready
    made = JoinRequest.objects.create(community=current, user=actor, words=words.strip()[:500])
    telling.tell(
        kind=notices.REQUESTED, recipients=leaders(current), actor=actor, thing=made, key=str(made.pk), group=str(current.pk)
    )
    return made


@transaction.atomic
def withdraw_request(*, actor: User, request: JoinRequest) -> JoinRequest:
    """Take one's own request back.

    Raises:
        PermissionDenied: somebody else's.
        Settled
    """
    current = _waiting(request)
    if current.user_id != actor.pk:
        raise PermissionDenied
    return _settle(current, JoinRequest.State.WITHDRAWN, actor)


@transaction.atomic
def approve_request(*, actor: User, request: JoinRequest, words: str = "") -> Membership:
    """Let somebody in who asked, and tell them.

    Raises:
        PermissionDenied: the actor may not manage the community.
        IsArchived, Settled, AccountOff, AlreadyMember
    """
    community = living(actor=actor, community=request.community_id)
    current = _waiting(request)
    made = take_in(community=community, user=current.user, role=Membership.Role.PRACTITIONER)
    _settle(current, JoinRequest.State.APPROVED, actor, words)
    settle_ways_in(actor=actor, community=community, user=current.user)
    _tell_decided(current, actor, community, APPROVED)
    return made


@transaction.atomic
def decline_request(*, actor: User, request: JoinRequest, words: str = "") -> JoinRequest:
    """Do not let somebody in who asked, and tell them why. They may ask again.

    Raises:
        PermissionDenied: the actor may not manage the community.
        IsArchived, Settled
    """
    community = living(actor=actor, community=request.community_id)
    current = _settle(_waiting(request), JoinRequest.State.DECLINED, actor, words)
    _tell_decided(current, actor, community, DECLINED)
    return current


def leaders(community: Community) -> list[User]:
    """The facilitators whose account is on."""
    return list(
        User.objects.filter(is_active=True, memberships__community=community, memberships__role=Membership.Role.FACILITATOR)
    )


def _door(actor: User, community: Community, way: Community.Joining) -> Community:
    current = locked(community)
    if not can_know_of(actor, current):
        raise PermissionDenied
    if current.is_archived:
        raise IsArchived
    if current.joining != way:
        raise NotThisWay
    return current


def _waiting(request: JoinRequest) -> JoinRequest:
    current = JoinRequest.objects.select_for_update().select_related("user", "community").get(pk=request.pk)
    if current.state != JoinRequest.State.WAITING:
        raise Settled
    return current


def _settle(request: JoinRequest, state: JoinRequest.State, actor: User, words: str = "") -> JoinRequest:
    request.state, request.settled_by, request.settled_at = state, actor, timezone.now()
    request.answer = words.strip()[:500]
    request.save(update_fields=["state", "settled_by", "settled_at", "answer"])
    telling.settle(kind=notices.REQUESTED, thing=request)
    return request


def _tell_decided(request: JoinRequest, actor: User, community: Community, act: str) -> None:
    acts.record(actor=actor, act=act, thing=community, reason=request.answer, data={"person": str(request.user)})
    telling.tell(
        kind=notices.DECIDED, recipients=[request.user], actor=actor, thing=request, key=str(request.pk),
        data={"approved": request.state == JoinRequest.State.APPROVED, "quote": request.answer},
    )  # fmt: skip
