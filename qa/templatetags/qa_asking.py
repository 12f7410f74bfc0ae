"""What templates ask about people to ask: whom to suggest, who was asked, and one's own setting."""

from collections.abc import Iterable
from typing import Any

from django import template

from kmportal.people.models import Person
from qa import knowing
from qa.forms.routing import RequestSettingForm
from qa.models import AnswerRequest, Question
from qa.models.requests import MOST_A_QUESTION
from qa.permissions import can_ask_somebody
from qa.presenting import standing

register = template.Library()


@register.simple_tag
def who_may_know(question: Question, user: Any, alike: Iterable[Question] = ()) -> dict[str, Any]:
    """`{% who_may_know question user thread.related as routing %}`: for whoever asked it, until an answer helped; nothing for everybody else."""
    if not can_ask_somebody(user, question) or not question.is_open or question.accepted_id is not None:
        return {}
    requests = AnswerRequest.objects.visible_to(user).filter(question=question).order_by("place")
    asked = list(requests) if standing.has(question, standing.REQUESTS) else []
    rows = Person.objects.visible_to(user).filter(user__in=[row.person_id for row in asked])
    people = {person.user_id: person for person in rows} if asked else {}
    left = MOST_A_QUESTION - len(asked)
    return {
        "asked": [{"request": row, "person": people[row.person_id]} for row in asked if row.person_id in people],
        "left": left,
        "people": knowing.who_may_know(question, user, alike or ()) if left > 0 else [],
    }


@register.simple_tag
def asked_of(question: Question, user: Any) -> AnswerRequest | None:
    """`{% asked_of question user as request_to_me %}`: the open request to this reader."""
    if not user.is_authenticated or not question.is_open or can_ask_somebody(user, question):
        return None
    if not standing.has(question, standing.REQUESTS):
        return None
    return AnswerRequest.objects.visible_to(user).filter(question=question, person=user, state="open").first()


@register.simple_tag
def request_setting_form(user: Any) -> RequestSettingForm:
    """`{% request_setting_form user as form %}`: whether and how often one may be asked, as it stands."""
    return RequestSettingForm.of(user)
