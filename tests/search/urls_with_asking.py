"""The portal's addresses with a page to ask the network, wherever that stands one day."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kmportal.urls import handler500
from kmportal.urls import urlpatterns as known

__all__ = ["handler500", "urlpatterns"]


def ask(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("ask-the-network/", include(([path("", ask, name="ask")], "qa"))), *known]
