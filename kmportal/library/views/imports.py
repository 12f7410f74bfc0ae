"""The importer's pages: the list, the upload, the review of one import, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kmportal.library.actions import review as life
from kmportal.library.actions.imports import pages, receive
from kmportal.library.forms.imports import DetailsForm, UploadForm
from kmportal.library.importing import names, screen
from kmportal.library.models import ImportJob
from kmportal.library.permissions import can_publish_import
from kmportal.library.views.import_pages import Request, fresh, importers_only, job_of

PER_PAGE = 20
OVER = {ImportJob.State.DONE.value: "imports/done.html", ImportJob.State.FAILED.value: "imports/failed.html"}


@importers_only
@require_GET
def import_list(request: Request) -> HttpResponse:
    """Own imports, and all of them for network coordinators."""
    jobs = ImportJob.objects.visible_to(request.user)
    counts = dict(jobs.order_by().values_list("state").annotate(Count("pk")))
    state = request.GET.get("state", "")
    shown = jobs.filter(state=state) if state in counts else jobs
    light = shown.select_related("owner__person", "page").defer("source", "draft", "findings", "choices")
    page = Paginator(light, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "tabs": _tabs(counts, state), "is_all": can_publish_import(request.user)}
    return render(request, "imports/list.html", context)


def _tabs(counts: dict[str, int], state: str) -> list[dict[str, Any]]:
    first = {"label": _("All"), "url": "?", "count": sum(counts.values()), "current": state not in counts}
    named = [(one.value, one.label) for one in ImportJob.State if one.value in counts]
    return [
        first,
        *(
            {"label": label, "url": f"?state={value}", "count": counts[value], "current": state == value}
            for value, label in named
        ),
    ]


@importers_only
def upload(request: Request) -> HttpResponseBase:
    """The form, and the files it brings. One file leads to its progress, several to the list."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        now = timezone.now()
        try:
            jobs = [
                receive.upload(actor=request.user, file=file, name=file.name, now=now) for file in form.cleaned_data["summaries"]
            ]
        except receive.TooManyUploads:
            form.add_error("summaries", _("You have uploaded as many files as one day allows. Go on tomorrow."))
        else:
            return redirect(jobs[0] if len(jobs) == 1 else "imports:list")
    return render(request, "imports/upload.html", {"form": form}, status=422 if form.errors else 200)


@importers_only
@require_GET
def review(request: Request, pk: int) -> HttpResponseBase:
    """One import as it stands: being read, failed, under review, or done."""
    job = job_of(request, pk)
    if job.state == ImportJob.State.REVIEW:
        page = screen.reviewed(job, request.user, request.GET)
        return render(request, "imports/review.html", {**page, "form": DetailsForm.of(page["work"], request.user)})
    if job.state in OVER:
        return render(request, OVER[job.state], screen.outcome(job, request.user))
    return fresh(render(request, "imports/progress.html", screen.progress(job)))


@importers_only
@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """How far the reading is, for the script that asks every second."""
    job = job_of(request, pk)
    state, over = screen.progress(job), job.state not in (ImportJob.State.WAITING, ImportJob.State.READING)
    return fresh(JsonResponse({"step": state["step"], "words": str(state["words"]), "over": over}))


@importers_only
@require_POST
def retry(request: Request, pk: int) -> HttpResponseBase:
    """Read it once more."""
    job = job_of(request, pk)
    try:
        receive.retry(actor=request.user, job=job)
    except receive.CannotRetry:
        messages.error(request, _("This file is no longer kept. Upload it again."))
    return redirect(job)


@importers_only
@require_POST
def discard(request: Request, pk: int) -> HttpResponseBase:
    """Away with it."""
    receive.discard(actor=request.user, job=job_of(request, pk))
    messages.success(request, _("The import was deleted. Pages made from it stay."))
    return redirect("imports:list")


@importers_only
@require_POST
def create(request: Request, pk: int) -> HttpResponseBase:
    """The draft page."""
    job = job_of(request, pk)
    try:
        pages.create_draft(actor=request.user, job=job)
    except names.NamesUndecided as error:
        words = ngettext("Say who is meant by %(count)d name first.", "Say who is meant by %(count)d names first.", error.count)
        messages.error(request, words % {"count": error.count})
    except pages.NotCreated as error:
        messages.error(request, error.words)
    return redirect(job)


@importers_only
@require_POST
def publish(request: Request, pk: int) -> HttpResponseBase:
    """The page made of the import, for its readers to see."""
    job = job_of(request, pk)
    try:
        page = pages.publish(actor=request.user, job=job)
    except pages.NotCreated as error:
        messages.error(request, error.words)
        return redirect(job)
    messages.success(request, _("“%(title)s” is published.") % {"title": page.title})
    return redirect(page.url)


@importers_only
@require_POST
def hand_in(request: Request, pk: int) -> HttpResponseBase:
    """The page made of the import, for a second person to review."""
    job = job_of(request, pk)
    if job.page is None:
        raise Http404
    try:
        life.hand_in(actor=request.user, page=job.page)
        messages.success(request, _("The page was handed in. A network coordinator will review it."))
    except life.ReviewError as error:
        messages.error(request, error.words)
    return redirect(job)
