"""The five ticks of a good lesson: what a reader of another unit needs before they can trust and follow it.

They advise writers and reviewers; nothing is blocked by them. The list is that of the domain notes (tacit knowledge, section 2).
"""

import re
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from kmportal.library.models import Credit, LessonPage

# Shorter than this is a heading or a wish, not a told event or a cause.
ENOUGH = 40
_WISH = re.compile(r"\s*(?:ควร|ต้อง|อยากให้|should|must)", re.IGNORECASE)
_BECAUSE = re.compile(r"เพราะ|เนื่องจาก|because", re.IGNORECASE)


@dataclass(frozen=True)
class Tick:
    """One question; `hint` says what to write where the answer is not there yet."""

    name: str
    done: bool
    label: object
    hint: object


def ticks(page: LessonPage) -> list[Tick]:
    """The five answers for a lesson, as it stands in this object (draft or published)."""
    wish = bool(_WISH.match(page.lesson)) and not _BECAUSE.search(page.lesson)
    cause = len(_words(page.why)) >= ENOUGH or bool(_BECAUSE.search(page.lesson))
    witness = any(credit.part == Credit.Part.TELLER for credit in page.credits.all())
    return [
        Tick(
            "event", len(_words(page.what_happened)) >= ENOUGH, _("One real event"),
            _("Tell one event that happened, in order of time: where, when, what was done."),
        ),
        Tick("cause", cause and not wish, _("A cause, not only a wish"), _("Say why it worked or failed. “There should be …” is a wish.")),
        Tick(
            "instruction", bool(page.lesson.strip()) and bool(_words(page.recommendation) or _words(page.tricks)),
            _("An instruction another unit can follow"),
            _("Write the lesson in one sentence, and who should do what, and when."),
        ),
        Tick(
            "evidence", bool(_words(page.evidence)) or witness or page.page_documents.exists(), _("Evidence, or a named witness"),
            _("Add a figure before and after, a file, a link, or the person who told it."),
        ),
        Tick("limits", bool(page.fails_when.strip()), _("When it does not hold"), _("Say for whom or when it would not work.")),
    ]  # fmt: skip


def _words(html: str) -> str:
    return strip_tags(html or "").strip()
