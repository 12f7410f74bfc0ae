"""Answering a question, and commenting on it or on an answer."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kmportal.inbox.actions import tell
from kmportal.people.models import User
from kmportal.retrieval import actions as search
from qa.actions.following import keep_informed
from qa.actions.ground import QuestionClosed, add_version, moved, sent_before, take, written
from qa.actions.settling import settle
from qa.models import Answer, AnswerRequest, Comment, Draft, Question
from qa.notices import ANSWERED, COMMENTED
from qa.permissions import can_answer, can_comment, question_of
from qa.rules import require_modest, require_share


@transaction.atomic
def answer(*, actor: User, question: Question, body: str) -> Answer:
    """Answers. Whoever answers follows from then on; all other followers hear of it. Whoever asked without a name answers without one.
    The same words again within ten minutes give the first answer.

    Raises:
        Question.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied, QuestionClosed, NoText, TooLong, OverTheLimit
    """
    question = take(actor=actor, post=question)
    if not can_answer(actor, question):
        raise PermissionDenied
    if not question.is_open:
        raise QuestionClosed
    (html, text), now = written(body), timezone.now()
    there = Answer.objects.present().filter(question=question)
    if (before := sent_before(actor=actor, posts=there, text=text, at=now)) is not None:
        return before
    require_modest(actor=actor, body=html, now=now)
    require_share(actor=actor, of=Answer, now=now)
    made = Answer.objects.create(
        question=question, author=actor, anonymous=_is_nameless(actor, question), body=html, text=text, created_at=now
    )
    Question.objects.filter(pk=question.pk).update(answer_count=F("answer_count") + 1)
    moved(question=question, at=now)
    settle(actor=actor, post=made, at=now)
    add_version(post=made, editor=actor, at=now)
    followers = list(User.objects.filter(followed_questions__question=question))
    keep_informed(person=actor, question=question, at=now)
    Draft.objects.filter(person=actor, question=question).delete()
    AnswerRequest.objects.filter(person=actor, question=question, state="open").update(state="answered", closed_at=now)
    search.index([question])
    tell(
        kind=ANSWERED, recipients=followers, actor=actor, anonymous=made.anonymous, thing=made, key=str(made.pk),
        group=str(question.pk),
    )  # fmt: skip
    return made


@transaction.atomic
def comment(*, actor: User, post: Question | Answer, body: str) -> Comment:
    """Adds a comment. The author of the post and those who commented on it before hear of it. The same again gives the first.

    Raises:
        DoesNotExist: gone, or not the actor's to read.
        PermissionDenied, QuestionClosed, NoText, TooLong, OverTheLimit
    """
    post = take(actor=actor, post=post)
    question = question_of(post)
    if not can_comment(actor, question):
        raise PermissionDenied
    if not question.is_open:
        raise QuestionClosed
    (html, text), now = written(body), timezone.now()
    below = post if isinstance(post, Answer) else None
    there = Comment.objects.filter(question=question, answer=below, deleted_at=None)
    if (before := sent_before(actor=actor, posts=there, text=text, at=now)) is not None:
        return before
    require_modest(actor=actor, body=html, now=now)
    require_share(actor=actor, of=Comment, now=now)
    made = Comment.objects.create(
        question=question, answer=below, author=actor, anonymous=_is_nameless(actor, question), body=html, text=text,
        created_at=now,
    )  # fmt: skip
    moved(question=question, at=now)
    settle(actor=actor, post=made, at=now)
    add_version(post=made, editor=actor, at=now)
    tell(
        kind=COMMENTED, recipients=_talking(post, made), actor=actor, anonymous=made.anonymous, thing=made, key=str(made.pk),
        group=f"{post._meta.model_name} {post.pk}",
    )  # fmt: skip
    return made


def _is_nameless(actor: User, question: Question) -> bool:
    return question.anonymous and question.author_id == actor.pk


def _talking(post: Question | Answer, made: Comment) -> Sequence[User]:
    before = Comment.objects.filter(question=made.question_id, answer=made.answer_id, deleted_at=None).exclude(pk=made.pk)
    keys = {post.author_id, *before.values_list("author", flat=True)} - {None}
    return list(User.objects.filter(pk__in=keys))
