"""Refuses unsafe or half-configured production: each check has an id and says what to set."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


def _error(number: int, message: str, hint: str) -> Error:
    return Error(message, hint=hint, id=f"kmportal.E{number:03d}")


@register()
def production_is_whole(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Only where KM_PRODUCTION is set: the embedded set-up serves this machine alone."""
    if not settings.PRODUCTION:
        return []
    wrong: list[CheckMessage] = []
    if settings.DEBUG:
        wrong.append(_error(1, "Debug is on in production.", "Unset KM_DEBUG."))
    if settings.SECRET_KEY.startswith("insecure") or len(settings.SECRET_KEY) < 50:
        wrong.append(
            _error(
                2,
                "The secret key is missing or short.",
                "Set KM_SECRET_KEY or KM_SECRET_KEY_FILE to 50 random characters or more.",
            )
        )
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        wrong.append(_error(3, "No host name is named.", "Set KM_ALLOWED_HOSTS to the names people type, without '*'."))
    if not settings.BASE_URL.startswith("https://"):
        wrong.append(_error(4, "The public address is not https.", "Set KM_BASE_URL, for example https://km.example.go.th."))
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        wrong.append(_error(5, "Mail goes to the console.", "Set KM_SMTP_HOST: members must confirm their address."))
    return wrong


@register()
def workers_need_shared_wires(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """In-process cache and channel layer do not reach a second worker: limits and live messages would be per process."""
    if settings.WORKERS <= 1 or settings.REDIS_URL:
        return []
    return [_error(6, "Several workers without Redis or Valkey.", "Set KM_REDIS_URL, or KM_WORKERS=1.")]


@register()
def the_wire_is_an_address(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """A misspelt address would show only when the first message is not heard in another process."""
    parts = urlsplit(settings.REDIS_URL)
    if (
        not settings.REDIS_URL
        or (parts.scheme in {"redis", "rediss"} and parts.hostname)
        or (parts.scheme == "unix" and parts.path)
    ):
        return []
    return [_error(7, "KM_REDIS_URL is no address of Redis or Valkey.", "Write it as redis://127.0.0.1:6379/0, or unset it.")]
