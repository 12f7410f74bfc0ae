"""Arranging an interview: whom, what for, until when, and which questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.circles.models import TemplateVersion
from communities.harvest.fields import Field
from communities.interviews.actions.ground import Hand, InterviewError, take_open, tidy
from communities.interviews.models import Interview, Question
from communities.interviews.models.interviews import LONGEST_QUESTION
from communities.interviews.permissions import can_ask
from communities.models import Community
from kmportal.people.models import User

MOST_QUESTIONS = 30


class NoSuchPerson(InterviewError):
    words = _("Choose a member, or give the name and the e-mail of the expert.")


class NotOneself(InterviewError):
    words = _("You cannot interview yourself. Ask another note-taker to ask you.")


class ToldBySomebody(InterviewError):
    words = _("The expert has answered already, so it stays their interview. Arrange another one for somebody else.")


class TooManyQuestions(InterviewError):
    words = _("Ask at most 30 questions. Arrange a second interview for more.")


class AnsweredAlready(InterviewError):
    words = _("A question that is answered stays as it was asked. Add a new one.")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is arranged. `expert` is a member; else `name` and `email` say who it is."""

    title: str
    expert: User | None = None
    name: str = ""
    email: str = ""
    purpose: str = ""
    language: str = "th"
    due_on: date | None = None


@dataclass(frozen=True)
class Asked:
    """A question as it is written; `pk` names one that is there already."""

    th: str = ""
    en: str = ""
    field: str = ""
    pk: int | None = None


@transaction.atomic
def arrange(*, actor: User, community: Community, plan: Plan, version: TemplateVersion | None = None) -> Interview:
    """A draft, which nobody hears of yet; with the questions of a method if one is given.

    Raises:
        Community.DoesNotExist: gone, or the actor is no member.
        PermissionDenied: neither note-taker nor facilitator.
        NoSuchPerson, NotOneself
    """
    found = Community.objects.of(actor).get(pk=community.pk)
    if not can_ask(actor, found):
        raise PermissionDenied
    made = Interview(community=found, asker=actor, version=version, created_at=timezone.now())
    _fill(made, plan, actor)
    made.save()
    if version is not None:
        Question.objects.bulk_create(
            Question(interview=made, position=number, text_th=one.th, text_en=one.en, field=one.field)
            for number, one in enumerate(questions_of(version, title=made.title), 1)
        )
    return made


@transaction.atomic
def change_plan(*, actor: Hand, plan: Plan) -> Interview:
    """Other words, another day or another expert. A link that was mailed to another address stops to work.

    Raises:
        Interview.DoesNotExist, PermissionDenied, NotOpen, NoSuchPerson, NotOneself
        ToldBySomebody: what one person has told is not given to another one to approve.
    """
    found = take_open(actor=actor)
    if actor.user is None or actor.is_expert:
        raise PermissionDenied
    before, due = found.expert_email.lower(), found.due_on
    _fill(found, plan, actor.user)
    if found.expert_email.lower() != before:
        if found.heard_at is not None:
            raise ToldBySomebody
        found.link = ""
    if found.due_on != due:
        found.reminded = Interview.Reminded.NOT_YET
    found.save()
    return found


@transaction.atomic
def write_questions(*, actor: Hand, questions: Sequence[Asked]) -> list[Question]:
    """The questions in this order. What is not named goes; what is answered stays word for word.

    Raises:
        Interview.DoesNotExist, PermissionDenied, NotOpen, TooManyQuestions, AnsweredAlready
    """
    found = take_open(actor=actor)
    if actor.is_expert:
        raise PermissionDenied
    if len(questions) > MOST_QUESTIONS:
        raise TooManyQuestions
    there = {one.pk: one for one in found.questions.all()}
    kept = [one.pk for one in questions if one.pk is not None and one.pk in there]
    if any(one.answer and one.pk not in kept for one in there.values()):
        raise AnsweredAlready
    found.questions.exclude(pk__in=kept).delete()
    written = []
    for number, asked in enumerate(questions, 1):
        question = there.get(asked.pk or 0) or Question(interview=found)
        _write(question, asked, number)
        written.append(question)
    return written


def questions_of(version: TemplateVersion, *, title: str) -> list[Asked]:
    """The prompts of a method as questions; what only the circle does (voting, groups) is left out."""
    asked = []
    for one in version.rounds:
        if one.get("mode") in {"vote", "small"}:
            continue
        fills = [name for name in one.get("captures", []) if name in Field.values]
        asked.append(
            Asked(
                str(one.get("prompt_th", "")).replace("{title}", title)[:LONGEST_QUESTION],
                str(one.get("prompt_en", "")).replace("{title}", title)[:LONGEST_QUESTION],
                fills[0] if fills else "",
            )
        )
    return [one for one in asked if one.th or one.en]


def _write(question: Question, asked: Asked, number: int) -> None:
    words = (tidy(asked.th, most=LONGEST_QUESTION), tidy(asked.en, most=LONGEST_QUESTION))
    if question.answer and words != (question.text_th, question.text_en):
        raise AnsweredAlready
    question.text_th, question.text_en = words
    question.field = asked.field if asked.field in Field.values else ""
    question.position = number
    question.save()


def _fill(interview: Interview, plan: Plan, actor: User) -> None:
    name, email = " ".join(plan.name.split())[:160], plan.email.strip()
    if plan.expert is not None:
        name, email = str(plan.expert), plan.expert.email
    if not name or not email:
        raise NoSuchPerson
    # Whose address it is, is known to the portal alone: who asks sees the name that they typed.
    account: Any = plan.expert or User.objects.filter(email__iexact=email, is_active=True).first()
    if account == actor:
        raise NotOneself
    interview.title, interview.purpose = " ".join(plan.title.split())[:160], tidy(plan.purpose, most=1000)
    interview.expert, interview.expert_name, interview.expert_email = account, name, email
    interview.language, interview.due_on = plan.language, plan.due_on
