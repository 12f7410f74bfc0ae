"""What must be true before a lesson out of talk is handed in or approved. Registered with the library by HarvestConfig.ready."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.circles.actions import withdrawing
from communities.harvest.actions.ground import newest
from communities.harvest.actions.withdrawing import in_published, message_gone, stands_in
from communities.harvest.actions.words import missing
from communities.harvest.models import TalkDraft
from communities.harvest.rules import REACH, may_reach
from kmportal.library import gates
from kmportal.library.visibility import Visibility

WITHDRAWN = _("Somebody has withdrawn what they told, and their words still stand in this lesson. Take them out.")
DROPPED = _("This draft was thrown away: those who told it gave no word for it. Draft it anew from the basket.")
WIDER = _(
    "More people could read this than its tellers were told. Set who may read it on the screen of the draft, and ask them anew."
)
NO_WORD = _("Not all tellers have approved this text yet. Ask them from the screen of the draft.")


def reason_to_wait(page: Any) -> str | Promise:
    # Drafts that were thrown away too: their page stays in the library, and nobody gave their word for it.
    draft = TalkDraft.objects.filter(lesson=page.pk).select_related("channel__community", "lesson").first()
    if draft is None:
        return ""
    if draft.dropped_at is not None:
        return DROPPED
    if goes_farther(draft):
        return WIDER
    if still_said(draft):
        return WITHDRAWN
    return NO_WORD if missing(draft) else ""


def goes_farther(draft: TalkDraft) -> bool:
    """Whether the newest version would be read by others than the circle that was promised and that the tellers' word is for.

    The page can be changed elsewhere after it was handed in, and a community can go into hiding after the circle was chosen.
    """
    lesson = newest(draft.lesson)
    if not may_reach(draft, draft.reach) or REACH.index(Visibility(lesson.visibility)) > REACH.index(Visibility(draft.reach)):
        return True
    return lesson.visibility == Visibility.COMMUNITY and lesson.community_id != draft.channel.community_id


def still_said(draft: TalkDraft) -> bool:
    """Whether words that were withdrawn still stand in the newest version."""
    withdrawn = list(draft.statements.exclude(withdrawn_at=None).exclude(text="").values_list("text", flat=True))
    if not withdrawn:
        return False
    lesson = newest(draft.lesson)
    return any(stands_in(lesson=lesson, text=text) for text in withdrawn)


def register() -> None:
    gates.register(reason_to_wait)
    withdrawing.register(used=in_published, gone=lambda message: message_gone(message=message))
