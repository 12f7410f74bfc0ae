"""Moments to the second, texts of contests, and what pages of contests draw."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from kmportal.contest import clock
from kmportal.core import clean, dates

register = template.Library()


@register.filter
def from_iso(text: str | None) -> datetime | None:
    """A moment out of the JSON of a notice; None for what is none."""
    try:
        return datetime.fromisoformat(text or "")
    except ValueError:
        return None


@register.filter
def to_the_second(moment: datetime | None) -> str:
    """'31 ตุลาคม 2569 16:30:00': receipts and deadlines are exact, so they say the second."""
    if moment is None:
        return ""
    local = clock.local(moment)
    return f"{dates.full(local)} {local:%H:%M:%S}"


@register.filter
def day_and_time(moment: datetime | None) -> str:
    """'31 ตุลาคม 2569 16.30 น.', '31 October 2026 16:30'."""
    return f"{dates.full(moment)} {dates.clock(moment)}" if moment else ""


@register.filter
def prose(text: str) -> SafeString:
    """HTML that was cleaned when it was written, passed by the wall again."""
    return clean.again(text)
