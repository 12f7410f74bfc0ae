"""What the talk of a community says of its health: who was active, and the last sign of life. Declared by TalkConfig.ready."""

from datetime import datetime

from communities import measures
from communities.models import Community
from communities.talk.models import Message, Reaction


def active(community: Community, since: datetime) -> set[int]:
    """Who said something or had a word for what others said. What is stored without an author counts for nobody."""
    said = Message.objects.shown().present().filter(channel__community=community, created_at__gte=since)
    found = set(said.exclude(author=None).order_by().values_list("author", flat=True).distinct())
    reacted = Reaction.objects.filter(message__channel__community=community, at__gte=since)
    return {*(person for person in found if person is not None), *reacted.values_list("user", flat=True).distinct()}


def latest(community: Community) -> datetime | None:
    said = Message.objects.shown().present().filter(channel__community=community)
    return said.order_by("-created_at").values_list("created_at", flat=True).first()


def declare() -> None:
    measures.add_activity(active)
    measures.add_latest(latest)
