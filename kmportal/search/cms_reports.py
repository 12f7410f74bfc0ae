"""What was searched, for coordinators: without answer, and most often. Nobody is named."""

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from kmportal.core import dates
from kmportal.search.models import SearchedQuery, SettledQuery, WantedAnswer
from kmportal.search.querysets import waiting

WAITING, MOST = "waiting", "most"
SHOWN = [(WAITING, _("Without answer")), (MOST, _("Most searched"))]
DAYS = [("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days"))]
USUAL_DAYS = "30"


class SearchesFilter(WagtailFilterSet):
    """What is shown, and of how many days. The report reads it before it counts."""

    show = django_filters.ChoiceFilter(
        label=pgettext_lazy("search", "Show"), choices=SHOWN, empty_label=None, initial=WAITING, method="as_it_is"
    )
    days = django_filters.ChoiceFilter(label=_("Period"), choices=DAYS, empty_label=None, initial=USUAL_DAYS, method="as_it_is")

    class Meta:
        model = SearchedQuery
        fields: list[str] = []

    def as_it_is(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset


class SearchesReport(ReportView):
    """One line for each query, however it was spelt."""

    page_title = _("Searches")
    header_icon = "search"
    index_url_name = "search_report"
    index_results_url_name = "search_report_results"
    model = SearchedQuery
    filterset_class = SearchesFilter
    default_ordering = "-times"
    paginate_by = 50
    list_export = ["words", "times", "unanswered", "wanted", "last", "settled_at"]
    export_headings = {
        "words": _("Searched words"),
        "times": _("Searches"),
        "unanswered": _("Without answer"),
        "wanted": _("Reported missing"),
        "last": _("Last searched"),
        "settled_at": pgettext_lazy("search", "Dealt with"),
    }
    columns = [
        TitleColumn(
            "words", label=_("Searched words"), accessor="words", sort_key="words",
            get_url=lambda row: reverse("search_settle", query={"q": row["words"]}),
        ),
        Column("times", label=_("Searches"), accessor="times", sort_key="times"),
        Column("unanswered", label=_("Without answer"), accessor="unanswered", sort_key="unanswered"),
        Column("wanted", label=_("Reported missing"), accessor="wanted", sort_key="wanted"),
        Column("last", label=_("Last searched"), accessor=lambda row: dates.short(row["last"]), sort_key="last"),
        Column(
            "settled_at", label=pgettext_lazy("search", "Dealt with"),
            accessor=lambda row: dates.short(row["settled_at"]) if row["settled_at"] else "–",
        ),
    ]  # fmt: skip

    def chosen(self, name: str, otherwise: str) -> str:
        """A choice of the filter; what an address invents counts as not chosen."""
        value = self.request.GET.get(name, "")
        return value if value in dict(SHOWN + DAYS) else otherwise

    def get_filterset_kwargs(self) -> dict[str, Any]:
        """The usual choices count as made, so that the screen does not show them as filters."""
        chosen = self.request.GET.copy()
        chosen["show"], chosen["days"] = self.chosen("show", WAITING), self.chosen("days", USUAL_DAYS)
        return {**super().get_filterset_kwargs(), "data": chosen}

    def get_base_queryset(self) -> QuerySet[Any]:
        user = self.request.user
        first = timezone.now() - timedelta(days=int(self.chosen("days", USUAL_DAYS)))
        rows = (
            SearchedQuery.objects.visible_to(user)
            .since(first)
            .by_words(wanted=WantedAnswer.objects.visible_to(user), settled=SettledQuery.objects.visible_to(user))
        )
        return waiting(rows) if self.chosen("show", WAITING) == WAITING else rows

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Equal ones in a fixed order, so that pages do not repeat lines."""
        return queryset.order_by(self.ordering, "key")

    def get_filename(self) -> str:
        return f"searches-{timezone.localdate():%Y-%m-%d}"

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """Moments as days here, without the offset of the database."""
        row: dict[str, Any] = super().to_row_dict(item)
        return {name: timezone.localtime(value).date() if hasattr(value, "tzinfo") else value for name, value in row.items()}
