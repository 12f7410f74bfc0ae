"""Changing what was written. Each version is kept."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.moderation.actions import audit
from kmportal.people.models import User
from kmportal.retrieval import actions as search
from qa.actions.asking import QuestionWords, cited, titled
from qa.actions.ground import QaError, add_version, moved, newest_version, safe, take, written
from qa.actions.settling import settle
from qa.acts import EDITED
from qa.models import Answer, Comment, Question
from qa.models.posts import Post
from qa.permissions import can_edit
from qa.rules import require_modest


class ChangedMeanwhile(QaError):
    words = _("Somebody changed this after you opened it. Read the new version, then change it again.")


@transaction.atomic
def edit_question(*, actor: User, question: Question, words: QuestionWords, seen: int | None = None, note: str = "") -> Question:
    """Changes the words of a question and what it is filed under; not who may read it, and not whose it is.

    Args:
        seen: the number of the version that the actor read; without it, whichever stands there.

    Raises:
        Question.DoesNotExist, PermissionDenied
        ChangedMeanwhile, NoTitle, TooLong, NotAboutThis, OverTheLimit
    """
    question = take(actor=actor, post=question)
    _require(actor, question, seen)
    title, (body, text) = titled(words.title), safe(words.body)
    # What has been closed to the actor meanwhile may stay.
    is_same = words.about is not None and words.about.pk == question.about_id and isinstance(words.about, type(question.about))
    if not is_same:
        Question.objects.filter(pk=question.pk).update(**cited(actor=actor, thing=words.about))
    is_about_else = not is_same and (words.about is not None or question.about_id is not None)
    is_refiled = _file(question, words) or is_about_else
    if not _write(actor, question, {"title": title, "body": body, "text": text}, note) and is_refiled:
        _note_in_book(actor, question, note)
    search.index([question])
    return question


@transaction.atomic
def edit_answer(*, actor: User, answer: Answer, body: str, seen: int | None = None, note: str = "") -> Answer:
    """Changes an answer.

    Raises:
        Answer.DoesNotExist, PermissionDenied
        ChangedMeanwhile, NoText, TooLong, OverTheLimit
    """
    answer = take(actor=actor, post=answer)
    _require(actor, answer, seen)
    html, text = written(body)
    if _write(actor, answer, {"body": html, "text": text}, note):
        moved(question=answer.question, at=timezone.now())
        search.index([answer.question])
    return answer


@transaction.atomic
def edit_comment(*, actor: User, comment: Comment, body: str, seen: int | None = None, note: str = "") -> Comment:
    """Changes a comment.

    Raises:
        Comment.DoesNotExist, PermissionDenied
        ChangedMeanwhile, NoText, TooLong, OverTheLimit
    """
    comment = take(actor=actor, post=comment)
    _require(actor, comment, seen)
    html, text = written(body)
    _write(actor, comment, {"body": html, "text": text}, note)
    return comment


def _file(question: Question, words: QuestionWords) -> bool:
    """Files it anew; answers whether that changed anything."""
    before = {name: set(getattr(question, name).values_list("pk", flat=True)) for name in ("topics", "categories", "codes")}
    for name in before:
        getattr(question, name).set(getattr(words, name))
    return before != {name: {one.pk for one in getattr(words, name)} for name in before}


def _note_in_book(actor: User, post: Post, note: str) -> None:
    """What is done to somebody else's post stands in the book of staff acts."""
    if post.author_id != actor.pk:
        audit.record(actor=actor, act=EDITED, thing=post, reason=note)


def _require(actor: User, post: Post, seen: int | None) -> None:
    if not can_edit(actor, post):
        raise PermissionDenied
    if seen is not None and newest_version(post) != seen:
        raise ChangedMeanwhile


def _write(actor: User, post: Post, fields: dict[str, Any], note: str) -> bool:
    """Nothing where the words stay the same. Answers whether they changed."""
    if all(getattr(post, name) == value for name, value in fields.items()):
        return False
    now = timezone.now()
    require_modest(actor=actor, body=fields["body"], now=now)
    for name, value in fields.items():
        setattr(post, name, value)
    _note_in_book(actor, post, note)
    post.edited_at = now
    post.save(update_fields=[*fields, "edited_at"])
    settle(actor=actor, post=post, at=now)
    add_version(post=post, editor=actor, at=now, note=note)
    return True
