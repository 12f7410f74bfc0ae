"""What the portal calls itself. The settings give a name to start with; an app that keeps the name in the CMS registers a reader."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class SiteName:
    """Name and tagline in the reader's language."""

    name: str
    tagline: str


Reader = Callable[[], SiteName | None]
_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """The reader is asked on every page: it keeps its answer in the cache. None means "nothing was set yet"."""
    _readers.append(reader)


def current() -> SiteName:
    """The name that coordinators gave, else the one from the settings."""
    for reader in _readers:
        if found := reader():
            return found
    return SiteName(settings.SITE_NAME, settings.SITE_TAGLINE)
