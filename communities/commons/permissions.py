"""Who may do what with shared things. Seeing them is not asked here: querysets begin with visible_to(user), which is members alone."""

from datetime import datetime
from typing import Any

from communities.commons.models import ActionItem, Announcement, Event, Poll, SpaceDocument
from communities.models import Community, Membership
from communities.permissions import can_take_part

MANAGING = (Membership.Role.FACILITATOR, Membership.Role.NOTE_TAKER)


def manages(user: Any, community: Community) -> bool:
    """Announce, call events, ask polls, tidy up: facilitators and note-takers, while the community is not archived."""
    return can_take_part(user, community) and community.memberships.filter(user=user, role__in=MANAGING).exists()


def can_restore(user: Any, thing: Announcement | SpaceDocument | Poll) -> bool:
    """Those who manage; besides, who took away a document that they shared themselves. In an archived community nobody."""
    own = isinstance(thing, SpaceDocument) and thing.author_id == thing.deleted_by_id == user.pk
    return manages(user, thing.community) or (own and can_take_part(user, thing.community))


def can_change_document(user: Any, document: SpaceDocument) -> bool:
    """Rename it, add a version, take it away: whoever shared it, and those who manage."""
    if document.author_id == user.pk:
        return can_take_part(user, document.community)
    return manages(user, document.community)


def can_change_item(user: Any, item: ActionItem) -> bool:
    """Move it, hand it over: its owner, who gave it, and those who manage."""
    if user.pk in {item.owner_id, item.author_id}:
        return can_take_part(user, item.community)
    return manages(user, item.community)


def can_answer_event(user: Any, event: Event, now: datetime) -> bool:
    """Say whether one comes: members, until it is over or cancelled."""
    return not event.is_cancelled and not event.is_over(now) and can_take_part(user, event.community)


def can_vote(user: Any, poll: Poll, now: datetime) -> bool:
    """Once in an anonymous poll, changing it in a named one; the verb asks about the first vote."""
    return poll.is_open(now) and can_take_part(user, poll.community)
