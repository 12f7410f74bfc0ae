"""The lists of questions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qa import listing


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """/qa/?show=unanswered&topic=…: the questions that this reader may see, narrowed as they chose."""
    return render(request, "qa/list.html", {"listing": listing.of(request)})
