"""Moments to the second, texts of contests, and what pages of contests draw."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from kmportal.contest import clock
from kmportal.contest.models import Entry
from kmportal.contest.models.entries import PLAIN_FIELDS, RICH_FIELDS
from kmportal.core import clean, dates

register = template.Library()
FIRST = ("what_happened", "why", "recommendation", "evidence")


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


@register.simple_tag
def lesson_parts(entry: Entry) -> list[tuple[Any, str, bool]]:
    """What is filled of the lesson record, but for its one sentence: label, text, whether it is HTML."""
    names = (*FIRST, *(name for name in (*RICH_FIELDS, *PLAIN_FIELDS) if name not in (*FIRST, "lesson")))
    labels = {name: capfirst(Entry._meta.get_field(name).verbose_name) for name in names}  # type: ignore[union-attr]  # plain fields have names
    return [(labels[name], text, name in RICH_FIELDS) for name in names if (text := getattr(entry, name))]
