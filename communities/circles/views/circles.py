"""The page of a circle: its lobby, where it is now, its record."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from communities.circles.models import Circle


@login_required
def circle(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = Circle.objects.visible_to(request.user).filter(channel__community__slug=slug)
    return render(
        request,
        "circles/circle.html",
        {"circle": get_object_or_404(found.select_related("version", "channel__community"), pk=pk)},
    )
