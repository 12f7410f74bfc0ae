"""Coordinators deal with what was searched in vain, in the CMS."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kmportal.search.actions import log, settling
from kmportal.search.cms_reports import SearchesReport
from kmportal.search.forms import SettleForm, words
from kmportal.search.models import SearchedQuery, SettledQuery, WantedAnswer
from kmportal.search.permissions import can_see_searches

View = Callable[..., HttpResponseBase]


def for_coordinators(view: View) -> View:
    """Refuses everybody else before anything is read."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not can_see_searches(request.user):
            raise PermissionDenied
        return view(request)

    return guarded


report = for_coordinators(SearchesReport.as_view())
report_results = for_coordinators(SearchesReport.as_view(results_only=True))


@for_coordinators
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest) -> HttpResponseBase:
    """/cms/reports/searches/settle/?q=…: what is known of a query; says which page answers it now, or opens it again."""
    query = words(request.GET.get("q", ""))
    key = log.key_of(query)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and key and _dealt_with(request, form, query):
        return redirect("search_report")
    sentences = WantedAnswer.objects.visible_to(request.user).filter(key=key).order_by("-wanted_at")
    asked = (
        SearchedQuery.objects.visible_to(request.user)
        .filter(key=key)
        .by_words(wanted=sentences, settled=SettledQuery.objects.visible_to(request.user))
    )
    settled = SettledQuery.objects.visible_to(request.user).filter(key=key).first()
    site = reverse("search:page", query={"q": query})
    context = {
        "query": query,
        "form": form,
        "sentences": sentences[:50],
        "row": next(iter(asked.order_by("key")[:1]), None),
        "settled": settled,
        "site": site,
    }
    return render(request, "search/cms/settle.html", context)


def _dealt_with(request: HttpRequest, form: SettleForm, query: str) -> bool:
    if "reopen" in request.POST:
        settling.reopen(actor=request.user, query=query)
        messages.success(request, _("The search is open again."))
        return True
    if not form.is_valid():
        return False
    try:
        settling.settle(actor=request.user, query=query, now=timezone.now(), **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("“%(words)s” is dealt with.") % {"words": query})
    return True
