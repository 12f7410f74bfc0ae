"""A page's short address as a code to scan."""

from io import BytesIO

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from kmportal.library.models import KnowledgePage, SeminarPage

A_MONTH = 30 * 24 * 3600


@require_safe
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """SVG, black on white in both themes: scanners want it so. It says no more than the address of the page."""
    page = get_object_or_404(KnowledgePage.objects.visible_to(request.user), pk=pk)
    name = "library:short" if page.specific_class is SeminarPage else "library:short_lesson"
    drawn = BytesIO()
    code = segno.make(request.build_absolute_uri(reverse(name, args=[page.pk])), micro=False, error="m")
    code.save(drawn, kind="svg", border=2, dark="#000", light="#fff", xmldecl=False, svgclass=None, lineclass=None, omitsize=True)
    response = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    patch_cache_control(response, private=True, max_age=A_MONTH)
    return response
