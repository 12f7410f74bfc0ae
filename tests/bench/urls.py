"""The site's addresses, and the floor: the least that a page with one query can cost under the same middleware."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from kmportal.urls import urlpatterns as site

PAGE = engines["django"].from_string("<!doctype html><title>{{ name }}</title><p>{{ name }}</p>")


def floor(request: HttpRequest) -> HttpResponse:
    kind = ContentType.objects.order_by("pk").values_list("model", flat=True)[0]
    return HttpResponse(PAGE.render({"name": kind}, request))


urlpatterns = [path("bench/floor/", floor), *site]
