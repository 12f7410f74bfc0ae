"""How far a lesson out of talk may go: no farther than what those who spoke were promised."""

from communities.harvest.models import TalkDraft
from kmportal.library.visibility import Visibility

REACH = (Visibility.COMMUNITY, Visibility.AGENCY, Visibility.NETWORK, Visibility.PUBLIC)
"""From the narrowest to the widest."""


def may_reach(draft: TalkDraft, visibility: str) -> bool:
    return visibility in REACH and REACH.index(Visibility(visibility)) <= REACH.index(widest_of(draft))


def widest_of(draft: TalkDraft) -> Visibility:
    """The widest circle of readers. Talk of a hidden community stays in it; else the teller's word, given for the text and shown
    with its circle of readers, is the promise."""
    return Visibility.COMMUNITY if draft.channel.community.is_hidden else Visibility.PUBLIC
