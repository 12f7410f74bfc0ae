"""What every template may show of notices."""

from datetime import date
from typing import Any

from django import template
from django.template.context import Context
from django.utils.dateparse import parse_date

from kmportal.inbox import presenting

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: Context) -> int:
    """`{% unread_notices as unread %}`: how many lines of the inbox are unread, 100 for more than 99. One query, mostly none."""
    request: Any = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    return presenting.unread_count(user)


@register.filter
def day(value: str) -> date | None:
    """`{{ data.due|day|thai_date }}`: a date that was kept as text."""
    try:
        return parse_date(value)
    except (TypeError, ValueError):
        return None
