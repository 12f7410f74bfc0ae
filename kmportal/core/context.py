"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
TEXT_SIZES = ("m", "l", "xl")
THEME_COOKIE = "km_theme"
SIZE_COOKIE = "km_size"


def site(request: HttpRequest) -> dict[str, Any]:
    """Site-wide values: name fallback and the reader's theme and text size, taken from cookies so the server renders them."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    size = request.COOKIES.get(SIZE_COOKIE, "")
    return {
        "site_name": settings.SITE_NAME,
        "theme": theme if theme in THEMES else "auto",
        "text_size": size if size in TEXT_SIZES else "m",
        "debug": settings.DEBUG,
    }
