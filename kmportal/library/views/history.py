"""The published versions of a page, for members."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kmportal.library.models import KnowledgePage
from kmportal.library.presenting import history as presenting


@login_required
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(KnowledgePage.objects.visible_to(request.user), pk=pk).specific
    return render(request, "library/history.html", {"page": page, "versions": presenting.read(page)})
