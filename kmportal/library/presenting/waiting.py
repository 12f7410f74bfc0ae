"""What waits for a coordinator, for the home page: counted in one query, each row with the place to deal with it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Count, Value
from django.db.models.functions import Cast
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, npgettext
from wagtail.models import Page, WorkflowState

from kmportal.library.actions.reminders import WARN_DAYS
from kmportal.library.models import ImportJob, KnowledgePage
from kmportal.people.roles import Role


@dataclass
class Waiting:
    number: int | None
    unit: str
    title: str
    note: str
    url: str
    action: str


def read(user: Any) -> list[Waiting]:
    """Rows for coordinators; nothing for others, without a query."""
    if not (user.is_authenticated and user.has_role(Role.NETWORK_COORDINATOR, Role.AGENCY_COORDINATOR)):
        return []
    numbers = _numbers(user)
    rows = [_import_row(numbers.get("import", 0)), _review_row(numbers.get("review", 0)), _due_row(numbers.get("due", 0))]
    return [row for row in rows if row is not None and row.url]


def _numbers(user: Any) -> dict[str, int]:
    workable = KnowledgePage.objects.workable_by(user).order_by().values("pk")
    of_pages = ContentType.objects.get_for_model(Page)
    in_review = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, base_content_type=of_pages).exclude(
        requested_by=user
    )
    jobs = ImportJob.objects.filter(state=ImportJob.State.REVIEW)
    if not user.has_role(Role.NETWORK_COORDINATOR):
        jobs = jobs.filter(owner=user)
    day = timezone.localdate() + timedelta(days=WARN_DAYS)
    parts = {
        "import": jobs,
        "review": in_review.annotate(of_page=Cast("object_id", BigIntegerField())).filter(of_page__in=workable),
        "due": KnowledgePage.objects.kept_by(user).due_by(day),
    }
    queries = [
        found.order_by().annotate(what=Value(name, CharField())).values("what").annotate(n=Count("pk")).values_list("what", "n")
        for name, found in parts.items()
    ]
    return dict(queries[0].union(*queries[1:], all=True))


def _import_row(number: int) -> Waiting | None:
    if not number:
        words = (
            gettext("Import a seminar summary"),
            gettext("From a .docx, .pdf or .txt file to pages people can read"),
            gettext("Import"),
        )
        return Waiting(None, "", words[0], words[1], _place("imports:upload"), words[2])
    title = ngettext("%(count)s import waits for your eye", "%(count)s imports wait for your eye", number) % {"count": number}
    note = gettext("Look at what was read, then make the page")
    return Waiting(
        number,
        npgettext("unit of a number", "import", "imports", number),
        title,
        note,
        _place("imports:list"),
        gettext("Look at it"),
    )


def _review_row(number: int) -> Waiting | None:
    if not number:
        return None
    title = ngettext("%(count)s draft is in review", "%(count)s drafts are in review", number) % {"count": number}
    note = gettext("Handed in by others; a second person approves")
    return Waiting(
        number,
        npgettext("unit of a number", "draft", "drafts", number),
        title,
        note,
        _place("library:reviews"),
        gettext("Review them"),
    )


def _due_row(number: int) -> Waiting | None:
    if not number:
        return None
    title = ngettext("%(count)s page is due for review", "%(count)s pages are due for review", number) % {"count": number}
    note = gettext("Confirm that it still holds, edit it, or archive it")
    return Waiting(
        number,
        npgettext("unit of a number", "page due", "pages due", number),
        title,
        note,
        _place("library:reviews"),
        gettext("Look after them"),
    )


def _place(name: str) -> str:
    """The address, or nothing while that part of the portal is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
