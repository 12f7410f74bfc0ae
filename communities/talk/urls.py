"""Addresses of channels, inside a community."""

from django.urls import URLPattern, URLResolver, include, path

from communities.talk.views import wire
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

app_name = "talk"

of_channel: list[URLPattern | URLResolver] = [
    path("events/", wire.events, name="events"),
    path("say/", wire.say, name="say"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("communities/<slug:slug>/channels/<key:pk>/", include(of_channel)),
]
