"""Which question was asked before? Found by words or by number, for whoever closes a repetition."""

from typing import Any

from kmportal.core.dates import THAI_DIGITS
from kmportal.retrieval import engine, readers
from qa.models import Question

MOST = 8
LONGEST = 200


def find(user: Any, question: Question, words: str) -> list[Question]:
    """Open questions that this person may read; without words, those most like the question itself."""
    wanted = " ".join(words.replace("\x00", "").split())[:LONGEST]
    number = wanted.lstrip("#").translate(THAI_DIGITS)
    if number.isascii() and number.isdigit() and len(number) < 10:
        keys = [int(number)]
    else:
        asked = wanted or question.title
        hits = engine.similar(asked, readers.of(user), kinds=("question",), limit=MOST, exclude=("question", question.pk))
        keys = [hit.object_id for hit in hits]
    rows = Question.objects.visible_to(user).open().exclude(pk=question.pk).in_bulk(keys)
    return [rows[key] for key in keys if key in rows]
