"""The list, a contest's page, setting up, entering."""

from django.urls import path

from kmportal.contest.views import contests
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

urlpatterns = [
    path("", contests.contests, name="list"),
    path("desk/", contests.desk, name="desk"),
    path("<slug:slug>/", contests.contest, name="contest"),
]
