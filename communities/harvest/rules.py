"""How far a lesson out of talk may go: no farther than what those who spoke were promised."""

from communities.circles.models import Circle, Said
from communities.harvest.models import TalkDraft
from kmportal.library.visibility import Visibility

REACH = (Visibility.COMMUNITY, Visibility.AGENCY, Visibility.NETWORK, Visibility.PUBLIC)
"""From the narrowest to the widest."""
PROMISED = {
    Circle.Reach.MEMBERS: Visibility.COMMUNITY,
    Circle.Reach.AGENCY: Visibility.AGENCY,
    Circle.Reach.NETWORK: Visibility.NETWORK,
}


def may_reach(draft: TalkDraft, visibility: str) -> bool:
    return visibility in REACH and REACH.index(Visibility(visibility)) <= REACH.index(widest_of(draft))


def widest_of(draft: TalkDraft) -> Visibility:
    """The widest circle of readers.

    What was said in a circle goes no farther than those who joined it were told; talk of a hidden community stays in it; for the
    rest the teller's word is the promise: it is given for the text with its circle of readers.
    """
    if draft.channel.community.is_hidden:
        return Visibility.COMMUNITY
    reaches = Said.objects.filter(message__statements__draft=draft).values_list("circle__reach", flat=True).distinct()
    return min((PROMISED[Circle.Reach(reach)] for reach in reaches), key=REACH.index, default=Visibility.PUBLIC)
