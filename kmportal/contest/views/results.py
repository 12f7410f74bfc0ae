"""Published results: the version that holds, and the older ones."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from kmportal.contest.models import Contest, ResultVersion
from kmportal.contest.presenting.results import tables
from kmportal.contest.views.ground import contest_for, page


@require_safe
def current(request: HttpRequest, slug: str) -> HttpResponse:
    """/contests/<slug>/results/"""
    contest = contest_for(request.user, slug)
    return _shown(request, contest, contest.results_version)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An older version, or the one that holds, by its number."""
    return _shown(request, contest_for(request.user, slug), number)


def _shown(request: HttpRequest, contest: Contest, number: int) -> HttpResponse:
    if contest.is_published and contest.gallery == Contest.Gallery.NETWORK and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    rows: Any = ResultVersion.objects.visible_to(request.user).filter(contest=contest, published_at__isnull=False)
    found = get_object_or_404(rows.select_related("contest"), number=number)
    return page(
        request, "results", contest=contest, version=found, tables=tables(found), versions=rows.order_by("-number"),
        is_current=number == contest.results_version,
    )  # fmt: skip
