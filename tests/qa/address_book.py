"""The site's addresses with a place for questions, as long as they have no pages of their own."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from kmportal import urls


def question(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse(str(pk))


urlpatterns = [path("questions/", include(([path("<int:pk>/", question, name="question")], "qa"))), *urls.urlpatterns]
