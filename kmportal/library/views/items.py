"""The page of one statement from a seminar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kmportal.library.models import Item
from kmportal.library.presenting import item as presenting


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Item.objects.visible_to(request.user).select_related("page__agency", "talk__agency"), pk=pk)
    return render(request, "library/item.html", {"reading": presenting.read(request, found), "item": found, "page": found.page})
