"""Inviting by e-mail, whether the person has an account or not: a link that opens once, for two weeks."""

from datetime import timedelta
from functools import partial
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from communities import invitation_letter, notices
from communities.actions.ground import AlreadyMember, CommunityError, GuestLeads, Settled, living, locked, take_in
from communities.actions.joining import leaders
from communities.actions.members import settle_ways_in
from communities.acts import INVITED, REVOKED
from communities.models import Community, Invitation, Membership
from communities.outside import are_let_in, is_outside
from kmportal.core import acts, limits
from kmportal.inbox.actions import telling
from kmportal.people.models import User

HOLDS = timedelta(days=14)
MOST_A_DAY = 50
MOST_MAILS = 5
DAY = 24 * 3600


class InvitedAlready(CommunityError):
    words = _("This address is invited already. Send the mail again instead.")


class EnoughInvitations(CommunityError):
    words = _("These are enough invitations for today. Go on tomorrow.")


class NotOpen(CommunityError):
    words = _("This invitation does not hold any more. Ask the person who invited you for a new one.")


class OnlyFromInside(CommunityError):
    words = _("Only addresses of agencies of the network can be invited. Ask a network coordinator to list the mail domain.")


class OwnAddressOnly(CommunityError):
    words = _("Guests answer invitations to their own address. Ask the person who invited you to send one to you.")


@transaction.atomic
def invite(
    *,
    actor: User,
    community: Community,
    email: str,
    role: Membership.Role = Membership.Role.PRACTITIONER,
    words: str = "",
    language: str = "th",
) -> Invitation:
    """Invite an address; the mail goes out after the transaction, in the account's language where there is one.

    Says the same whether the address has an account or not.

    Raises:
        PermissionDenied: the actor may not manage the community.
        ValidationError: no mail address.
        IsArchived, AlreadyMember, InvitedAlready, EnoughInvitations
        OnlyFromInside: coordinators let nobody in whose mail domain is not listed.
        GuestLeads: an address from outside cannot be invited as a facilitator.
    """
    current = living(actor=actor, community=community)
    address = email.strip().lower()
    validate_email(address)
    _require_inside(address, role)
    _require_new(current, address)
    if not limits.allows(str(actor.pk), "communities.invite", MOST_A_DAY, DAY):
        raise EnoughInvitations
    account = User.objects.filter(email__iexact=address, is_active=True).first()
    made = Invitation(
        community=current, email=address, role=role, words=words.strip()[:500], invited_by=actor,
        language=account.language if account else language,
    )  # fmt: skip
    _seal(made)
    acts.record(actor=actor, act=INVITED, thing=current, data={"email": address, "role": role.value})
    if account is not None:
        telling.tell(kind=notices.INVITED, recipients=[account], actor=actor, thing=made, key=str(made.pk))
    return made


@transaction.atomic
def send_again(*, actor: User, invitation: Invitation) -> Invitation:
    """The mail once more, with a new link; the old one opens nothing any more. From now on it is the actor who invites.

    Raises:
        PermissionDenied
        IsArchived, Settled, EnoughInvitations
    """
    living(actor=actor, community=invitation.community_id)
    current = _open(invitation)
    if current.times_sent >= MOST_MAILS or not limits.allows(str(actor.pk), "communities.invite", MOST_A_DAY, DAY):
        raise EnoughInvitations
    current.invited_by = actor
    return _seal(current)


@transaction.atomic
def revoke(*, actor: User, invitation: Invitation) -> Invitation:
    """Take an invitation back.

    Raises:
        PermissionDenied
        IsArchived, Settled
    """
    community = living(actor=actor, community=invitation.community_id)
    current = _settle(_open(invitation), Invitation.State.REVOKED, actor)
    acts.record(actor=actor, act=REVOKED, thing=community, data={"email": current.email})
    return current


@transaction.atomic
def accept(*, actor: User, invitation: Invitation, token: str = "") -> Membership:
    """Come in by an invitation: by the link of the mail, or because it is to the actor's own address.

    Raises:
        PermissionDenied: neither.
        NotOpen: settled, run out, or the community is archived.
        OwnAddressOnly: a guest with somebody else's link.
        AlreadyMember, AccountOff, GuestLeads
    """
    community = locked(invitation.community_id)
    current = _answered_by(actor, invitation, token)
    made = take_in(community=community, user=actor, role=Membership.Role(current.role))
    _settle(current, Invitation.State.ACCEPTED, actor)
    settle_ways_in(actor=actor, community=community, user=actor)
    _tell_answer(current, actor, community)
    return made


@transaction.atomic
def decline(*, actor: User, invitation: Invitation, token: str = "") -> Invitation:
    """Say no, thank you.

    Raises:
        PermissionDenied, NotOpen
    """
    community = locked(invitation.community_id)
    current = _settle(_answered_by(actor, invitation, token), Invitation.State.DECLINED, actor)
    _tell_answer(current, actor, community)
    return current


def token_of(invitation: Invitation) -> str:
    """What the link carries: from the row and the site's secret."""
    return salted_hmac("communities.invitation", f"{invitation.pk}:{invitation.nonce}", algorithm="sha256").hexdigest()


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


@task()
def mail_invitation(*, pk: int, nonce: str) -> None:
    """Writes the mail, unless the invitation was settled or a newer mail is on its way."""
    current = Invitation.objects.open().filter(pk=pk, nonce=nonce).select_related("community", "invited_by").first()
    if current is not None:
        invitation_letter.letter(current, token_of(current)).send()
        Invitation.objects.filter(pk=pk, nonce=nonce).update(sent_at=timezone.now())


def _require_inside(address: str, role: Membership.Role) -> None:
    if not is_outside(address):
        return
    if not are_let_in():
        raise OnlyFromInside
    if role == Membership.Role.FACILITATOR:
        raise GuestLeads


def _require_new(community: Community, address: str) -> None:
    if community.memberships.filter(user__email__iexact=address).exists():
        raise AlreadyMember
    known = Invitation.objects.filter(community=community, email__iexact=address, state="open")
    if known.open().exists():
        raise InvitedAlready
    known.update(state=Invitation.State.REVOKED, settled_at=timezone.now())


def _seal(invitation: Invitation) -> Invitation:
    """A new link, and its mail after the transaction."""
    invitation.nonce = get_random_string(32)
    invitation.expires_at = timezone.now() + HOLDS
    invitation.times_sent += 1
    invitation.token_digest = invitation.nonce  # until the row has its number
    invitation.save()
    invitation.token_digest = digest_of(token_of(invitation))
    invitation.save()
    # Robust: the invitation stands also when the queue fails; it can be sent again.
    transaction.on_commit(partial(mail_invitation.enqueue, pk=invitation.pk, nonce=invitation.nonce), robust=True)
    return invitation


def _open(invitation: Invitation) -> Invitation:
    current = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if current.state != Invitation.State.OPEN:
        raise Settled
    return current


def _answered_by(actor: User, invitation: Invitation, token: str) -> Invitation:
    current = Invitation.objects.select_for_update().get(pk=invitation.pk)
    held = bool(token) and digest_of(token) == current.token_digest
    own = current.email == actor.email.lower()
    if not actor.is_active or not (held or own):
        raise PermissionDenied
    if actor.is_guest and not own:
        raise OwnAddressOnly
    if not Invitation.objects.open().filter(pk=current.pk).exists():
        raise NotOpen
    return current


def _settle(invitation: Invitation, state: Invitation.State, actor: User) -> Invitation:
    invitation.state, invitation.settled_by, invitation.settled_at = state, actor, timezone.now()
    invitation.save(update_fields=["state", "settled_by", "settled_at"])
    telling.settle(kind=notices.INVITED, thing=invitation)
    return invitation


def _tell_answer(invitation: Invitation, actor: User, community: Community) -> None:
    telling.tell(
        kind=notices.CAME_IN, recipients=leaders(community), actor=actor, thing=invitation, key=str(invitation.pk),
        data={"accepted": invitation.state == Invitation.State.ACCEPTED},
    )  # fmt: skip
