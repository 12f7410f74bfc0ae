"""What is shared, called and done in a community, for its health. Declared by CommonsConfig.ready.

Votes in polls count for nobody: they carry no time, so that an anonymous one stays one.
"""

from datetime import datetime

from communities import measures
from communities.commons.models import ActionStep, Announcement, DocumentVersion, Event
from communities.models import Community


def active(community: Community, since: datetime) -> set[int]:
    """Who announced, called, shared, or moved an action item on."""
    found: set[int | None] = set()
    for model in (Announcement, Event):
        made = model.objects.filter(community=community, created_at__gte=since)
        found |= set(made.values_list("author", flat=True))
    shared = DocumentVersion.objects.filter(document__community=community, created_at__gte=since)
    found |= set(shared.values_list("author", flat=True))
    steps = ActionStep.objects.filter(item__community=community, created_at__gte=since)
    found |= set(steps.values_list("actor", flat=True))
    return {person for person in found if person is not None}


def latest(community: Community) -> datetime | None:
    moments = (
        Announcement.objects.filter(community=community).order_by("-created_at").values_list("created_at", flat=True).first(),
        Event.objects.filter(community=community).order_by("-created_at").values_list("created_at", flat=True).first(),
        DocumentVersion.objects.filter(document__community=community)
        .order_by("-created_at").values_list("created_at", flat=True).first(),
        ActionStep.objects.filter(item__community=community)
        .order_by("-created_at").values_list("created_at", flat=True).first(),
    )  # fmt: skip
    return max((moment for moment in moments if moment is not None), default=None)


def declare() -> None:
    measures.add_activity(active)
    measures.add_latest(latest)
