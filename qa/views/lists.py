"""The lists of questions, and the filters that somebody keeps for them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from qa import listing
from qa.actions import filters
from qa.actions.ground import QaError
from qa.models import SavedFilter
from qa.views.ground import member


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """/qa/?show=unanswered&topic=…: the questions that this reader may see, narrowed as they chose."""
    return render(request, "qa/list.html", {"listing": listing.of(request)})


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keeps the choices of the list under a name."""
    query = listing.asked(request, request.POST.get("query", ""))
    try:
        kept = filters.keep_filter(actor=member(request), name=request.POST.get("name", ""), query=query)
        messages.success(request, _("The filter “%(name)s” is kept; it stands above the list.") % {"name": kept.name})
    except QaError as problem:
        messages.error(request, str(problem.words))
    return _list(query)


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Forgets a filter; the list stays as it is."""
    kept = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)
    filters.forget_filter(actor=member(request), kept=kept)
    messages.success(request, _("The filter “%(name)s” is forgotten.") % {"name": kept.name})
    return _list(kept.query)


def _list(query: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("qa:list") + (f"?{query}" if query else ""))
