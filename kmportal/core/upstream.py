"""From the task worker to the server that started it: hints for live sockets, and what the server's memory has to forget.

Where there is Redis or Valkey both share it, and nothing passes here. Without it the two have only the pipe between them: lines of JSON.
"""

import json
import logging
import os
import threading
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

logger = logging.getLogger(__name__)
VARIABLE = "KM_UPSTREAM"
"""Set by the server for its worker: there the memory below takes the place of the cache."""
_lock = threading.Lock()
_pipes: list[int] = []


def take_over(descriptor: int) -> None:
    """From now on what is told goes there."""
    _pipes[:] = [descriptor]


def send(**message: Any) -> None:
    """Nothing where nobody started us, or nobody is left to hear it."""
    try:
        with _lock:
            for pipe in _pipes:
                os.write(pipe, json.dumps(message).encode() + b"\n")
    except OSError:
        logger.warning("The server that this worker belongs to does not hear it any more.")


def heard(line: bytes, tell: Any) -> None:
    """In the server: a line of the worker.

    Args:
        tell: `wire.tell`
    """
    try:
        message = json.loads(line)
        if "forget" in message:
            cache.delete_many(message["forget"])
        elif "clear" in message:
            cache.clear()
        else:
            tell(message.pop("topic"), **message)
    except Exception:
        logger.exception("What the task worker told was not understood: %r", line[:200])


class WorkerMemory(LocMemCache):
    """The worker's cache: it remembers what the worker counts (`add`, `incr`), never what others may have changed since, and tells the
    server to forget what the worker changed."""

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return default

    def get_many(self, keys: Iterable[Any], version: Any = None) -> dict[Any, Any]:
        return {}

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        """Would never be read."""

    def delete(self, key: Any, version: Any = None) -> bool:
        send(forget=[key])
        return bool(super().delete(key, version))

    def delete_many(self, keys: Iterable[Any], version: Any = None) -> None:
        keys = list(keys)
        send(forget=keys)
        for key in keys:
            super().delete(key, version)

    def clear(self) -> None:
        send(clear=True)
        super().clear()
