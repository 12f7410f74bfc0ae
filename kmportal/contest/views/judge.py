"""A judge's pages: the list, a sheet, photographs and files under neutral addresses, stepping aside, the calibration compared.

Nothing here may tell whose an entry is: addresses, names of files and headers are made from the judge's own numbers.
"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kmportal.contest import clock
from kmportal.contest.actions import recusing, scoring
from kmportal.contest.actions.ground import ContestError
from kmportal.contest.forms.judging import AsideForm, SheetForm
from kmportal.contest.models import Assignment, Contest, Judge
from kmportal.contest.presenting import blind as presenting
from kmportal.contest.presenting import desk
from kmportal.contest.views.ground import READ_AND_WRITE, contest_for, member, page, sent, tried
from kmportal.library.files import TYPES


def _judge(user: Any, slug: str) -> tuple[Contest, Judge]:
    contest = contest_for(user, slug)
    return contest, get_object_or_404(Judge.objects.sitting(), contest=contest, user=user)


def _sheet(user: Any, slug: str, number: int) -> tuple[Contest, Assignment]:
    """The sheet by the judge's own number; 404 before judging begins and to everybody else."""
    contest, judge = _judge(user, slug)
    if contest.screen_until is None or clock.now() < contest.screen_until:
        raise Http404
    rows = Assignment.objects.judged_by(user).select_related("judge", "entry__category").filter(judge=judge)
    found: Assignment = get_object_or_404(rows, position=number)
    return contest, found


@login_required
@require_safe
def judge(request: HttpRequest, slug: str) -> HttpResponse:
    """/contests/<slug>/judge/: what there is to judge, and how far it is."""
    contest, me = _judge(request.user, slug)
    return page(request, "judging/list", contest=contest, desk=desk.of_judge(contest, me))


@login_required
@require_http_methods(READ_AND_WRITE)
def sheet(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One entry with its score sheet."""
    contest, found = _sheet(request.user, slug, number)
    criteria = list(contest.criteria.prefetch_related("levels"))
    form = SheetForm(sent(request), sheet=found, criteria=criteria)
    if form.is_valid() and _kept(request, form, found):
        return redirect(*desk.after(found, handed_in="hand_in" in request.POST))
    return page(
        request, "judging/sheet", contest=contest, sheet=found, form=form, entry=presenting.blind(found),
        desk=desk.of_judge(contest, found.judge), locked=found.state == "done" or contest.judging_closed_at is not None,
    )  # fmt: skip


def _kept(request: HttpRequest, form: SheetForm, found: Assignment) -> bool:
    hand_in, seen = "hand_in" in request.POST, form.cleaned_data["revision"]
    try:
        scoring.save_sheet(actor=member(request), assignment=found.pk, marks=form.marks(), revision=seen, hand_in=hand_in)
    except ContestError as problem:
        form.add_error(None, str(problem.words))
        form.renew(found.revision)
        return False
    return tried(
        request, lambda: None, said=_("The sheet is handed in.") if hand_in else _("Saved. The sheet is not handed in yet.")
    )


@login_required
@require_safe
def photo(request: HttpRequest, slug: str, number: int, place: int, size: str) -> HttpResponseBase:
    """A photograph of the entry."""
    _contest, found = _sheet(request.user, slug, number)
    shown = presenting.photo(found.entry, place)
    if shown is None:
        raise Http404
    file = shown.picture.large if size == "large" else shown.picture.small
    return _neutral(file, "image/webp", f"photo-{place}.webp")


@login_required
@require_safe
def file(request: HttpRequest, slug: str, number: int, place: int) -> HttpResponseBase:
    """The copy without metadata of a file of the entry."""
    _contest, found = _sheet(request.user, slug, number)
    shown = dict(presenting.neutral_files(found.entry)).get(place)
    if shown is None:
        raise Http404
    kind = TYPES.get(shown.extension, "application/octet-stream")
    return _neutral(shown.blind, kind, f"entry-{number}-file-{place}.{shown.extension}", download=True)


def _neutral(stored: Any, kind: str, name: str, *, download: bool = False) -> HttpResponseBase:
    """Without ETag and time of change: both could be compared with what is seen elsewhere."""
    answer = FileResponse(stored.open("rb"), content_type=kind, filename=name, as_attachment=download)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(answer, ["Cookie"])
    return answer


@login_required
@require_http_methods(READ_AND_WRITE)
def aside(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Stepping aside from an entry."""
    contest, found = _sheet(request.user, slug, number)
    form, said = AsideForm(sent(request)), _("You stepped aside from this entry. Thank you for saying so.")
    if form.is_valid():
        actor, reason = member(request), form.cleaned_data["reason"]
        tried(request, lambda: recusing.step_aside(actor=actor, assignment=found.pk, reason=reason), said=said)
        return redirect("contest:judge", contest.slug)
    return page(request, "judging/aside", contest=contest, form=form, number=number)


@login_required
@require_safe
def compared(request: HttpRequest, slug: str) -> HttpResponse:
    """How the judge's marks of the calibration entry stand beside those of all, once the organiser opened it."""
    contest, me = _judge(request.user, slug)
    if contest.calibration_opened_at is None or me.calibrated_at is None:
        raise Http404
    return page(request, "judging/compared", contest=contest, rows=desk.calibration(contest, me))
