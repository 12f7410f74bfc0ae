"""Who knows what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.experts import finder
from communities.experts.forms.finding import FinderForm
from kmportal.people.models import Person


@require_safe
def experts(request: HttpRequest) -> HttpResponse:
    """The finder: by words, topic, PMQA category and agency, all in the address."""
    form = FinderForm(request.GET, seen=Person.objects.visible_to(request.user))
    about, agency = form.about()
    page = finder.find(request.user, about, agency=agency, page=request.GET.get("page"))
    return render(request, "experts/experts.html", {"page": page, "form": form, "filtered": bool(about) or agency is not None})
