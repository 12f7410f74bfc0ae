"""What the views of the importer share: who comes in, which import it is, where an answer leads."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from kmportal.library.importing.screen import DOUBTS
from kmportal.library.models import ImportJob
from kmportal.library.permissions import can_import
from kmportal.people.models import User

P = ParamSpec("P")
REFUSED, CONFLICT = 422, 409


class Request(HttpRequest):
    """A request that came past `importers_only`: somebody is signed in."""

    user: User


def importers_only(view: Callable[Concatenate[Request, P], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Signed-in people who may import; others are told so."""

    @login_required
    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not can_import(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def job_of(request: Request, pk: int) -> ImportJob:
    """The import, or "not found" as for one that never was."""
    return get_object_or_404(ImportJob.objects.visible_to(request.user).select_related("owner", "page"), pk=pk)


def wants_parts(request: HttpRequest) -> bool:
    """Whether our script asks, which takes the changed parts instead of a new page."""
    return request.headers.get("X-Requested-With") == "fetch"


def back_to(request: HttpRequest, job: ImportJob, block: str = "") -> HttpResponseBase:
    """To the review: the same filter, the same block open."""
    show = {"show": DOUBTS} if request.GET.get("show") == DOUBTS else {}
    at = {"at": block} if block else {}
    return redirect(
        reverse("imports:review", args=[job.pk], query={**show, **at} or None, fragment=f"b-{block}" if block else None)
    )


def told(request: HttpRequest, job: ImportJob, block: str, words: object, status: int = REFUSED) -> HttpResponseBase:
    """Why nothing was changed: to our script, or above the review."""
    if wants_parts(request):
        return JsonResponse({"message": str(words), "reload": status == CONFLICT}, status=status)
    messages.error(request, str(words))
    return back_to(request, job, block)


def fresh(response: HttpResponse) -> HttpResponse:
    """Answers about how far something is must not come from a cache."""
    response.headers["Cache-Control"] = "no-store"
    return response
