"""Where the stylesheet and the script of the site come from: the bundle of the build, or the sources before one."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

SOURCES = {
    "site.css": "css/site.css",
    "communities.css": "css/communities.css",
    "contest.css": "css/contest.css",
    "site.js": "js/site.js",
    "imports.js": "js/imports.js",
    "ask.js": "js/ask.js",
    "talk.js": "js/talk.js",
    "circles.js": "js/circles.js",
    "export.js": "js/export.js",
    "harvest.js": "js/harvest.js",
    "judging.js": "js/judging.js",
    "listen.js": "js/listen.js",
    "contest.js": "js/contest.js",
    "editor.js": "js/editor.js",
    "editor.css": "editor/editor.css",
    "icons.svg": "icons.svg",
}
BUNDLED = {name: f"vendor/{name}" for name in SOURCES}
# Both are needed for the first line and the first heading; the other four files are fetched when a page uses them.
PRELOADED_FONTS = ("vendor/fonts/sarabun-thai-400-normal.woff2", "vendor/fonts/fahkwang-thai-600-normal.woff2")


@lru_cache(maxsize=16)
def _built(path: str) -> bool:
    return finders.find(path) is not None


def exists(path: str) -> bool:
    """Whether the build has made this file; asked once per process, each time while debugging."""
    if settings.DEBUG:
        _built.cache_clear()
    return _built(path)


def address(name: str) -> str:
    """The URL of a file of `SOURCES`."""
    return static(BUNDLED[name] if exists(BUNDLED[name]) else SOURCES[name])


def fonts() -> list[str]:
    """URLs of the fonts to fetch with the page; none before the first build."""
    return [static(path) for path in PRELOADED_FONTS if exists(path)]


@lru_cache(maxsize=1)
def icons() -> tuple[str, ...]:
    """Names of the drawings in static/icons.svg."""
    found = finders.find("icons.svg")
    return tuple(re.findall(r'<symbol id="([a-z]+)"', Path(found).read_text(encoding="utf-8"))) if found else ()
