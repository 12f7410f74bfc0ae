"""Closing a question that was asked before, opening it again; deleting posts and restoring them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.inbox.actions import tell
from kmportal.library.visibility import Visibility
from kmportal.moderation.actions import audit
from kmportal.people.models import User
from kmportal.retrieval import actions as search
from qa.actions.accepting import accepted_of, drop_accepted
from qa.actions.bounty import parties, return_open, take_from
from qa.actions.earning import give_points_again, lock_for, take_accept, take_useful
from qa.actions.ground import NoText, QaError, QuestionClosed, question_key, take
from qa.acts import CLOSED as CLOSED_ACT
from qa.acts import DELETED, REOPENED, RESTORED
from qa.models import Answer, Follow, Question
from qa.models.posts import Post
from qa.notices import CLOSED
from qa.permissions import can_close, can_delete, can_moderate, can_restore, question_of


class NotTheSame(QaError):
    words = _("A question cannot be a repetition of itself, or of one that is closed. Choose the one that is still open.")


class NarrowerCircle(QaError):
    words = _("Not all who can read this question could read the other one. Choose one that they can read.")


@transaction.atomic
def close_as_duplicate(*, actor: User, question: Question, original: Question) -> None:
    """Closes a question with a link to the one that was asked before. Its followers follow that one too, and hear of it.

    Raises:
        Question.DoesNotExist: one of the two is gone, or not the actor's to read.
        PermissionDenied: neither who asked it nor a moderator.
        QuestionClosed: it is closed already.
        NotTheSame, NarrowerCircle
    """
    # In the order of their keys: two such verbs never wait for each other.
    taken = {one.pk: take(actor=actor, post=one) for one in sorted((question, original), key=lambda one: one.pk)}
    question, original = taken[question.pk], taken[original.pk]
    if not can_close(actor, question):
        raise PermissionDenied
    if not question.is_open:
        raise QuestionClosed
    if question.pk == original.pk or not original.is_open:
        raise NotTheSame
    if not _reaches(original, question):
        raise NarrowerCircle
    if question.author_id != actor.pk:
        audit.record(actor=actor, act=CLOSED_ACT, thing=question, data={"as": original.pk})
    Question.objects.filter(pk=question.pk).update(status=Question.Status.CLOSED, duplicate_of=original, closed_by=actor)
    # What was closed for this one leads to the original at once.
    Question.objects.filter(duplicate_of=question.pk).update(duplicate_of=original)
    followers = _lead_over(question, original)
    search.index([question])
    return_open(question=question, actor=actor)
    tell(
        kind=CLOSED, recipients=followers, actor=actor, anonymous=question.anonymous and actor.pk == question.author_id,
        thing=question, key=f"{question.pk} as {original.pk}",
    )  # fmt: skip


@transaction.atomic
def reopen(*, actor: User, question: Question) -> None:
    """Opens a closed question again. Those who were led to the other one go on following both.

    Raises:
        Question.DoesNotExist
        PermissionDenied: neither who asked it nor a moderator; nor may an asker undo what a moderator closed.
    """
    question = take(actor=actor, post=question)
    closed_by_other = question.closed_by_id not in (None, actor.pk)
    if not can_close(actor, question) or (closed_by_other and not can_moderate(actor, question)):
        raise PermissionDenied
    if question.is_open:
        return
    if question.author_id != actor.pk:
        audit.record(actor=actor, act=REOPENED, thing=question)
    Question.objects.filter(pk=question.pk).update(status=Question.Status.OPEN, duplicate_of=None, closed_by=None)
    search.index([question])


@transaction.atomic
def delete(*, actor: User, post: Post, why: str = "") -> None:
    """Takes a post out of sight, with the points that it brought its author. It can be restored.

    Raises:
        DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: not the actor's to delete; authors not what others build on.
        NoText: a moderator without a reason.
    """
    post = take(actor=actor, post=post)
    if not can_delete(actor, post):
        raise PermissionDenied
    if post.author_id != actor.pk:
        if not why.strip():
            raise NoText
        audit.record(actor=actor, act=DELETED, thing=post, reason=why)
    take_out(actor=actor, post=post, why=why)


def take_out(*, actor: User, post: Post, why: str) -> None:
    """Deleting inside another verb, which asked for permission and took the post."""
    question, now = question_of(post), timezone.now()
    gone: dict[str, Any] = {"deleted_at": now, "deleted_by": actor, "deleted_why": why.strip()[:300]}
    if isinstance(post, Question):
        gone["status"] = Question.Status.DELETED
    _set(post, gone)
    if isinstance(post, Answer):
        Question.objects.filter(pk=question.pk).update(answer_count=F("answer_count") - 1)
    # The index before the accounts, as everywhere: verbs that want both never wait for each other.
    search.index([question])
    if isinstance(post, Question):
        _take_points_of_question(post, actor)
    elif isinstance(post, Answer):
        lock_for(post, also=parties(question=question, answer=post))
        take_from(answer=post, actor=actor)
        if question.accepted_id == post.pk:
            drop_accepted(actor=actor, question=question)
        take_useful(post=post, voter=None, actor=actor, at=now)


@transaction.atomic
def restore(*, actor: User, post: Post) -> None:
    """Brings a deleted post back, with what it had earned; an answer that was accepted must be accepted anew.

    Raises:
        DoesNotExist: not deleted, or not the actor's to restore.
    """
    model: Any = type(post)
    key = question_key(post)
    Question.objects.select_for_update(no_key=True).filter(pk=key).first()
    found: Any = model.objects.deleted_for(actor).get(pk=post.pk)
    if not can_restore(actor, found):
        raise PermissionDenied
    if found.author_id != actor.pk:
        audit.record(actor=actor, act=RESTORED, thing=found)
    put_back(post=found)
    accepted = accepted_of(found) if isinstance(found, Question) else None
    lock_for(accepted)
    give_points_again(post=found, accepted=accepted, at=timezone.now())


def put_back(*, post: Post) -> None:
    """Restoring inside another verb, which asked for permission and holds the question's lock; without points."""
    back: dict[str, Any] = {"deleted_at": None, "deleted_by": None, "deleted_why": ""}
    if isinstance(post, Question):
        back["status"] = Question.Status.CLOSED if post.duplicate_of_id else Question.Status.OPEN
    _set(post, back)
    if isinstance(post, Answer):
        Question.objects.filter(pk=post.question_id).update(answer_count=F("answer_count") + 1)
    search.index([question_of(post)])


def _set(post: Post, fields: dict[str, Any]) -> None:
    """Past `save`: the verbs bring the index in line themselves, at their end."""
    type(post).objects.filter(pk=post.pk).update(**fields)
    for name, value in fields.items():
        setattr(post, name, value)


def _reaches(original: Question, question: Question) -> bool:
    """Whether all who may read the question may read the original."""
    if original.visibility == Visibility.PUBLIC:
        return True
    if original.visibility == Visibility.NETWORK:
        return question.visibility != Visibility.PUBLIC
    if original.visibility != question.visibility:
        return False
    return (original.agency_id if original.visibility == Visibility.AGENCY else original.community_id) == (
        question.agency_id if question.visibility == Visibility.AGENCY else question.community_id
    )


def _lead_over(question: Question, original: Question) -> list[User]:
    """Followers of the question become followers of the original; both locks are held, so the counter is the count."""
    now = timezone.now()
    keys = list(Follow.objects.filter(question=question).values_list("person", flat=True))
    Follow.objects.bulk_create([Follow(person_id=key, question=original, created_at=now) for key in keys], ignore_conflicts=True)
    count = Follow.objects.filter(question=original).count()
    Question.objects.filter(pk=original.pk).update(follower_count=count)
    return list(User.objects.filter(pk__in=keys))


def _take_points_of_question(question: Question, actor: User) -> None:
    """What asking brought goes back; what others earned below it is theirs."""
    now, accepted = timezone.now(), accepted_of(question)
    lock_for(accepted, also=parties(question=question))
    return_open(question=question, actor=actor)
    take_useful(post=question, voter=None, actor=actor, at=now)
    if accepted is not None:
        take_accept(answer=accepted, actor=actor, at=now, only_asker=True)
