"""Names only."""

from communities.talk.models.channels import Channel, Place, Thread
from communities.talk.models.messages import Event, Message, Reaction

__all__ = ["Channel", "Event", "Message", "Place", "Reaction", "Thread"]
