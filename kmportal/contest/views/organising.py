"""The organisers' pages of results: preview, publication, correction, cases of votes, reports of use, press, figures, the book."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kmportal.contest import deeds, exporting
from kmportal.contest.actions import awarding, recording, results, voting
from kmportal.contest.forms.results import ComputeForm, DecisionForm, PublishForm
from kmportal.contest.models import AppliedReport, Contest, ResultVersion, VotePattern
from kmportal.contest.presenting import press as for_press
from kmportal.contest.presenting.results import tables
from kmportal.contest.views.ground import member, page, running, sent, tried, written

A_PAGE = 50


@running
def desk(request: HttpRequest, contest: Contest) -> HttpResponse:
    """/contests/<slug>/publishing/: computes the next version, and lists all."""
    last = contest.results.first()
    kept = last.method.get("left_out", {}) if last else {}
    first = {"left_out": list(kept), "why": next(iter(kept.values()), "")}
    form, user = ComputeForm(sent(request), contest=contest), member(request)
    form.initial = first
    verb = lambda: results.compute(  # noqa: E731 - one call, given to what runs it
        actor=user, contest=contest.pk, reason=form.cleaned_data["reason"], left_out=form.chosen
    )
    if request.method == "POST" and (made := written(form, verb)):
        return redirect("contest:preview", contest.slug, made.number)
    return page(
        request, "publishing", contest=contest, form=form, versions=contest.results.order_by("-number"), ready=_ready(contest)
    )


def _ready(contest: Contest) -> bool:
    return contest.judging_closed_at is not None


@running
def preview(request: HttpRequest, contest: Contest, number: int) -> HttpResponse:
    """What would be published."""
    found = get_object_or_404(contest.results.select_related("contest"), number=number)
    return page(request, "preview", contest=contest, version=found, tables=tables(found), times=PublishForm())


@running
def publish(request: HttpRequest, contest: Contest, number: int) -> HttpResponse:
    """Publishes now."""
    user, found = member(request), get_object_or_404(contest.results, number=number)
    said = _("The results are published. Certificates are issued, points paid, and everybody who entered is told.")
    if request.method == "POST" and tried(
        request, lambda: results.publish(actor=user, contest=contest.pk, version=found.number), said=said
    ):
        return redirect("contest:results", contest.slug)
    return redirect("contest:preview", contest.slug, number)


@running
def schedule(request: HttpRequest, contest: Contest, number: int) -> HttpResponse:
    """Sets when it is published."""
    user, found, form = member(request), get_object_or_404(contest.results, number=number), PublishForm(sent(request))
    if form.is_bound and not form.is_valid():
        return page(request, "preview", contest=contest, version=found, tables=tables(found), times=form, form=form)
    if form.is_bound:
        at = form.at
        said = _("The results are published at that time.") if at else _("The time is taken back.")
        tried(request, lambda: results.schedule(actor=user, contest=contest.pk, version=found.number, at=at), said=said)
    return redirect("contest:preview", contest.slug, number)


@running
def patterns(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Circles of votes that were found."""
    rows = VotePattern.objects.visible_to(request.user).filter(contest=contest).prefetch_related("agencies")
    return page(request, "patterns", contest=contest, patterns=rows[:A_PAGE])


@running
def decide_pattern(request: HttpRequest, contest: Contest, pk: int) -> HttpResponse:
    """Sets the votes of a circle aside, or lets them stand."""
    user, form = member(request), DecisionForm(sent(request))
    row = get_object_or_404(VotePattern.objects.visible_to(user), contest=contest, pk=pk)
    if form.is_valid():
        aside, reason = form.cleaned_data["decision"] == "yes", form.cleaned_data["reason"]
        verb = voting.decide_pattern
        tried(request, lambda: verb(actor=user, contest=contest.pk, pattern=row.pk, set_aside=aside, reason=reason))
    return redirect("contest:patterns", contest.slug)


@running
def reports(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Agencies that say that they applied an entry."""
    rows = AppliedReport.objects.visible_to(request.user).filter(entry__contest=contest)
    found = rows.select_related("entry__contest", "agency", "by")[:A_PAGE]
    return page(request, "reports", contest=contest, reports=found)


@running
def decide_report(request: HttpRequest, contest: Contest, pk: int) -> HttpResponse:
    """Confirms a report, or does not."""
    user, form = member(request), DecisionForm(sent(request))
    row = get_object_or_404(AppliedReport.objects.visible_to(user), entry__contest=contest, pk=pk)
    if form.is_valid() and form.cleaned_data["decision"] == "yes":
        tried(request, lambda: awarding.confirm_applied(actor=user, contest=contest.pk, report=row.pk), said=_("Confirmed."))
    elif form.is_valid():
        reason = form.cleaned_data["reason"]
        tried(request, lambda: awarding.decline_applied(actor=user, contest=contest.pk, report=row.pk, reason=reason))
    return redirect("contest:reports", contest.slug)


def _published(contest: Contest) -> ResultVersion:
    if not contest.results_version:
        raise Http404
    found: ResultVersion = contest.results.select_related("contest__agency").get(number=contest.results_version)
    return found


@running
def press(request: HttpRequest, contest: Contest) -> HttpResponse:
    """The list of winners, to print or send."""
    found = _published(contest)
    return page(
        request, "press", contest=contest, version=found, winners=for_press.winners(found), release=for_press.as_text(found)
    )


@running
def press_file(request: HttpRequest, contest: Contest, form: str) -> HttpResponse:
    """The same as a file."""
    found = _published(contest)
    text = for_press.as_csv(found) if form == "csv" else for_press.as_text(found)
    kind = "text/csv; charset=utf-8" if form == "csv" else "text/plain; charset=utf-8"
    return _file(text.encode(), kind, f"press-{contest.slug}.{form}")


@running
def figures(request: HttpRequest, contest: Contest, number: str) -> HttpResponse:
    """The figures from which an outsider recomputes every total."""
    found = get_object_or_404(contest.results.select_related("contest"), number=int(number))
    data = exporting.packed(found)
    recording.took_figures(actor=member(request), contest=contest, version=found.number)
    return _file(data, "application/zip", f"figures-{contest.slug}-{found.number}.zip")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@running
def book(request: HttpRequest, contest: Contest) -> HttpResponse:
    """Who did what when."""
    rows = contest.acts.select_related("actor", "entry").order_by("-pk")
    found = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, deeds.WORDS.get(one.act, one.act)) for one in found.object_list]
    return page(request, "book", contest=contest, found=found, lines=lines)
