"""HTTP and WebSocket entry. Sockets come with the communities' live rooms; until then every socket is refused by the router."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kmportal.settings")
django.setup()

from channels.auth import AuthMiddlewareStack  # noqa: E402 - needs the app registry
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - needs the app registry
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402 - needs the app registry
from django.core.asgi import get_asgi_application  # noqa: E402 - needs the app registry

from kmportal import env  # noqa: E402 - after Django is set up
from kmportal.core.asgi_http import PooledASGIHandler  # noqa: E402 - after Django is set up

http = get_asgi_application() if env.flag("KM_DJANGO_HANDLER") else PooledASGIHandler(env.number("KM_THREADS", 4))
application = ProtocolTypeRouter({"http": http, "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter([])))})
