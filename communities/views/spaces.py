"""The front page of a space."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities import frame, front
from communities.space import space_of


@login_required
@require_safe
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """/communities/<slug>/: members see what goes on; others what it is and the way in."""
    found = space_of(request.user, slug)
    shown = {"space": found, "front": front.of(found), "panels": frame.panels(found)}
    return render(request, "communities/space.html", shown)
