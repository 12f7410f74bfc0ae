"""The list of communities."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities import listing


@login_required
@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """/communities/?q=…&category=4&show=archived: one's own first, then the others that one may know of."""
    return render(request, "communities/list.html", {"listing": listing.of(request)})
