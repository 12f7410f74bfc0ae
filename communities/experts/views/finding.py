"""Who knows what."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.experts import finder
from communities.experts.forms.finding import FinderForm
from kmportal.core import pmqa
from kmportal.people.models import Person


@require_safe
def experts(request: HttpRequest) -> HttpResponse:
    """The finder: by words, topic, PMQA category and agency, all in the address."""
    form = FinderForm(request.GET, seen=Person.objects.visible_to(request.user))
    about, agency = form.about()
    page = finder.find(request.user, about, agency=agency, page=request.GET.get("page"))
    words = {"page": page, "form": form, "strip": _strip(request, about.category), "filtered": bool(about) or agency is not None}
    return render(request, "experts/experts.html", words)


def _strip(request: HttpRequest, chosen: str) -> list[dict[str, Any]]:
    """The eight categories as links that keep the other filters; the chosen one leads back to all."""
    cells = []
    for number, name in pmqa.CATEGORIES.items():
        asked = request.GET.copy()
        asked.pop("page", None)
        asked.pop("pm", None)
        if number != chosen:
            asked["pm"] = number
        url = f"{request.path}?{asked.urlencode()}" if asked else request.path
        cells.append({"number": number, "name": name, "short": pmqa.SHORT[number], "on": number == chosen, "url": url})
    return cells
