"""Addresses of sockets."""

from typing import Any

from django.urls import path, re_path

from communities.talk.consumers import channel, nobody
from kmportal.core import keys  # noqa: F401 - makes the converter "key" known

# Django's types know of views alone; Channels routes ASGI applications by the same patterns.
SOCKET: Any = channel
NOBODY: Any = nobody
websocket_urlpatterns: list[Any] = [path("ws/channels/<key:pk>/", SOCKET), re_path("", NOBODY)]
