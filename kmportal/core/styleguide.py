"""/styleguide/: every component in every state, for people who build pages and for the tests."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def styleguide(request: HttpRequest) -> HttpResponse:
    """Only where the site is being built: with debugging on, or in the tests."""
    if not (settings.DEBUG or settings.TESTING):
        raise Http404
    return render(request, "styleguide.html")
