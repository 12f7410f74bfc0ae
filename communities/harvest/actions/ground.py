"""What the verbs stand on: errors, the draft taken for oneself, the text that a word is given for."""

from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied

from communities.harvest.fields import WORDS
from communities.harvest.models import TalkDraft
from communities.harvest.permissions import can_harvest
from kmportal.library.models import LessonPage


class HarvestError(Exception):
    """The step is not possible; `words` say why and what to do."""

    words: Any = ""


def take(*, actor: Any, draft: TalkDraft) -> TalkDraft:
    """The draft, locked, if the actor works on it.

    Raises:
        TalkDraft.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: neither note-taker nor facilitator of the space.
    """
    locked = TalkDraft.objects.visible_to(actor).present().select_for_update(no_key=True, of=("self",))
    found = locked.select_related("channel__community", "lesson").get(pk=draft.pk)
    if not can_harvest(actor, found.channel):
        raise PermissionDenied
    return found


def newest(lesson: LessonPage) -> LessonPage:
    """The lesson as it was last written, published or not."""
    page: Any = LessonPage.objects.get(pk=lesson.pk)
    written: LessonPage = page.get_latest_revision_as_object()
    return written


def digest_of(draft: TalkDraft) -> str:
    """What names the very words of the newest version and the circle that may read them; another word, another digest."""
    return digest(reach=draft.reach, text=text_of(newest(draft.lesson)))


def text_of(lesson: LessonPage) -> dict[str, str]:
    """All that tellers give their word for."""
    return {name: str(getattr(lesson, name)).strip() for name in WORDS}


def digest(*, reach: str, text: dict[str, str]) -> str:
    return sha256("\x00".join([reach, *text.values()]).encode()).hexdigest()
