"""Wagtail's pages, found quickly; and the short addresses that lead to them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from kmportal.library import addresses
from kmportal.library.models import KnowledgePage


def serve(request: HttpRequest, path: str) -> HttpResponse:
    addresses.find(request, path)
    return wagtail_serve(request, path)


@require_safe
def short(request: HttpRequest, pk: int) -> HttpResponse:
    """/s/<pk> and /l/<pk>: addresses that fit on a slide and survive a move of the page."""
    page = get_object_or_404(KnowledgePage.objects.visible_to(request.user), pk=pk)
    return redirect(page.get_url(request))
