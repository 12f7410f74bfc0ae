"""Who is in a community, and as what."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from communities import notices
from communities.actions.ground import (
    IsArchived,
    LastFacilitator,
    NotMember,
    living,
    locked,
    managed,
    require_another_facilitator,
    require_no_guest,
    take_in,
)
from communities.acts import ADDED, PUT_OUT, ROLE
from communities.models import Community, Invitation, JoinRequest, Membership
from communities.permissions import can_manage, can_take_lead
from kmportal.core import acts
from kmportal.core.sessions import look_again
from kmportal.inbox.actions import telling
from kmportal.people.models import User

LONGEST_REASON = 300


@transaction.atomic
def add_member(
    *, actor: User, community: Community, user: User, role: Membership.Role = Membership.Role.PRACTITIONER
) -> Membership:
    """Take somebody in. What they asked for and were invited to is settled with it.

    Raises:
        PermissionDenied: the actor may not manage the community.
        IsArchived, AlreadyMember, AccountOff
    """
    current = living(actor=actor, community=community)
    made = take_in(community=current, user=user, role=role)
    settle_ways_in(actor=actor, community=current, user=user)
    acts.record(actor=actor, act=ADDED, thing=current, data={"person": str(user), "role": role.value})
    telling.tell(
        kind=notices.CHANGED, recipients=[user], actor=actor, thing=current, key=f"added:{made.pk}", data={"what": "added"}
    )
    return made


@transaction.atomic
def remove_member(*, actor: User, membership: Membership, why: str = "") -> None:
    """Take somebody out, and tell them, with the reason if there is one. Everybody may leave by themselves. What they wrote stays.

    Raises:
        PermissionDenied: somebody else's membership in a community that the actor may not manage.
        LastFacilitator
    """
    current = locked(membership.community_id)
    if membership.user_id != actor.pk and not can_manage(actor, current):
        raise PermissionDenied
    require_another_facilitator(community=current, membership=membership)
    if membership.user_id != actor.pk:
        why = why.strip()[:LONGEST_REASON]
        acts.record(actor=actor, act=PUT_OUT, thing=current, reason=why, data={"person": str(membership.user)})
        telling.tell(
            kind=notices.TAKEN_OUT, recipients=[membership.user], actor=actor, thing=current, key=f"out:{membership.pk}",
            data={"quote": why},
        )  # fmt: skip
    offers = current.hand_overs.filter(state="offered")
    (offers.filter(giver=membership.user_id) | offers.filter(taker=membership.user_id)).update(
        state="withdrawn", settled_at=timezone.now()
    )
    membership.delete()
    look_again(membership.user_id)


@transaction.atomic
def change_role(*, actor: User, membership: Membership, role: Membership.Role) -> Membership:
    """Give a member another CoP role.

    Raises:
        PermissionDenied: the actor may not manage the community.
        LastFacilitator, GuestLeads
    """
    current = managed(actor=actor, community=membership.community_id)
    if role != Membership.Role.FACILITATOR:
        require_another_facilitator(community=current, membership=membership)
    require_no_guest(user=membership.user, role=role)
    was, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    if was != role and membership.user_id != actor.pk:
        acts.record(actor=actor, act=ROLE, thing=current, data={"person": str(membership.user), "role": role.value})
        telling.tell(
            kind=notices.CHANGED, recipients=[membership.user], actor=actor, thing=current,
            key=f"role:{membership.pk}:{timezone.now():%Y%m%d%H%M%S}", data={"what": "role", "role": role.value},
        )  # fmt: skip
    return membership


@transaction.atomic
def take_the_lead(*, actor: User, community: Community) -> Membership:
    """A member becomes facilitator of a community that has none whose account is on.

    Raises:
        PermissionDenied: no member.
        IsArchived
        LastFacilitator: somebody leads it.
    """
    current = locked(community)
    mine = current.memberships.filter(user=actor).first()
    if mine is None or not actor.is_active:
        raise PermissionDenied
    if current.is_archived:
        raise IsArchived
    if not can_take_lead(actor, current):
        raise LastFacilitator
    mine.role = Membership.Role.FACILITATOR
    mine.save(update_fields=["role"])
    acts.record(actor=actor, act=ROLE, thing=current, data={"person": str(actor), "role": mine.role})
    telling.settle(kind=notices.LEADERLESS, thing=current)
    return mine


@transaction.atomic
def describe_self(*, actor: User, community: Community, offers: str, seeks: str) -> Membership:
    """What a member offers and seeks, for the other members to read. At most 300 letters each.

    Raises:
        NotMember, IsArchived
    """
    mine = _own(actor, community)
    mine.offers, mine.seeks = offers.strip()[:300], seeks.strip()[:300]
    mine.save(update_fields=["offers", "seeks"])
    return mine


@transaction.atomic
def mark_charter_read(*, actor: User, community: Community) -> Membership:
    """The first time counts.

    Raises:
        NotMember, IsArchived
    """
    mine = _own(actor, community)
    if mine.charter_read_at is None:
        mine.charter_read_at = timezone.now()
        mine.save(update_fields=["charter_read_at"])
    return mine


@transaction.atomic
def put_steps_away(*, actor: User, community: Community, away: bool = True) -> Membership:
    """The first steps of a newcomer are shown no more, or again.

    Raises:
        NotMember, IsArchived
    """
    mine = _own(actor, community)
    mine.steps_hidden_at = timezone.now() if away else None
    mine.save(update_fields=["steps_hidden_at"])
    return mine


def settle_ways_in(*, actor: User, community: Community, user: User) -> None:
    """Whoever is in needs no request and no invitation any more."""
    now = timezone.now()
    for waiting in JoinRequest.objects.waiting().filter(community=community, user=user):
        waiting.state, waiting.settled_at, waiting.settled_by = JoinRequest.State.APPROVED, now, actor
        waiting.save(update_fields=["state", "settled_at", "settled_by"])
        telling.settle(kind=notices.REQUESTED, thing=waiting)
    open_ones = Invitation.objects.filter(community=community, state="open", email__iexact=user.email)
    open_ones.update(state=Invitation.State.ACCEPTED, settled_at=now, settled_by=user)


def _own(actor: User, community: Community) -> Membership:
    mine = Membership.objects.select_for_update().filter(community=community, user=actor).select_related("community").first()
    if mine is None or not actor.is_active:
        raise NotMember
    if mine.community.is_archived:
        raise IsArchived
    return mine
