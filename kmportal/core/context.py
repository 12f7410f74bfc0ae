"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kmportal.core import naming
from kmportal.core.preferences import KEYS_COOKIE, SIZE_COOKIE, TEXT_SIZES, THEME_COOKIE, THEMES

# The one colour outside tokens.css: browsers paint their own frame with it and cannot read a custom property (--khram-deep).
FRAME_COLOUR = "#12294f"


def site(request: HttpRequest) -> dict[str, Any]:
    """Site-wide values: names, and the reader's theme and text size, taken from cookies so the server renders them."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    size = request.COOKIES.get(SIZE_COOKIE, "")
    words = naming.current()
    return {
        "site_name": words.name,
        "site_tagline": words.tagline,
        "theme": theme if theme in THEMES else "auto",
        "text_size": size if size in TEXT_SIZES else "m",
        "keys": "off" if request.COOKIES.get(KEYS_COOKIE) == "off" else "on",
        "theme_color": FRAME_COLOUR,
        "debug": settings.DEBUG,
    }
