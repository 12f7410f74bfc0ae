"""The words that people agree to when they join a circle. A change of meaning is a new version; old ones stay, since people agreed to them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.circles.models import Circle

CURRENT = 1
HEARD = {
    1: _(
        "What is written here stays in this community: its members can read it, now and later in the record of the circle. Nobody else can."
    )
}
BECOMES = {
    1: {
        Circle.Reach.MEMBERS: _("A lesson may be drawn from it for the members of this community."),
        Circle.Reach.AGENCY: _("A lesson may be drawn from it for the agencies of those who took part."),
        Circle.Reach.NETWORK: _("A lesson may be drawn from it for everybody in the network."),
    }
}
RIGHTS = {
    1: (
        _("Nothing of yours goes into a lesson under your name before you have approved the wording."),
        _("You may withdraw what you wrote as long as no lesson with it is published."),
        _("You may leave at any time; what you said by then stays unless you withdraw it."),
    )
}
NAMELESS = _(
    "In a round without names your name is not stored at all. So nobody can ask you about it, and you cannot withdraw it or get credit for it."
)


def words_of(circle: Circle) -> list[Any]:
    """What one agrees to in this circle, sentence by sentence."""
    version = circle.consent_version
    said = [HEARD[version], BECOMES[version][Circle.Reach(circle.reach)], *RIGHTS[version]]
    if any(one.anonymous for one in circle.rounds.all()):
        said.append(NAMELESS)
    return said
