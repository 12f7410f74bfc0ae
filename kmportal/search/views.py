"""The search page, its suggestions, and telling the coordinators that something is missing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kmportal.search import answer, limits, suggestions
from kmportal.search.actions import log
from kmportal.search.forms import SORTS, WantedForm, words
from kmportal.search.models import WantedAnswer

# A fast typist asks twice a second; an office of thirty shares one address.
SUGGESTIONS_A_MINUTE = 1_200
# Two hundred Thai letters take nine signs each; the choices need a few hundred more.
LONGEST_ADDRESS = 2_400


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """/search/?q=…&kind=…&category=…&agency=…&type=…&year=…&sort=…&page=…"""
    if len(request.GET.urlencode()) > LONGEST_ADDRESS:
        # Each link of the page would carry all of it.
        return redirect(reverse("search:page", query={"q": words(request.GET.get("q", ""))}))
    found = answer.of(request)
    question = found.question
    if question.q and found.page.number == 1 and not question.chosen:
        who = limits.whose(request)
        log.note_search(actor=request.user, whose=who, query=question.q, found=found.found, now=timezone.now())
    # Asked only where the answer is shown first.
    missing = bool(question.q) and (found.found.near or not found.rows)
    own = WantedAnswer.objects.visible_to(request.user)
    reported = missing and own.reported_by(request.user, log.key_of(question.q))
    context = {"answer": found, "question": question, "found": found.found, "reported": reported, "sorts": SORTS}
    return render(request, "search/results.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """/search/suggest/?q=…: a piece of HTML for the list below a search box. Nothing is logged."""
    if not limits.allows(request, "suggest", SUGGESTIONS_A_MINUTE):
        return HttpResponse(status=204)
    typed = words(request.GET.get("q", ""))
    groups = suggestions.of(typed, request.user)
    context = {"groups": groups, "count": sum(len(group.lines) for group in groups)}
    response = render(request, "search/suggest.html", context)
    response.headers["Cache-Control"] = "private, max-age=60"
    patch_vary_headers(response, ["Cookie"])
    return response


@login_required
@require_POST
def wanted(request: HttpRequest) -> HttpResponse:
    """Tells the coordinators that what was searched is missing, and leads back."""
    form = WantedForm(request.POST)
    query = words(request.POST.get("q", ""))
    if not form.is_valid() or not log.key_of(query):
        return redirect("search:page")
    new = log.report_missing(actor=request.user, query=query, sentence=form.cleaned_data["sentence"], now=timezone.now())
    messages.success(request, _("The coordinators have been told.") if new else _("The coordinators already know it from you."))
    return redirect(reverse("search:page", query={"q": query}))
