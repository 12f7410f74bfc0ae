"""Sockets are opened by this site's own pages alone: a browser sends the cookies of its user from any page that asks it to."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host


class OwnPages:
    """Lets a socket through whose Origin is this site: scheme, host and port. Channels' own validator looks at the host alone."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if is_own_page(dict(scope["headers"])):
            await self.inner(scope, receive, send)
            return
        await receive()
        await send({"type": "websocket.close", "code": 4003})


def is_own_page(headers: dict[bytes, bytes]) -> bool:
    origin = headers.get(b"origin", b"").decode("latin-1").lower()
    host = headers.get(b"host", b"").decode("latin-1").lower()
    if origin in {_origin(settings.BASE_URL), *map(_origin, settings.CSRF_TRUSTED_ORIGINS)}:
        return True
    schemes = {"https"} if settings.PRODUCTION else {"http", "https"}
    came_from = urlsplit(origin)
    return (
        came_from.scheme in schemes
        and came_from.netloc == host
        and validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
    )


def _origin(address: str) -> str:
    parts = urlsplit(address.lower())
    return f"{parts.scheme}://{parts.netloc}"
