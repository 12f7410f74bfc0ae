"""What was asked or learnt before that says much the same as a question somebody is about to ask."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from kmportal.core.language import in_reader_address
from kmportal.retrieval import engine, readers, sources
from kmportal.retrieval.results import Hit
from qa.models import Question

LABELS: dict[str, str | Promise] = {
    "question": pgettext_lazy("similar", "Question"),
    "lesson": gettext_lazy("Lesson"),
    "practice": gettext_lazy("Best practice"),
    "seminar": gettext_lazy("Seminar"),
    "item": pgettext_lazy("search", "Said at a seminar"),
}
MOST, SHORTEST = 4, 6


@dataclass(frozen=True)
class Like:
    """A line of the list."""

    title: str
    url: str
    label: str | Promise
    icon: str
    strip: list[str] = field(default_factory=list)
    answers: int = 0
    is_answered: bool = False
    is_question: bool = False


def to(text: str, user: Any, *, sure: bool = False) -> list[Like]:
    """Questions first asked, lessons and statements, as this person may read them.

    Args:
        sure: nothing where the best of it is only near, so that nobody is held up for nothing.
    """
    if len(text) < SHORTEST:
        return []
    reader = readers.of(user)
    if sure and engine.find(text, reader, kinds=LABELS, limit=1).near:
        return []
    hits = engine.similar(text, reader, kinds=LABELS, limit=MOST)
    states = _states([hit.object_id for hit in hits if hit.kind == "question"], user)
    return [_like(hit, states) for hit in hits]


def _states(keys: Collection[int], user: Any) -> dict[int, tuple[int, bool]]:
    if not keys:
        return {}
    rows = Question.objects.visible_to(user).filter(pk__in=keys).values_list("pk", "answer_count", "accepted")
    return {pk: (answers, accepted is not None) for pk, answers, accepted in rows}


def _like(hit: Hit, states: dict[int, tuple[int, bool]]) -> Like:
    source = sources.named(hit.kind)
    answers, is_answered = states.get(hit.object_id, (0, False)) if hit.kind == "question" else (0, False)
    return Like(
        title=hit.title, url=in_reader_address(hit.url), label=LABELS.get(hit.kind, ""),
        icon=source.icon if source else "right", strip=sorted({value for name, value in hit.tags if name == "category"}),
        answers=answers, is_answered=is_answered, is_question=hit.kind == "question",
    )  # fmt: skip
