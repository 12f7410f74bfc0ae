"""Bounties in the templates of questions."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context

from qa.models import Bounty, Question
from qa.presenting import bounties
from qa.presenting.bounties import Offered

register = template.Library()


@register.simple_tag(takes_context=True)
def bounty_of(context: Context, question: Question) -> Offered:
    """`{% bounty_of question as bounty %}`: what is offered, what was given, what this reader may do. At most two queries."""
    return bounties.of(context["request"].user, question)


@register.simple_tag
def bounties_among(questions: Iterable[Any]) -> dict[int, int]:
    """`{% bounties_among questions as offered %}`: key of a question to the points offered for it now. One query."""
    keys = [question.pk for question in questions]
    return dict(Bounty.objects.open().filter(question__in=keys).values_list("question", "points")) if keys else {}


@register.filter
def points_for(offered: dict[int, int], question: Any) -> int:
    """`{% if offered|points_for:question %}`: 0 where nothing is offered."""
    return offered.get(question.pk, 0)
