"""Action items as their pages show them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from communities.commons.models import ActionItem
from communities.space import Space


@dataclass(frozen=True)
class Counts:
    open: int
    overdue: int
    done: int


@dataclass(frozen=True)
class Source:
    """What an item came from, for whoever may read that."""

    title: str
    url: str


def listed(space: Space, show: str) -> Any:
    rows = ActionItem.objects.visible_to(space.user).filter(community=space.community).select_related("owner", "community")
    narrowed = {"open": rows.open, "done": rows.done}.get(show)
    return (narrowed() if narrowed else rows).listed()


def counts(space: Space) -> Counts:
    """Figures of the whole space, without names. One query."""
    late = Q(done_at=None, due__lt=timezone.localdate())
    found = ActionItem.objects.visible_to(space.user).filter(community=space.community).order_by()
    return Counts(
        **found.aggregate(
            open=Count("pk", filter=Q(done_at=None)),
            overdue=Count("pk", filter=late),
            done=Count("pk", filter=Q(done_at__isnull=False)),
        )
    )


def source_of(item: ActionItem, user: Any) -> Source | None:
    """The thing that the item came from, if this person may read it now. Things whose readers nobody can ask for are not shown."""
    model = item.source_type.model_class() if item.source_type else None
    rows = getattr(getattr(model, "objects", None), "visible_to", None)
    thing = rows(user).filter(pk=item.source_id).first() if rows else None
    if thing is None or not hasattr(thing, "get_absolute_url"):
        return None
    return Source(str(thing), thing.get_absolute_url())
