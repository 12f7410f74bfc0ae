"""What must be true before a lesson out of talk is handed in or approved. Registered with the library by HarvestConfig.ready."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.harvest.actions.ground import newest
from communities.harvest.actions.words import missing
from communities.harvest.fields import WORDS
from communities.harvest.models import TalkDraft
from kmportal.library import gates
from kmportal.library.searched_pages import plain

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
    withdrawn = draft.statements.exclude(withdrawn_at=None).values_list("text", flat=True)
    if not withdrawn:
        return False
    lesson = newest(draft.lesson)
    whole = " ".join(" ".join(plain(str(getattr(lesson, name))) for name in WORDS).split())
    return any(" ".join(text.split()) in whole for text in withdrawn if text.strip())


def register() -> None:
    gates.register(reason_to_wait)
