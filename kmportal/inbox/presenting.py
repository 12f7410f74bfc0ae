"""The inbox as its page shows it: one stretch of notices by day, older ones after a key, so that a new notice moves no page."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.timezone import localdate

from kmportal.inbox import bell, letters
from kmportal.inbox.forms import FilterForm
from kmportal.inbox.kinds import kind_of
from kmportal.inbox.models import Notice

PER_PAGE = 20
MANY = 99


@dataclass(frozen=True)
class Entry:
    """A line of the list."""

    notice: Notice
    words: str
    icon: str


@dataclass(frozen=True)
class Stretch:
    """What one page shows. `older` is the key to go on with, `newest` the one up to which the reader has seen."""

    days: list[tuple[date, list[Entry]]]
    older: int | None
    newest: int | None
    has_unread: bool


def stretch(user: Any, form: FilterForm) -> Stretch:
    """The notices that the filter asks for, newest first. One query."""
    found = Notice.objects.visible_to(user).listed().with_others().select_related("actor")
    if form.value("unread"):
        found = found.unread()
    if kind := form.value("kind"):
        found = found.filter(kind=kind)
    if before := form.value("before"):
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: PER_PAGE + 1])
    shown = rows[:PER_PAGE]
    entries = [Entry(notice, letters.line(notice), kind_of(notice.kind).icon) for notice in shown]
    days = [(day, list(group)) for day, group in groupby(entries, key=lambda entry: localdate(entry.notice.created_at))]
    return Stretch(
        days,
        older=shown[-1].pk if len(rows) > PER_PAGE else None,
        newest=shown[0].pk if shown else None,
        has_unread=any(notice.read_at is None for notice in shown),
    )


def unread_count(user: Any) -> int:
    """How many unread lines somebody has; MANY + 1 stands for more. One query, none where nothing is unread."""
    codes = bell.unread_kinds(user.pk)
    if not codes:
        return 0
    return len(Notice.objects.visible_to(user, codes).listed().unread().order_by().values_list("pk")[: MANY + 1])
