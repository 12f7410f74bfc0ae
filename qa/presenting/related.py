"""Questions that say much the same, for the side of a question's page."""

from typing import Any

from kmportal.retrieval import engine, readers
from qa.models import Question

MOST = 4


def related(user: Any, question: Question) -> list[Question]:
    """Those that this reader may see, the nearest first; closed and deleted ones are not in the index."""
    hits = engine.similar(question.title, readers.of(user), kinds=("question",), limit=MOST, exclude=("question", question.pk))
    rows = Question.objects.visible_to(user).in_bulk([hit.object_id for hit in hits]) if hits else {}
    return [rows[hit.object_id] for hit in hits if hit.object_id in rows]
