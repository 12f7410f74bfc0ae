"""The badges there are, and how far one has come."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rewards import badge_kinds


@require_safe
def badges(request: HttpRequest) -> HttpResponse:
    """For everybody; progress for those who signed in."""
    return render(request, "rewards/badges.html", {"progress": badge_kinds.progress_of(request.user)})
