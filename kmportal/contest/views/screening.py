"""Screening: the organisers' list of what was handed in, and the decision about each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kmportal.contest.actions import screening
from kmportal.contest.forms.entry import ScreenForm
from kmportal.contest.models import Contest, Entry
from kmportal.contest.phases import phase_of
from kmportal.contest.views.ground import entry_for, member, page, running, sent, tried


@running
def entries(request: HttpRequest, contest: Contest) -> HttpResponse:
    """/contests/<slug>/screening/: all that was handed in, in the order of receipt."""
    found = Entry.objects.visible_to(request.user).handed_in().filter(contest=contest)
    rows = found.select_related("contest", "category", "agency", "owner").order_by("submitted_at", "pk")[:500]
    return page(request, "screening", contest=contest, entries=rows, decides=phase_of(contest) in screening.SCREENED_IN)


@running
def decide(request: HttpRequest, contest: Contest, pk: int) -> HttpResponse:
    """Admits one, or does not."""
    _contest, entry = entry_for(request.user, contest.slug, pk)
    form, actor = ScreenForm(sent(request)), member(request)
    if form.is_valid():
        refused, reason = form.cleaned_data["decision"] == "refuse", form.cleaned_data["reason"]
        if refused:
            tried(request, lambda: screening.refuse(actor=actor, entry=entry.pk, reason=reason))
        else:
            tried(request, lambda: screening.admit(actor=actor, entry=entry.pk))
    return redirect("contest:screening", contest.slug)
