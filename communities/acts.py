"""What is done to members of communities and to communities, as it stands in the book of staff acts. Declared by CommunitiesConfig.ready."""

from typing import Any

from django.utils.translation import pgettext_lazy

from communities.models import Community
from kmportal.core import acts
from kmportal.core.acts import Act, Field

ADDED, PUT_OUT, ROLE = "communities.added", "communities.put_out", "communities.role"
APPROVED, DECLINED = "communities.approved", "communities.declined"
INVITED, REVOKED = "communities.invited", "communities.revoked"
ARCHIVED, RESTORED, OPENED = "communities.archived", "communities.restored", "communities.opened"


def circle_of(thing: Any) -> str:
    """Of an act on what is hidden, only its members read."""
    return f"community:{thing.pk}" if thing.is_hidden else "network"


def declare_acts() -> None:
    for code, label in (
        (OPENED, pgettext_lazy("act of staff", "Opened a community")),
        (ADDED, pgettext_lazy("act of staff", "Took somebody into a community")),
        (PUT_OUT, pgettext_lazy("act of staff", "Took somebody out of a community")),
        (ROLE, pgettext_lazy("act of staff", "Gave somebody another role in a community")),
        (APPROVED, pgettext_lazy("act of staff", "Approved a request to join a community")),
        (DECLINED, pgettext_lazy("act of staff", "Declined a request to join a community")),
        (INVITED, pgettext_lazy("act of staff", "Invited somebody into a community")),
        (REVOKED, pgettext_lazy("act of staff", "Took an invitation into a community back")),
        (ARCHIVED, pgettext_lazy("act of staff", "Archived a community")),
        (RESTORED, pgettext_lazy("act of staff", "Brought an archived community back")),
    ):
        acts.declare(Act(code, label, Field.PEOPLE))
    acts.kept_to(Community, circle_of)
