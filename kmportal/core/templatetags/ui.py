"""Tags and filters that every template may use without loading them."""

from datetime import date, datetime

from django import template

from kmportal.core import dates

register = template.Library()


@register.filter
def thai_date(value: date | datetime | None) -> str:
    """'1 กรกฎาคม 2553' to a Thai reader, '1 July 2010' to an English one."""
    return dates.full(value) if value else ""


@register.filter
def thai_date_short(value: date | datetime | None) -> str:
    return dates.short(value) if value else ""


@register.filter
def thai_time(value: datetime | None) -> str:
    return dates.clock(value) if value else ""


@register.simple_tag
def thai_period(start: date | None, end: date | None = None) -> str:
    return dates.period(start, end) if start else ""
