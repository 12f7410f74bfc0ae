"""A lesson draft from an accepted answer, in one step: the question is its context, the answer its words, the answerer its teller."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from kmportal.core import clean
from kmportal.core.text import shorten
from kmportal.inbox.actions import tell
from kmportal.library.actions.lessons import LESSON_LENGTH, SLUG_LETTERS, add_draft
from kmportal.library.models import Credit, KnowledgePage, LessonPage
from kmportal.library.visibility import Visibility
from kmportal.people.models import Person, User
from kmportal.people.roles import Role
from kmportal.taxonomy.models import PmqaEdition
from qa.actions.ground import QaError, take
from qa.models import Answer, Harvest, Question
from qa.notices import HARVESTED
from qa.permissions import can_harvest

TITLE_LENGTH, GIST_LENGTH = 110, 300


class NotAccepted(QaError):
    words = _("Only an answer that the asker accepted becomes a lesson.")


class NamelessTeller(QaError):
    words = _("This answer has no name, and a lesson names its teller. Its writer may answer again under a name.")


class NamelessMaker(QaError):
    words = _("You asked without a name; the lesson would tell that it was you. Whoever answered, or a coordinator, can make it.")


class NobodyToFinish(QaError):
    words = _("No coordinator belongs to this circle, so nobody could finish the lesson. Ask the facilitators to invite one.")


@transaction.atomic
def harvest(*, actor: User, answer: Answer) -> tuple[LessonPage, bool]:
    """The draft of a lesson, and whether it was made now: the same answer again gives the lesson that was made from it.

    It is kept to the circle of the question. Whoever asked is not named: they told what they do not know, and may not want to
    stand in the library with it. The coordinators who finish it, and the answerer, hear of it.

    Raises:
        Answer.DoesNotExist: gone, or not the actor's to read.
        PermissionDenied: neither a coordinator nor one of the two.
        NotAccepted, NamelessTeller, NamelessMaker, NobodyToFinish
        LessonError: the library has no place for lessons.
    """
    answer = take(actor=actor, post=answer)
    question = answer.question
    if not can_harvest(actor, answer):
        raise PermissionDenied
    before = Harvest.objects.select_related("lesson").filter(answer=answer).first()
    if before is not None:
        return before.lesson, False
    teller = _teller(actor, answer)
    lesson = _draft(actor, answer, teller)
    add_draft(actor=actor, lesson=lesson)
    finishers = [one for one in _coordinators(question, teller) if KnowledgePage.objects.workable_by(one).filter(pk=lesson.pk)]
    if not finishers:
        raise NobodyToFinish
    made = Harvest.objects.create(answer=answer, lesson=lesson, by=actor, created_at=timezone.now())
    told = {one.pk: one for one in (*finishers, answer.author) if one is not None}
    tell(kind=HARVESTED, recipients=list(told.values()), actor=actor, thing=made, key=str(made.pk))
    return lesson, True


def _teller(actor: User, answer: Answer) -> Person:
    question = answer.question
    if question.accepted_id != answer.pk:
        raise NotAccepted
    person = None if answer.anonymous else Person.objects.filter(user=answer.author_id).select_related("agency").first()
    if person is None:
        raise NamelessTeller
    if question.anonymous and question.author_id == actor.pk:
        raise NamelessMaker
    return person


def _draft(actor: User, answer: Answer, teller: Person) -> LessonPage:
    question = answer.question
    lesson = LessonPage(
        title=shorten(question.title, TITLE_LENGTH)[:255], slug=f"lesson-{get_random_string(8, SLUG_LETTERS)}", live=False,
        has_unpublished_changes=True, owner=actor, edition=PmqaEdition.objects.filter(is_current=True).first(),
        lesson=shorten(answer.text, GIST_LENGTH)[:LESSON_LENGTH], context=_context(question), tricks=_words(answer.body),
        **_circle(question, teller),
    )  # fmt: skip
    codes = list(question.codes.select_related("category"))
    lesson.codes = codes
    lesson.categories = list({one.pk: one for one in (*question.categories.all(), *(code.category for code in codes))}.values())
    lesson.topics = list(question.topics.all())
    credited = [(teller, Credit.Part.TELLER)]
    if actor.pk != answer.author_id and (writer := Person.objects.filter(user=actor).first()):
        credited.append((writer, Credit.Part.NOTE_TAKER))
    lesson.credits = [Credit(person=one, part=part, sort_order=order) for order, (one, part) in enumerate(credited)]
    return lesson


def _circle(question: Question, teller: Person) -> dict[str, Any]:
    """No wider than the question's: what was said in a circle stays in it."""
    kept = question.visibility
    return {
        "visibility": kept,
        "agency": question.agency if kept == Visibility.AGENCY else teller.agency,
        "community_id": question.community_id if kept == Visibility.COMMUNITY else None,
    }


def _context(question: Question) -> str:
    return str(format_html("<p>{}</p>", question.title)) + _words(question.body)


def _words(body: str) -> str:
    """Without pictures: those of a post are shown with the post alone."""
    return clean.without_pictures(body, clean.pictures_in(body))


def _coordinators(question: Question, teller: Person) -> list[User]:
    """Who works drafts into lessons: the network's, and those of the agencies that asked and answered."""
    agencies = {question.agency_id, teller.agency_id} - {None}
    own = Q(groups__name=Role.AGENCY_COORDINATOR.value, agency__in=agencies)
    found = User.objects.filter(Q(groups__name=Role.NETWORK_COORDINATOR.value) | own, is_active=True)
    return list(found.distinct())
