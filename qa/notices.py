"""What people hear of: answers and comments, an accepted answer, a question asked before, what others say of their posts."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from kmportal.inbox.kinds import Kind, register
from qa.models import Answer, Comment, Harvest, Question, Report, Useful
from qa.permissions import question_of

ANSWERED, COMMENTED, ACCEPTED, CLOSED = "qa.answered", "qa.commented", "qa.accepted", "qa.closed"
USEFUL, DOUBTED, HARVESTED = "qa.useful", "qa.doubted", "qa.harvested"
GROUP = pgettext_lazy("group of notices", "Questions and answers")


def _questions(user: Any) -> "QuerySet[Any]":
    return Question.objects.visible_to(user)


def _answers(user: Any) -> "QuerySet[Any]":
    return Answer.objects.visible_to(user)


def _comments(user: Any) -> "QuerySet[Any]":
    return Comment.objects.visible_to(user)


def _marks(user: Any) -> "QuerySet[Any]":
    return Useful.objects.visible_to(user)


def _reports(user: Any) -> "QuerySet[Any]":
    return Report.objects.visible_to(user)


def _harvests(user: Any) -> "QuerySet[Any]":
    return Harvest.objects.visible_to(user)


def _titles(thing: Any) -> tuple[str, str]:
    """Of the question, whatever below it the notice is about."""
    if isinstance(thing, Harvest):
        return thing.answer.question.title, ""
    return question_of(thing.post if isinstance(thing, Useful | Report) else thing).title, ""


def declare() -> None:
    """Called once, by QaConfig.ready."""
    for kind in (
        Kind(
            ANSWERED, pgettext_lazy("kind of notice", "A question you follow has an answer"), GROUP,
            line="qa/notices/answered.txt", icon="ask", visible=_answers, titles=_titles,
        ),
        Kind(
            COMMENTED, pgettext_lazy("kind of notice", "Somebody commented where you wrote"), GROUP,
            line="qa/notices/commented.txt", icon="quote", visible=_comments, titles=_titles,
        ),
        Kind(
            ACCEPTED, pgettext_lazy("kind of notice", "Your answer was accepted"), GROUP,
            line="qa/notices/accepted.txt", icon="stamp", visible=_answers, titles=_titles,
        ),
        Kind(
            CLOSED, pgettext_lazy("kind of notice", "A question you follow was asked before"), GROUP,
            line="qa/notices/closed.txt", icon="right", visible=_questions, titles=_titles,
        ),
        Kind(
            HARVESTED, pgettext_lazy("kind of notice", "An answer is being worked into a lesson"), GROUP,
            line="qa/notices/harvested.txt", icon="book", visible=_harvests, titles=_titles,
        ),
        Kind(
            USEFUL, pgettext_lazy("kind of notice", "Somebody found what you wrote useful"), GROUP,
            line="qa/notices/useful.txt", icon="star", mail=False, visible=_marks, titles=_titles,
        ),
        Kind(
            DOUBTED, pgettext_lazy("kind of notice", "Something you wrote did not work, or is out of date"), GROUP,
            line="qa/notices/doubted.txt", more="qa/notices/doubted_more.txt", icon="flag", visible=_reports, titles=_titles,
        ),
    ):  # fmt: skip
        register(kind)
