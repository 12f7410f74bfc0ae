"""Bringing a question to somebody who may know: within their setting, and never too often."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kmportal.inbox.actions import settle, tell
from kmportal.people.models import Person, User
from qa.actions.ground import QaError, QuestionClosed, take
from qa.mentionable import Readers, reading
from qa.models import AnswerRequest, Question, RequestSetting
from qa.models.requests import MOST_A_QUESTION, MOST_A_WEEK
from qa.people_notices import ASKED_YOU
from qa.permissions import can_ask_somebody


class NotToBeAsked(QaError):
    words = _("This person cannot be asked now. Choose somebody else, or wait for other answers.")


class EnoughAsked(QaError):
    words = _("You have asked three people about this question. Give them time to answer.")


@transaction.atomic
def ask_person(*, actor: User, question: Question, person: User) -> AnswerRequest:
    """Asks somebody by name to answer. The same person again gives the first request. They are told, without the asker's name where the question has none.

    Raises:
        Question.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: somebody else's question.
        QuestionClosed, EnoughAsked
        NotToBeAsked: outside the circle, not in the directory, does not want it, or was asked enough this week; which of these is theirs.
    """
    question = take(actor=actor, post=question)
    if not can_ask_somebody(actor, question):
        raise PermissionDenied
    if not question.is_open:
        raise QuestionClosed
    before = {request.person_id: request for request in AnswerRequest.objects.filter(question=question)}
    if person.pk in before:
        return before[person.pk]
    places = set(range(1, MOST_A_QUESTION + 1)) - {request.place for request in before.values()}
    if not places:
        raise EnoughAsked
    if not _may_be_asked(actor, question, person) or not _take_turn(person):
        raise NotToBeAsked
    made = AnswerRequest.objects.create(question=question, person=person, place=min(places), created_at=timezone.now())
    tell(kind=ASKED_YOU, recipients=[person], actor=actor, anonymous=question.anonymous, thing=made, key=str(made.pk))
    return made


def _may_be_asked(actor: User, question: Question, person: User) -> bool:
    if person.pk == actor.pk or not reading(Readers.of(question)).filter(pk=person.pk).exists():
        return False
    return Person.objects.visible_to(actor).filter(user=person).exists()


def _take_turn(person: User) -> bool:
    """One of the week's turns, if one is left. A conditional update: two at once never take the same one, on either database."""
    RequestSetting.objects.get_or_create(person=person)
    own, week = RequestSetting.objects.filter(person=person), this_week()
    own.exclude(week=week).update(week=week, asked=0)
    return bool(own.filter(is_open=True, week=week, asked__lt=F("a_week")).update(asked=F("asked") + 1))


def this_week() -> date:
    """The Monday it began with."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


@transaction.atomic
def decline(*, actor: User, request: AnswerRequest) -> bool:
    """Says politely that one cannot answer this one. Again changes nothing. Answers whether something changed.

    Raises:
        AnswerRequest.DoesNotExist: gone, or not the actor's.
    """
    own = AnswerRequest.objects.visible_to(actor).filter(person=actor)
    request = own.get(pk=request.pk)
    changed = own.filter(pk=request.pk, state="open").update(state="declined", closed_at=timezone.now())
    settle(kind=ASKED_YOU, thing=request)
    return bool(changed)


@transaction.atomic
def set_requests(*, actor: User, is_open: bool, a_week: int) -> None:
    """Whether, and how often in a week, the actor may be asked by name.

    Raises:
        ValueError: more often than can be chosen.
    """
    if not 0 <= a_week <= MOST_A_WEEK:
        raise ValueError(a_week)
    RequestSetting.objects.update_or_create(person=actor, defaults={"is_open": is_open, "a_week": a_week})
