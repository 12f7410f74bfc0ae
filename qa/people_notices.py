"""What people hear of by name: they are named in a post, or asked to answer a question."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext_lazy

from kmportal.inbox.kinds import Kind, register
from qa.models import AnswerRequest, Mention
from qa.notices import GROUP
from qa.permissions import question_of

MENTIONED, ASKED_YOU = "qa.mentioned", "qa.asked_you"


def _mentions(user: Any) -> "QuerySet[Any]":
    return Mention.objects.visible_to(user)


def _requests(user: Any) -> "QuerySet[Any]":
    return AnswerRequest.objects.visible_to(user)


def _titles(thing: Any) -> tuple[str, str]:
    """Of the question, whatever below it the notice is about."""
    return question_of(thing.post).title, ""


def declare() -> None:
    """Called once, by QaConfig.ready."""
    for kind in (
        Kind(
            MENTIONED,
            pgettext_lazy("kind of notice", "Somebody named you in a post"),
            GROUP,
            line="qa/notices/mentioned.txt",
            icon="at",
            visible=_mentions,
            titles=_titles,
        ),
        Kind(
            ASKED_YOU,
            pgettext_lazy("kind of notice", "Somebody asks you to answer a question"),
            GROUP,
            line="qa/notices/asked_you.txt",
            more="qa/notices/asked_you_more.txt",
            icon="hand",
            visible=_requests,
            titles=_titles,
        ),
    ):
        register(kind)
