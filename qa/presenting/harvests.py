"""The lesson that was made from a question's accepted answer, as far as the reader may see it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kmportal.library.models import KnowledgePage
from kmportal.library.permissions import can_make_lesson
from qa.models import Answer, Harvest, Question
from qa.permissions import can_harvest


@dataclass(frozen=True)
class Made:
    """A lesson, or the draft of one. `url` is "" where the reader cannot open it yet."""

    title: str
    url: str
    is_draft: bool


def of(request: HttpRequest, question: Question) -> Made | None:
    """Nothing where there is none. Of a draft, only those who work on it learn more than that somebody does."""
    if question.accepted_id is None:
        return None
    user = request.user
    found = Harvest.objects.visible_to(user).select_related("lesson").filter(answer=question.accepted_id).first()
    if found is None:
        return None
    if KnowledgePage.objects.visible_to(user).filter(pk=found.lesson_id).exists():
        return Made(found.lesson.shown_title, str(found.lesson.get_url(request) or ""), is_draft=False)
    works = can_make_lesson(user) and KnowledgePage.objects.workable_by(user).filter(pk=found.lesson_id).exists()
    return Made("", reverse("wagtailadmin_pages:edit", args=[found.lesson_id]) if works else "", is_draft=True)


def may_be_made(user: Any, answer: Answer) -> bool:
    """Whether the button is worth showing: the verb refuses the rest in words."""
    question = answer.question
    if question.accepted_id != answer.pk or answer.anonymous or answer.author_id is None:
        return False
    return can_harvest(user, answer) and not (question.anonymous and question.author_id == user.pk)
