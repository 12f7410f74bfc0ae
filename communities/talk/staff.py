"""What facilitators do to what others said, as it stands in the book. Declared by TalkConfig.ready."""

from typing import Any

from django.utils.translation import pgettext_lazy

from communities.talk.models import Message
from kmportal.core import acts
from kmportal.core.acts import Act, Field

DELETED, RESTORED = "talk.deleted", "talk.restored"


def circle_of(message: Any) -> str:
    """Who may read it, as a key: members of the community alone."""
    return f"community:{message.channel.community_id}"


def declare() -> None:
    acts.declare(Act(DELETED, pgettext_lazy("act of staff", "Took a message out of a channel"), Field.CONTENT))
    acts.declare(Act(RESTORED, pgettext_lazy("act of staff", "Put a message back into a channel"), Field.CONTENT))
    acts.kept_to(Message, circle_of)
