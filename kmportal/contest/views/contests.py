"""The list of contests, a contest's page by its phase, its rules, and the organiser's desk."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kmportal.contest.models import Contest
from kmportal.contest.permissions import can_set_up
from kmportal.contest.presenting.contests import listed, shown
from kmportal.contest.views.ground import contest_for, page


@require_safe
def contests(request: HttpRequest) -> HttpResponse:
    """/contests/: every contest that was announced, the newest year first."""
    found = Contest.objects.visible_to(request.user).exclude(state=Contest.State.DRAFT).select_related("agency", "cover")
    return page(request, "list", contests=listed(found[:50]), may_set_up=can_set_up(request.user))


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """/contests/desk/: those that the person runs."""
    if not can_set_up(request.user):
        raise PermissionDenied
    return page(request, "desk", contests=listed(Contest.objects.run_by(request.user).select_related("cover")[:50]))


@require_safe
def contest(request: HttpRequest, slug: str) -> HttpResponse:
    """One contest, by its phase."""
    found = contest_for(request.user, slug)
    return page(request, "contest", contest=found, shown=shown(request.user, found))


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules in full, with criteria, levels, weights, prizes and how totals are made."""
    found = contest_for(request.user, slug)
    criteria = found.criteria.prefetch_related("levels")
    return page(request, "rules", contest=found, criteria=criteria, prizes=found.prizes.select_related("category"))
