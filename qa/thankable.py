"""Answers and comments can be thanked for. Registered in QaConfig.ready."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from kmportal.library.visibility import Visibility
from kmportal.people.models import User
from qa.models import Answer, Comment, Question
from rewards.thankable import Thankable
from rewards.thankable import register as register_kind

FOR_ALL = (Visibility.PUBLIC, Visibility.NETWORK)


def _visible(user: Any) -> "QuerySet[Any]":
    return Answer.objects.visible_to(user).select_related("author", "question")


def _visible_comments(user: Any) -> "QuerySet[Any]":
    return Comment.objects.visible_to(user).select_related("author", "question")


def _no_comments() -> "QuerySet[Any]":
    """A remark of a line is thanked for and counts for no badge: these stand for what was worked out."""
    return Comment.objects.none()


def _thanked(post: Any) -> list[User]:
    return [post.author] if post.author_id and post.author.is_active else []


def _not_by(posts: Sequence[Any], reader: Any) -> set[int]:
    """One's own, those whose author has gone, and what answers one's own question that has no name: thanks are signed."""
    return {
        post.pk
        for post in posts
        if post.author_id in {None, reader.pk} or (post.question.anonymous and post.question.author_id == reader.pk)
    }


def answers_for_all() -> "QuerySet[Any]":
    """Those that every member may read, written under a name."""
    found = Answer.objects.present().filter(anonymous=False, question__visibility__in=FOR_ALL)
    return found.exclude(question__status=Question.Status.DELETED)


def register() -> None:
    titles = lambda post: (post.question.title, "")  # noqa: E731 - one expression
    register_kind(Thankable("answer", Answer, _visible, _thanked, answers_for_all, _not_by, titles))
    register_kind(Thankable("comment", Comment, _visible_comments, _thanked, _no_comments, _not_by, titles))
