"""Questions that say much the same, for the side of a question's page."""

from hashlib import sha256
from typing import Any

from django.core.cache import cache

from kmportal.retrieval import engine, readers
from kmportal.retrieval.readers import Readers
from qa.models import Question

MOST = 4
SECONDS = 600


def related(user: Any, question: Question) -> list[Question]:
    """Those that this reader may see, the nearest first; closed and deleted ones are not in the index.

    Which ones these are is looked for once in ten minutes for readers of exactly the same audiences; what this reader may see of them
    is asked each time.
    """
    keys = _keys(question, readers.of(user))
    rows = Question.objects.visible_to(user).open().in_bulk(keys) if keys else {}
    return [rows[key] for key in keys if key in rows]


def _keys(question: Question, reader: Readers) -> list[int]:
    asked = repr((question.pk, question.title, sorted(reader.keys), reader.prefixes))
    name = f"qa.related.{sha256(asked.encode()).hexdigest()}"
    kept: list[int] | None = cache.get(name)
    if kept is None:
        found = engine.alike(question.title, reader, kinds=("question",), limit=MOST, exclude=("question", question.pk))
        kept = [each.object_id for each in found]
        cache.set(name, kept, SECONDS)
    return kept
