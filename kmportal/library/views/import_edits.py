"""The moves of a review as forms. Each works as a plain POST; our script takes the changed parts as JSON instead."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kmportal.library.actions.imports import edits
from kmportal.library.forms.imports import AnswerForm, DetailsForm, EditForm, NamesForm, VersionForm
from kmportal.library.importing import context, screen
from kmportal.library.importing.moves import MOVES
from kmportal.library.importing.names import mentions
from kmportal.library.importing.work import Work
from kmportal.library.models import ImportJob
from kmportal.library.views.import_pages import CONFLICT, REFUSED, Request, back_to, importers_only, job_of, told, wants_parts
from kmportal.people.models import User


@importers_only
@require_GET
def block(request: Request, pk: int, block: str) -> HttpResponse:
    """One row, opened for its moves; with ?closed=1 as it stands in the list."""
    row = screen.one_row(job_of(request, pk), request.user, block, is_open="closed" not in request.GET)
    if row is None:
        raise Http404
    return render(request, "imports/_row.html", row)


@importers_only
@require_POST
def edit(request: Request, pk: int) -> HttpResponseBase:
    """A move on a block, undo or redo."""
    job, form = job_of(request, pk), EditForm(request.POST)
    if not form.is_valid():
        return told(request, job, "", _("This move was not understood. Load the page again."))
    named = form.cleaned_data["block"]
    return _tried(request, job, named, lambda: _move(request.user, job, form), lambda done: _moved(request, done, named))


def _move(actor: User, job: ImportJob, form: EditForm) -> edits.Edited:
    (verb, _value), version = form.move(), form.cleaned_data["version"]
    if verb in ("undo", "redo"):
        return (edits.undo if verb == "undo" else edits.redo)(actor=actor, job=job, version=version)
    if verb not in MOVES:
        raise Http404
    return edits.edit(actor=actor, job=job, version=version, verb=verb, block=form.cleaned_data["block"], values=form.values())


def _moved(request: Request, done: edits.Edited, named: str) -> HttpResponseBase:
    if wants_parts(request):
        touched = (set(done.gone), set(done.now))
        return JsonResponse(screen.changed_parts(request, request.user, done.job, touched, is_open="open" in request.POST))
    here = {found.id for found in done.work.draft.blocks}
    return back_to(request, done.job, named if named in here else next(iter(done.now), ""))


def _tried(
    request: Request,
    job: ImportJob,
    block: str,
    act: Callable[[], edits.Edited],
    then: Callable[[edits.Edited], HttpResponseBase],
) -> HttpResponseBase:
    try:
        done = act()
    except edits.StaleVersion as error:
        return told(request, job, block, screen.conflict(error.last), CONFLICT)
    except edits.NothingToDo:
        return told(request, job, block, _("There is nothing to undo or redo."))
    except edits.CannotMove as error:
        return told(request, job, block, error.words)
    return then(done)


@importers_only
@require_POST
def details(request: Request, pk: int) -> HttpResponseBase:
    """Title, dates, place, readers, order."""
    job, form, base = job_of(request, pk), DetailsForm(request.POST, actor=request.user), VersionForm(request.POST)
    if not (form.is_valid() and base.is_valid()):
        page = {**screen.reviewed(job, request.user, request.GET), "form": form}
        return render(request, "imports/review.html", page, status=REFUSED)
    version = base.cleaned_data["version"]
    return _saved(request, job, lambda: edits.describe(actor=request.user, job=job, version=version, details=form.details()))


@importers_only
@require_POST
def names(request: Request, pk: int) -> HttpResponseBase:
    """Who is meant by the names."""
    job = job_of(request, pk)
    form = NamesForm(request.POST, count=len(mentions(Work.of(job).draft)))
    if not form.is_valid():
        return told(request, job, "", _("This choice was not understood. Load the page again."))
    version, decisions = form.cleaned_data["version"], form.decisions()
    return _saved(request, job, lambda: edits.decide_names(actor=request.user, job=job, version=version, decisions=decisions))


@importers_only
@require_POST
def answer(request: Request, pk: int) -> HttpResponseBase:
    """Update the page that is there, or make a new one."""
    job, form = job_of(request, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return told(request, job, "", _("This choice was not understood. Load the page again."))
    wanted, version = form.cleaned_data["page"], form.cleaned_data["version"]
    page = context.known_page(job, Work.of(job), request.user, wanted) if wanted else None
    if wanted and page is None:
        raise Http404
    return _saved(request, job, lambda: edits.answer(actor=request.user, job=job, version=version, page=page))


def _saved(request: Request, job: ImportJob, act: Callable[[], edits.Edited]) -> HttpResponseBase:
    def then(_done: edits.Edited) -> HttpResponseBase:
        messages.success(request, _("Saved"))
        return back_to(request, job)

    return _tried(request, job, "", act, then)
