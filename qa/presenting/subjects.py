"""What a question is about: a page of the library or a statement from a seminar, as far as the reader may see it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from kmportal.core.text import shorten
from kmportal.library.models import Item, KnowledgePage
from qa.models import Question


@dataclass(frozen=True)
class Subject:
    title: str
    url: str


def of(request: HttpRequest, question: Question) -> Subject | None:
    """Nothing where the question is about nothing, or about what this reader may not see. Two queries at most."""
    if question.about_type_id is None or question.about_id is None:
        return None
    model: Any = question.about_type.model_class() if question.about_type else None
    if model not in (KnowledgePage, Item):
        return None
    found = model.objects.visible_to(request.user).filter(pk=question.about_id).first()
    return subject(request, found) if found is not None else None


def subject(request: HttpRequest, thing: KnowledgePage | Item) -> Subject:
    if isinstance(thing, Item):
        return Subject(shorten(thing.text, 90), thing.get_absolute_url())
    return Subject(thing.shown_title, str(thing.get_url(request) or ""))
