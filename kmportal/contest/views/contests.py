"""The list of contests, a contest's page, and the organiser's desk."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kmportal.contest.models import Contest
from kmportal.contest.permissions import can_set_up
from kmportal.contest.views.ground import contest_for, page


@require_safe
def contests(request: HttpRequest) -> HttpResponse:
    """/contests/: every contest that was announced, the newest year first."""
    found = Contest.objects.visible_to(request.user).exclude(state=Contest.State.DRAFT).select_related("agency", "cover")
    return page(request, "list", contests=found[:50])


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """/contests/desk/: those that the person runs."""
    if not can_set_up(request.user):
        raise PermissionDenied
    return page(request, "desk", contests=Contest.objects.run_by(request.user)[:50])


@require_safe
def contest(request: HttpRequest, slug: str) -> HttpResponse:
    """One contest, by its phase."""
    return page(request, "contest", contest=contest_for(request.user, slug))
