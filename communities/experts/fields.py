"""Which words of a lesson somebody confirms, and what names them."""

from hashlib import sha256
from typing import Any

from kmportal.library.models import LessonPage

WORDS = (
    "title", "summary", "context", "intent", "what_happened", "why", "cues", "tricks", "pitfalls", "lesson", "recommendation",
    "evidence", "works_when", "fails_when", "contacts", "next_steps",
)  # fmt: skip


def newest(lesson: LessonPage) -> LessonPage:
    """The lesson as it was last written, published or not."""
    page: Any = LessonPage.objects.get(pk=lesson.pk)
    written: LessonPage = page.get_latest_revision_as_object()
    return written


def digest_of(lesson: LessonPage) -> str:
    """What names the very words and the circle that may read them; another word, another digest."""
    words = "\x00".join([lesson.visibility, str(lesson.agency_id or ""), *(str(getattr(lesson, name)).strip() for name in WORDS)])
    return sha256(words.encode()).hexdigest()
