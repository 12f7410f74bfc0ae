"""Where a knowledge page stands in its life, for the templates that show it."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils import timezone
from wagtail.models import PageLogEntry

from kmportal.core import dates
from kmportal.library.cabinet import Row
from kmportal.library.permissions import can_keep_current

register = template.Library()


@register.inclusion_tag("library/_state_note.html")
def state_note(page: Any) -> dict[str, Any]:
    """`{% state_note page %}`: archived (with the reason), or overdue for review; nothing otherwise. One query, for archived pages only."""
    today = timezone.localdate()
    reason = ""
    if page.archived_at is not None:
        entry = PageLogEntry.objects.filter(page=page.pk, action="library.archive").order_by("-timestamp", "-pk").first()
        reason = str(entry.data.get("reason", "")) if entry else ""
    overdue = page.archived_at is None and page.review_due is not None and page.review_due <= today
    return {"page": page, "reason": reason, "overdue": overdue}


@register.inclusion_tag("library/_keep_links.html", takes_context=True)
def keep_links(context: Context, page: Any) -> dict[str, Any]:
    """`{% keep_links page %}`: "report outdated" for members, "keep current" for its keepers. One query for signed-in readers."""
    request = context.get("request")
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated and page.live
    return {"page": page, "signed_in": signed_in, "keeper": signed_in and can_keep_current(user, page)}


@register.filter
def fiscal_year(year: int) -> int:
    """`{{ filing.year|fiscal_year }}`: a C.E. year as the reader's calendar counts."""
    return dates.year_number(year)


@register.simple_tag
def drawer_count(row: Row, year: int) -> int:
    """`{% drawer_count row year as count %}`: the documents of a category in a fiscal year."""
    return row.by_year.get(year, 0)
