"""HTTP and WebSocket entry."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kmportal.settings")
django.setup()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - needs the app registry
from django.core.asgi import get_asgi_application  # noqa: E402 - needs the app registry

from communities.talk.routing import websocket_urlpatterns  # noqa: E402 - needs the app registry
from kmportal import env  # noqa: E402 - after Django is set up
from kmportal.core.asgi_http import PooledASGIHandler  # noqa: E402 - after Django is set up
from kmportal.core.asgi_sockets import OwnPages  # noqa: E402 - after Django is set up

http = get_asgi_application() if env.flag("KM_DJANGO_HANDLER") else PooledASGIHandler(env.number("KM_THREADS", 4))
application = ProtocolTypeRouter({"http": http, "websocket": OwnPages(URLRouter(websocket_urlpatterns))})
