"""Names only."""

from communities.talk.models.channels import Channel, Place, Thread
from communities.talk.models.kept import Attachment, Version
from communities.talk.models.messages import Event, Message, Reaction

__all__ = ["Attachment", "Channel", "Event", "Message", "Place", "Reaction", "Thread", "Version"]
