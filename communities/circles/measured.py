"""Circles in the health of a community: who joined one, and when the last one began. Declared by CirclesConfig.ready."""

from datetime import datetime

from communities import measures
from communities.circles.models import Circle, Part
from communities.models import Community


def active(community: Community, since: datetime) -> set[int]:
    """Who agreed to take part. Whether they said anything is not asked: listening is taking part."""
    return set(Part.objects.filter(circle__channel__community=community, consented_at__gte=since).values_list("user", flat=True))


def latest(community: Community) -> datetime | None:
    begun = Circle.objects.filter(channel__community=community, started_at__isnull=False)
    return begun.order_by("-started_at").values_list("started_at", flat=True).first()


def declare() -> None:
    measures.add_activity(active)
    measures.add_latest(latest)
