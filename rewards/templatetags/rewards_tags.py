"""What other apps' templates may show of points."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.template.context import Context
from django.utils.dateparse import parse_datetime

from kmportal.people.models import Person, User
from rewards import badge_kinds, thanked
from rewards.badge_kinds import Progress
from rewards.models import Account
from rewards.thanked import Thanked

register = template.Library()


@register.simple_tag(takes_context=True)
def reputation_of(context: Context, person: Person) -> int | None:
    """`{% reputation_of person as reputation %}`: for signed-in readers, of people who let it be seen. One query for account holders."""
    if person.user_id is None or not context["request"].user.is_authenticated:
        return None
    return Account.objects.filter(owner=person.user_id).shown_reputation().values_list("balance", flat=True).first()


@register.simple_tag(takes_context=True)
def badges_of(context: Context, person: Person) -> list[Progress]:
    """`{% badges_of person as badges %}`: for signed-in readers, of people who let them be seen. One query for account holders."""
    if person.user_id is None or not context["request"].user.is_authenticated:
        return []
    return badge_kinds.shown_of(person.user_id)


@register.simple_tag(takes_context=True)
def thanks_among(context: Context, things: Iterable[Any]) -> dict[int, Thanked]:
    """`{% thanks_among answers as thanks %}`: key to thanks, of things of one kind; two queries for all of them."""
    return thanked.thanks_among(things, context["request"].user)


@register.filter
def of_key(thanks: dict[int, Thanked], key: int) -> Thanked | None:
    """`{% include "rewards/_thanks.html" with thanks=thanks|of_key:answer.pk %}`."""
    return thanks.get(key)


@register.inclusion_tag("rewards/_thanks.html", takes_context=True)
def thanks_for(context: Context, thing: Any) -> dict[str, Any]:
    """`{% thanks_for page %}`: the button and the names below one thing. Two queries: for a list use thanks_among."""
    found = thanked.thanks_among([thing], context["request"].user)
    return {"thanks": found.get(thing.pk), "csrf_token": context.get("csrf_token")}


@register.simple_tag
def pairs_of(evidence: dict[str, Any]) -> list[dict[str, Any]]:
    """`{% pairs_of evidence as pairs %}`: of a case about votes, with names. One query."""
    pairs = evidence.get("pairs", [])
    names = {user.pk: user for user in User.objects.filter(pk__in={pair[end] for pair in pairs for end in ("from", "to")})}
    return [{"giver": names.get(pair["from"]), "receiver": names.get(pair["to"]), "times": pair["times"]} for pair in pairs]


@register.filter
def as_moment(text: str) -> datetime | None:
    """A moment from the evidence of a case."""
    return parse_datetime(text)
