"""Hearing of what is new below a question."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kmportal.people.models import User
from qa.actions.ground import take
from qa.models import Follow, Question
from qa.permissions import can_follow


@transaction.atomic
def follow(*, actor: User, question: Question) -> bool:
    """Again changes nothing. Answers whether something changed.

    Raises:
        Question.DoesNotExist, PermissionDenied
    """
    question = take(actor=actor, post=question)
    if not can_follow(actor, question):
        raise PermissionDenied
    return keep_informed(person=actor, question=question, at=timezone.now())


@transaction.atomic
def unfollow(*, actor: User, question: Question) -> bool:
    """Again changes nothing. Answers whether something changed.

    Raises:
        Question.DoesNotExist
    """
    question = take(actor=actor, post=question)
    gone, _by_model = Follow.objects.filter(person=actor, question=question).delete()
    if gone:
        Question.objects.filter(pk=question.pk, follower_count__gt=0).update(follower_count=F("follower_count") - 1)
    return bool(gone)


def keep_informed(*, person: User, question: Question, at: datetime) -> bool:
    """Makes somebody a follower, in the caller's transaction. Answers whether they were none."""
    _follow, is_new = Follow.objects.get_or_create(person=person, question=question, defaults={"created_at": at})
    if is_new:
        Question.objects.filter(pk=question.pk).update(follower_count=F("follower_count") + 1)
    return is_new
