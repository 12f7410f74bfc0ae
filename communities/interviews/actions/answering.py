"""Answers, one by one: written by the expert, or typed in their name by whoever works on the interview."""

from django.db import transaction
from django.utils import timezone

from communities.interviews.actions.ground import Hand, WrittenMeanwhile, heard, take_open, tidy
from communities.interviews.models import Interview, Question
from communities.interviews.models.interviews import LONGEST_ANSWER
from communities.interviews.staff_acts import TYPED
from kmportal.core import acts

State = Interview.State


@transaction.atomic
def save_answer(*, actor: Hand, number: int, answer: str, revision: int) -> Question:
    """Writes an answer down at once; empty words take it back. The same words again change nothing.

    Args:
        revision: of the answer that stood in the box when it was opened.

    Raises:
        Interview.DoesNotExist, PermissionDenied, NotOpen
        Question.DoesNotExist: no question of that number.
        WrittenMeanwhile: somebody else has changed it since.
    """
    return _write(actor, number, tidy(answer, most=LONGEST_ANSWER), False, revision)


@transaction.atomic
def skip(*, actor: Hand, number: int, revision: int) -> Question:
    """Leaves a question out; it may be answered after all.

    Raises:
        as save_answer
    """
    return _write(actor, number, "", True, revision)


def _write(actor: Hand, number: int, answer: str, skipped: bool, revision: int) -> Question:
    found = take_open(actor=actor)
    question: Question = found.questions.get(position=number)
    if (question.answer, question.skipped) == (answer, skipped):
        return question
    if question.revision != revision:
        raise WrittenMeanwhile
    question.answer, question.skipped = answer, skipped
    question.typed_by, question.by_expert, question.typed_at = actor.user, actor.is_expert, timezone.now()
    question.revision += 1
    question.save()
    heard(interview=found, actor=actor)
    _moved(found, actor)
    if not actor.is_expert:
        acts.record(actor=actor.user, act=TYPED, thing=question, data={"interview": found.pk, "number": number})
    return question


def _moved(interview: Interview, actor: Hand) -> None:
    """The first word of the expert begins it. What a note-taker types into a draft is told to nobody until it is sent."""
    if interview.state == State.SENT or (interview.state == State.DRAFT and actor.is_expert):
        interview.state = State.ANSWERING
        interview.save(update_fields=["state"])
