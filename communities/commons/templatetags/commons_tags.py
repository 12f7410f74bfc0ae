"""Times and sizes of shared things in words, and how far an action item is from its day."""

from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from communities.commons.models import ActionItem
from kmportal.core import clean, dates

register = template.Library()


@register.filter
def from_iso(text: str | None) -> date | datetime | None:
    """A day or a moment out of the JSON of a notice; None for what is none."""
    try:
        return date.fromisoformat(text or "") if len(text or "") == 10 else datetime.fromisoformat(text or "")
    except ValueError:
        return None


@register.filter
def day_and_time(value: datetime | None) -> str:
    """'1 กรกฎาคม 2569 14.30 น.', '1 July 2026 14:30'."""
    return f"{dates.full(value)} {dates.clock(value)}" if value else ""


@register.simple_tag
def event_time(starts: datetime, ends: datetime) -> str:
    """From when to when; the second day only where it is another one."""
    first, last = timezone.localtime(starts), timezone.localtime(ends)
    if first.date() == last.date():
        return f"{dates.full(first)} {dates.clock(first).removesuffix(' น.')}–{dates.clock(last)}"
    return f"{day_and_time(first)} – {day_and_time(last)}"


@register.filter
def distance(item: ActionItem) -> str:
    """How far the day of an open item is, in words."""
    days = (item.due - timezone.localdate()).days
    if days == 0:
        return gettext("due today")
    if days < 0:
        return ngettext("overdue by %(n)d day", "overdue by %(n)d days", -days) % {"n": -days}
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


@register.filter
def is_overdue(item: ActionItem) -> bool:
    return item.is_overdue(timezone.localdate())


@register.filter
def size_in_words(value: Any) -> str:
    """Bytes as '12 KB', '3.4 MB'."""
    size = int(value or 0)
    if size < 1_000_000:
        return gettext("%(n)s KB") % {"n": number_format(max(1, round(size / 1000)))}
    return gettext("%(n)s MB") % {"n": number_format(size / 1_000_000, decimal_pos=1)}


@register.filter
def percent_of(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


@register.filter
def is_today(value: datetime) -> bool:
    return timezone.localdate(value) - timezone.localdate() == timedelta(0)


@register.filter
def month_short(value: date) -> str:
    """'ก.ค.', 'Jul'."""
    return dates.short(value).split(" ")[1]


@register.filter
def day_number(value: date | datetime) -> int:
    return dates.local_date(value).day


@register.filter
def as_written(body: str) -> SafeString:
    """A longer text of a person: made safe when it was written, it passes the wall again."""
    return clean.again(body)
