"""Handing leadership over: offered by a facilitator, who stays until the other has taken it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities import notices
from communities.actions.ground import CommunityError, IsArchived, NotMember, Settled, locked, require_no_guest
from communities.acts import ROLE
from communities.models import Community, HandOver, Membership
from kmportal.core import acts
from kmportal.inbox.actions import telling
from kmportal.people.models import User

Role = Membership.Role


class OfferedAlready(CommunityError):
    words = _("You have offered the leadership to somebody already. Take that back first.")


class LeadsAlready(CommunityError):
    words = _("This person is a facilitator already.")


@transaction.atomic
def offer_leadership(*, actor: User, community: Community, to: User, words: str = "") -> HandOver:
    """Ask a member to lead instead of oneself.

    Raises:
        PermissionDenied: the actor is no facilitator of it.
        IsArchived, NotMember, LeadsAlready, OfferedAlready, GuestLeads
    """
    current = _living(community)
    if _membership(current, actor).role != Role.FACILITATOR:
        raise PermissionDenied
    other = current.memberships.present().filter(user=to).first()
    if other is None:
        raise NotMember
    if other.is_facilitator:
        raise LeadsAlready
    require_no_guest(user=to, role=Role.FACILITATOR)
    if current.hand_overs.offered().filter(giver=actor).exists():
        raise OfferedAlready
    made = HandOver.objects.create(community=current, giver=actor, taker=to, words=words.strip()[:500])
    telling.tell(kind=notices.OFFERED, recipients=[to], actor=actor, thing=made, key=str(made.pk), data={"quote": made.words})
    return made


@transaction.atomic
def accept_leadership(*, actor: User, offer: HandOver) -> Membership:
    """Lead from now on; whoever handed over becomes a practitioner.

    Raises:
        PermissionDenied: offered to somebody else.
        IsArchived, Settled, NotMember
    """
    community, current = _living(offer.community_id), _offered(offer)
    if current.taker_id != actor.pk:
        raise PermissionDenied
    # Who does not lead any more has nothing to hand over.
    if not community.memberships.facilitating().filter(user=current.giver_id).exists():
        raise Settled
    mine = _membership(community, actor)
    mine.role = Role.FACILITATOR
    mine.save(update_fields=["role"])
    community.memberships.filter(user=current.giver_id, role=Role.FACILITATOR).update(role=Role.PRACTITIONER)
    # Their promises go along: otherwise the links would open nothing from now on.
    community.invitations.filter(state="open", invited_by=current.giver_id).update(invited_by=actor)
    _settle(current, HandOver.State.ACCEPTED, tell=current.giver)
    acts.record(actor=actor, act=ROLE, thing=community, data={"person": str(actor), "role": Role.FACILITATOR.value})
    return mine


@transaction.atomic
def decline_leadership(*, actor: User, offer: HandOver) -> HandOver:
    """Rather not.

    Raises:
        PermissionDenied: offered to somebody else.
        Settled
    """
    current = _offered(offer)
    if current.taker_id != actor.pk:
        raise PermissionDenied
    return _settle(current, HandOver.State.DECLINED, tell=current.giver)


@transaction.atomic
def withdraw_leadership(*, actor: User, offer: HandOver) -> HandOver:
    """Keep it after all.

    Raises:
        PermissionDenied: somebody else's offer.
        Settled
    """
    current = _offered(offer)
    if current.giver_id != actor.pk:
        raise PermissionDenied
    return _settle(current, HandOver.State.WITHDRAWN, tell=None)


def _living(community: Community | int) -> Community:
    current = locked(community)
    if current.is_archived:
        raise IsArchived
    return current


def _membership(community: Community, user: User) -> Membership:
    found = community.memberships.filter(user=user, user__is_active=True).first()
    if found is None:
        raise NotMember
    return found


def _offered(offer: HandOver) -> HandOver:
    current = HandOver.objects.select_for_update().select_related("giver", "taker", "community").get(pk=offer.pk)
    if current.state != HandOver.State.OFFERED:
        raise Settled
    return current


def _settle(offer: HandOver, state: HandOver.State, tell: User | None) -> HandOver:
    offer.state, offer.settled_at = state, timezone.now()
    offer.save(update_fields=["state", "settled_at"])
    telling.settle(kind=notices.OFFERED, thing=offer)
    if tell is not None:
        telling.tell(
            kind=notices.TAKEN, recipients=[tell], actor=offer.taker, thing=offer, key=str(offer.pk),
            data={"accepted": state == HandOver.State.ACCEPTED},
        )  # fmt: skip
    return offer
