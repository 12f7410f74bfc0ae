"""Where circles stand in a space: an entry of its menu, a panel of its front page, the frame above the talk. Declared by CirclesConfig.ready."""

from typing import Any

from django.utils.translation import pgettext_lazy

from communities import frame
from communities.circles.models import Circle
from communities.frame import Entry, Panel
from communities.space import Space

MOST = 5


def under_way(space: Space) -> int:
    """How many circles are live; stands beside the entry."""
    return Circle.objects.live().filter(channel__community=space.community).count()


def live_and_soon(space: Space) -> dict[str, Any] | None:
    """What is live and what gathers or is planned; one query."""
    open_ones = Circle.objects.visible_to(space.user).filter(
        channel__community=space.community, state__in=["running", "wrap_up", "lobby"]
    )
    found = list(open_ones.select_related("version", "channel__community").order_by("starts_at", "pk")[: MOST * 2])
    live, soon = [one for one in found if one.is_live], [one for one in found if not one.is_live]
    return {"live": live[:MOST], "soon": soon[:MOST]} if found else None


def declare() -> None:
    frame.add_entry(Entry("circles:list", pgettext_lazy("space", "Circles"), 30, "hand", count=under_way))
    frame.add_panel(Panel("circles.live", "circles/_panel.html", live_and_soon, 5, 1))
