"""The organisers' page of judging, and the draw as everybody may check it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kmportal.contest import telltale
from kmportal.contest.actions import assigning, recusing, scoring
from kmportal.contest.forms import judging as forms
from kmportal.contest.models import Assignment, Contest, Entry, Judge
from kmportal.contest.presenting import panel as presenting
from kmportal.contest.views.ground import contest_for, member, page, running, sent, tried
from kmportal.people.models import Person

MOST_SHOWN = 200


@running
def panel(request: HttpRequest, contest: Contest) -> HttpResponse:
    """/contests/<slug>/panel/: judges, who has what, progress; scores once judging is closed. ?q= looks for people to appoint."""
    words = request.GET.get("q", "").strip()[:80]
    found = presenting.candidates(contest, request.user, words) if words else []
    totals, strictness = presenting.outcome(contest)
    return page(
        request, "judging/panel", contest=contest, panel=presenting.panel(contest, request.user), words=words, found=found,
        fingerprint=presenting.fingerprint(contest), totals=totals, strictness=strictness,
    )  # fmt: skip


@running
def names(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Names, agencies and addresses that stand in what judges read."""
    entries = Entry.objects.visible_to(request.user).handed_in().filter(contest=contest).select_related("owner", "contest")
    shown = entries.prefetch_related("pictures", "files", "team").order_by("code")[:MOST_SHOWN]
    rows = [(entry, found) for entry in shown if (found := telltale.traces(entry))]
    return page(request, "judging/names", contest=contest, rows=rows)


def _done(request: HttpRequest, contest: Contest, verb: Callable[[], Any], said: str = "") -> HttpResponse:
    """Tries a verb for a POST, and back to the panel."""
    if request.method == "POST":
        tried(request, verb, said=said)
    return redirect("contest:panel", contest.slug)


def _reason(request: HttpRequest) -> str:
    form = forms.ReasonForm(request.POST)
    return form.cleaned_data["reason"] if form.is_valid() else ""


@running
def appoint(request: HttpRequest, contest: Contest, handle: str) -> HttpResponse:
    """Makes somebody a judge."""
    person = get_object_or_404(Person.objects.visible_to(request.user), handle=handle)
    actor, said = member(request), _("%(name)s is a judge now, and is told.") % {"name": person}
    return _done(request, contest, lambda: assigning.appoint(actor=actor, contest=contest.pk, person=person), said)


@running
def release(request: HttpRequest, contest: Contest, judge: int) -> HttpResponse:
    """Releases a judge."""
    get_object_or_404(Judge.objects.visible_to(request.user), contest=contest, pk=judge)
    actor, reason = member(request), _reason(request)
    return _done(request, contest, lambda: assigning.release(actor=actor, judge=judge, reason=reason))


@running
def draw(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Draws who judges what."""
    form, actor = forms.DrawForm(sent(request)), member(request)
    given = form.cleaned_data if form.is_valid() else {}
    said = _("Drawn. The seed is kept until judging is closed; its fingerprint is public now.")
    return _done(request, contest, lambda: assigning.draw(actor=actor, contest=contest.pk, **given), said)


@running
def fill_up(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Draws what is missing."""
    actor = member(request)
    return _done(request, contest, lambda: assigning.fill_up(actor=actor, contest=contest.pk), _("Drawn."))


@running
def give(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Gives an entry to a judge by hand."""
    form, actor = forms.PairForm(sent(request), contest=contest), member(request)
    if not form.is_valid():
        return redirect("contest:panel", contest.slug)
    judge, entry = form.cleaned_data["judge"].pk, form.cleaned_data["entry"].pk
    return _done(request, contest, lambda: assigning.give(actor=actor, contest=contest.pk, judge=judge, entry=entry), _("Given."))


@running
def bar(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Notes a conflict of interest."""
    form, actor = forms.PairForm(sent(request), contest=contest), member(request)
    if not form.is_valid():
        return redirect("contest:panel", contest.slug)
    judge, entry, reason = form.cleaned_data["judge"].pk, form.cleaned_data["entry"].pk, form.cleaned_data["reason"]
    return _done(request, contest, lambda: recusing.bar(actor=actor, judge=judge, entry=entry, reason=reason), _("Noted."))


@running
def calibration(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Chooses the calibration entry."""
    form, actor = forms.EntryForm(sent(request), contest=contest), member(request)
    if not form.is_valid():
        return redirect("contest:panel", contest.slug)
    entry = form.cleaned_data["entry"].pk
    return _done(request, contest, lambda: assigning.choose_calibration(actor=actor, contest=contest.pk, entry=entry))


@running
def compare(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Lets judges see how they compare on the calibration entry."""
    actor = member(request)
    return _done(request, contest, lambda: scoring.open_calibration(actor=actor, contest=contest.pk))


@running
def take_back(request: HttpRequest, contest: Contest, sheet: int) -> HttpResponse:
    """Takes an entry back from a judge who has not begun."""
    get_object_or_404(Assignment.objects.visible_to(request.user), judge__contest=contest, pk=sheet)
    actor = member(request)
    return _done(request, contest, lambda: assigning.take_back(actor=actor, assignment=sheet))


@running
def give_back(request: HttpRequest, contest: Contest, sheet: int) -> HttpResponse:
    """Lets a judge look again at a sheet."""
    get_object_or_404(Assignment.objects.visible_to(request.user), judge__contest=contest, pk=sheet)
    actor, reason = member(request), _reason(request)
    return _done(request, contest, lambda: scoring.give_back(actor=actor, assignment=sheet, reason=reason))


@running
def close(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Ends judging."""
    actor, reason, said = member(request), _reason(request), _("Judging is closed. You see the scores now.")
    return _done(request, contest, lambda: scoring.close_judging(actor=actor, contest=contest.pk, reason=reason), said)


@require_safe
def shown_draw(request: HttpRequest, slug: str) -> HttpResponse:
    """/contests/<slug>/draw/: the fingerprint of the seed from the draw on, and all that it takes to repeat it once judging is closed."""
    contest = contest_for(request.user, slug)
    if not contest.seed:
        raise Http404
    return page(
        request, "judging/draw", contest=contest, fingerprint=presenting.fingerprint(contest), draws=presenting.draws(contest)
    )
