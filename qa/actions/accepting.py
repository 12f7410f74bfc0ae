"""Choosing the answer that helped, choosing another, choosing none."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kmportal.inbox.actions import take_back as untell
from kmportal.inbox.actions import tell
from kmportal.people.models import User
from kmportal.retrieval import actions as search
from qa.actions.bounty import give_by_accepting
from qa.actions.earning import lock_for, pay_accept, take_accept
from qa.actions.ground import QuestionClosed, moved, take
from qa.models import Answer, Question
from qa.notices import ACCEPTED
from qa.permissions import can_accept


@transaction.atomic
def accept(*, actor: User, answer: Answer) -> bool:
    """Accepts an answer, which gets the bounty that the asker offered; one accepted before gives its place and its points. Again changes nothing. Answers whether something changed.

    Raises:
        Answer.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: somebody else asked.
        QuestionClosed
    """
    answer = take(actor=actor, post=answer)
    question = answer.question
    if not can_accept(actor, question):
        raise PermissionDenied
    if not question.is_open:
        raise QuestionClosed
    if question.accepted_id == answer.pk:
        return False
    now, before = timezone.now(), accepted_of(question)
    Question.objects.filter(pk=question.pk).update(accepted=answer, accepted_at=now)
    moved(question=question, at=now)
    search.index([question])
    lock_for(before, answer)
    if before is not None:
        take_accept(answer=before, actor=actor, at=now)
        untell(kind=ACCEPTED, key=str(before.pk))
    pay_accept(answer=answer, at=now)
    give_by_accepting(answer=answer, actor=actor)
    if answer.author is not None:
        tell(
            kind=ACCEPTED, recipients=[answer.author], actor=actor, anonymous=question.anonymous, thing=answer, key=str(answer.pk)
        )
    return True


@transaction.atomic
def unaccept(*, actor: User, question: Question) -> bool:
    """Accepts no answer any more; the points go back exactly. Again changes nothing. Answers whether something changed.

    Raises:
        Question.DoesNotExist
        PermissionDenied: somebody else asked.
    """
    question = take(actor=actor, post=question)
    if not can_accept(actor, question):
        raise PermissionDenied
    return drop_accepted(actor=actor, question=question)


def drop_accepted(*, actor: User, question: Question) -> bool:
    """Un-accepting inside another verb, which asked for permission and holds the question's lock."""
    before = accepted_of(question)
    if before is None:
        return False
    Question.objects.filter(pk=question.pk).update(accepted=None, accepted_at=None)
    question.accepted = question.accepted_at = None
    search.index([question])
    lock_for(before)
    take_accept(answer=before, actor=actor, at=timezone.now())
    untell(kind=ACCEPTED, key=str(before.pk))
    return True


def accepted_of(question: Question) -> Answer | None:
    """The accepted answer, with this very question as its own."""
    found = Answer.objects.select_related("author").filter(pk=question.accepted_id).first() if question.accepted_id else None
    if found is not None:
        found.question = question
    return found
