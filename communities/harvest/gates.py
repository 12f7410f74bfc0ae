"""What must be true before a lesson out of talk is handed in or approved. Registered with the library by HarvestConfig.ready."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.circles.actions import withdrawing
from communities.harvest.actions.ground import newest
from communities.harvest.actions.withdrawing import in_published, message_gone, stands_in
from communities.harvest.actions.words import missing
from communities.harvest.models import TalkDraft
from kmportal.library import gates

WITHDRAWN = _("Somebody has withdrawn what they told, and their words still stand in this lesson. Take them out.")
NO_WORD = _("Not all tellers have approved this text yet. Ask them from the screen of the draft.")


def reason_to_wait(page: Any) -> str | Promise:
    draft = TalkDraft.objects.present().filter(lesson=page.pk).select_related("lesson").first()
    if draft is None:
        return ""
    if still_said(draft):
        return WITHDRAWN
    return NO_WORD if missing(draft) else ""


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
