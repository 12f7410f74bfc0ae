"""Who may do what with interviews. Seeing is not asked here: querysets begin with visible_to(user)."""

from typing import Any

from communities.harvest.permissions import HARVESTERS
from communities.interviews.models import Interview
from communities.models import Community, Membership
from communities.permissions import can_take_part


def can_ask(user: Any, community: Community) -> bool:
    """Arrange an interview: note-takers and facilitators, who harvest what comes of it."""
    roles = Membership.objects.filter(community=community, role__in=HARVESTERS)
    return can_take_part(user, community) and roles.filter(user=user).exists()


def can_work(user: Any, interview: Interview) -> bool:
    """Ask, type answers for the expert, add recordings: whoever asks, and the note-takers of the space.

    Facilitators who neither ask nor take notes wait for the expert's approval like every member.
    """
    if not can_take_part(user, interview.community):
        return False
    taking_notes = Membership.objects.filter(community=interview.community_id, user=user, role=Membership.Role.NOTE_TAKER)
    return interview.asker_id == user.pk or taking_notes.exists()
