"""Where communities stand in the frame of the site, and what this package puts into a space. Declared by CommunitiesConfig.ready."""

from typing import Any

from django.utils.translation import pgettext_lazy

from communities import exports, frame, measures, steps
from communities.frame import Entry, Panel
from communities.measures import Measure
from communities.models import JoinRequest
from communities.space import Space
from kmportal.core.navigation import Place, register, signed_in
from kmportal.library.models import KnowledgePage

SHOWN = 5
SETTING = tuple(f"communities:{name}" for name in ("invitations", "hand_over", "export", "end", "new_part"))


def waiting(space: Space) -> int:
    return int(JoinRequest.objects.waiting().filter(community=space.community).count())


def knowledge(space: Space) -> dict[str, Any] | None:
    """The newest pages that are kept to this community."""
    pages = KnowledgePage.objects.visible_to(space.user).filter(visibility="community", community=space.community)
    found = list(pages.live().order_by("-first_published_at", "-pk")[:SHOWN])
    return {"pages": found} if found else None


def declare() -> None:
    label = pgettext_lazy("menu", "Communities")
    register(Place("communities:list", label, "people", 17, ("nav", "dock"), allowed=signed_in))
    for entry in (
        Entry("communities:space", pgettext_lazy("space", "Front page"), 10, "home", allowed=frame.everybody),
        Entry("communities:members", pgettext_lazy("space", "Members"), 80, "people", within=("communities:me",)),
        Entry("communities:health", pgettext_lazy("space", "Health"), 90, "chart", allowed=frame.facilitators),
        Entry("communities:requests", pgettext_lazy("space", "Requests"), 95, "hand", waiting, frame.leaders),
        Entry("communities:settings", pgettext_lazy("space", "Settings"), 100, "gear", allowed=frame.leaders, within=SETTING),
    ):
        frame.add_entry(entry)
    frame.add_panel(Panel("communities.steps", "communities/_steps.html", steps.panel, 5, 0))
    frame.add_panel(Panel("communities.lessons", "communities/_lessons.html", knowledge, 60, 2))
    steps.declare()
    exports.register("community", exports.of_community)
    active, silent = pgettext_lazy("health", "Active members"), pgettext_lazy("health", "Silent for")
    measures.add(Measure("communities.active", active, measures.active_members, 10))
    measures.add(Measure("communities.silent", silent, measures.silence, 20))
    measures.add(Measure("communities.goal", pgettext_lazy("health", "Until the date of the goal"), measures.until_goal, 90))
    measures.add(Measure("communities.balance", pgettext_lazy("health", "Giving and receiving"), measures.balance, 80))
