"""Small tables that nearly every page names, kept in the process for a minute: PMQA, topics, agencies.

A token in the shared cache says which minute it is, so all processes and threads forget at the same time and a cleared cache clears
this too. What is kept is read, never changed.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.utils.crypto import get_random_string

T = TypeVar("T")
SECONDS = 60
_kept: dict[str, tuple[str, Any]] = {}


def remembered(name: str, make: Callable[[], T]) -> T:
    """What `make` gave within the last minute."""
    key = f"library.memory.{name}"
    token = cache.get(key)
    kept = _kept.get(name)
    if token is not None and kept is not None and kept[0] == token:
        value: T = kept[1]
        return value
    made = make()
    if token is None:
        token = get_random_string(12)
        cache.set(key, token, SECONDS)
    _kept[name] = (token, made)
    return made
