"""The library's list, and the page of a PMQA category."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kmportal.library import listing
from kmportal.library.criteria import Taxonomy
from kmportal.taxonomy.models import PmqaCategory


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """/library/?type=lesson&category=6&q=…: everything published that this reader may see, narrowed as they chose."""
    found = listing.of(request)
    return render(request, "library/list.html", {"listing": found, "filters": found.filters})


@require_safe
def category(request: HttpRequest, number: str) -> HttpResponse:
    """/pmqa/6/: one category in all editions. /pmqa/6/?kind=obstacle: all obstacles in it."""
    if number not in PmqaCategory.NUMBERS:
        raise Http404
    found = listing.of(request, category=number)
    taxonomy = Taxonomy.current()
    context = {
        "listing": found,
        "filters": found.filters,
        "number": number,
        "wording": taxonomy.wording(number),
        "editions": taxonomy.editions_of(number),
        "codes": [code for code in taxonomy.codes.values() if code.category.number == number],
    }
    return render(request, "library/category.html", context)
