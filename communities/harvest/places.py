"""Where the harvest stands in the frame of a space. Declared by HarvestConfig.ready."""

from typing import Any

from django.utils.translation import pgettext_lazy

from communities import frame
from communities.harvest.models import TalkDraft
from communities.space import Space

NEWEST = 3


def newest(space: Space) -> dict[str, Any] | None:
    """The newest drafts and lessons; nothing where there are none. One query."""
    drafts = TalkDraft.objects.visible_to(space.user).present().filter(channel__community=space.community)
    found = list(drafts.select_related("channel__community", "lesson")[:NEWEST])
    return {"drafts": found} if found else None


def declare() -> None:
    frame.add_entry(frame.Entry("harvest:drafts", pgettext_lazy("space", "Harvested lessons"), order=70, icon="book"))
    frame.add_panel(frame.Panel("harvest.newest", "harvest/_panel.html", newest, order=40, queries=1))
