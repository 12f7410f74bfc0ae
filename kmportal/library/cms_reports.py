"""Reports of the CMS: what is due for review. What waits for a second person is Wagtail's own workflow report."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.views.reports.workflows import WorkflowReportFilterSet, get_editable_page_ids_query
from wagtail.models import WorkflowState

from kmportal.core import dates
from kmportal.library.actions.reminders import WARN_DAYS
from kmportal.library.models import KnowledgePage


class DueReport(ReportView):
    """Published knowledge that is overdue, or due within the days in which owners are warned."""

    page_title = _("Due for review")
    header_icon = "calendar-check"
    index_url_name = "library_due_report"
    index_results_url_name = "library_due_report_results"
    list_export = ["title", "review_due", "agency", "owner"]
    export_headings = {"title": _("Title"), "review_due": _("Due for review"), "agency": _("Agency"), "owner": _("Owner")}
    paginate_by = 50
    columns = [
        TitleColumn(
            "title", label=_("Title"), accessor="shown_title", get_url=lambda page: reverse("library:keep", args=[page.pk])
        ),
        Column("review_due", label=_("Due for review"), accessor=lambda page: dates.full(page.review_due)),
        Column("agency", label=_("Agency"), accessor="agency"),
        Column("owner", label=_("Owner"), accessor="owner"),
    ]

    def get_queryset(self) -> QuerySet[KnowledgePage]:
        last = timezone.localdate() + timedelta(days=WARN_DAYS)
        pages = KnowledgePage.objects.kept_by(self.request.user).due_by(last)
        self.queryset = pages.select_related("agency", "owner").order_by("review_due", "pk")
        return self.queryset

    def get_filename(self) -> str:
        return f"due-for-review-{timezone.localdate():%Y-%m-%d}"


def _requested_by(request: HttpRequest) -> QuerySet[Any]:
    """Who asked for a review of what the reader may work on. Wagtail names everybody who ever asked, also within closed circles."""
    asked = WorkflowState.objects.filter(object_id__in=get_editable_page_ids_query(request)).exclude(requested_by=None)
    return get_user_model().objects.filter(pk__in=asked.values("requested_by")).order_by("email")


def install() -> None:
    """Sets the choice of people in Wagtail's report right."""
    WorkflowReportFilterSet.base_filters["requested_by"].queryset = _requested_by
