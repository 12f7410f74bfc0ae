"""Addresses of sockets."""

from typing import Any

from django.urls import path, re_path

from communities.talk.consumers import channel, nobody
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

websocket_urlpatterns: list[Any] = [path("ws/channels/<key:pk>/", channel), re_path("", nobody)]
