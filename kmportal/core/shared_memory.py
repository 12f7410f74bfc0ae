"""The cache in Redis or Valkey, and what takes its place while that does not answer: the memory of each process.

The portal goes on: pages, signing in and talk need the cache for speed and for counting alone. Counts (how often somebody may try) are then
kept by each process for itself, as without Redis. When it answers again it is emptied first: what was forgotten meanwhile (a session that
ended) must not come back out of it.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 2}
PAUSE = 2.0
"""Seconds until it is asked again: nobody's page waits for it meanwhile."""


class _Outage:
    """Of one process: all its threads have caches of their own."""

    since = 0.0
    again = 0.0


def is_away() -> bool:
    """Whether the last question was not answered."""
    return _Outage.since > 0


class RedisOrMemory(RedisCache):
    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**PATIENCE, **params.get("OPTIONS", {})}})
        self._memory = LocMemCache("redis is away", {})

    def _ask(self, there: Callable[..., Any], here: Callable[..., Any], *given: Any) -> Any:
        if time.monotonic() >= _Outage.again:
            try:
                if is_away():
                    super().clear()
                    logger.warning("Redis or Valkey answers again after %.0f seconds.", time.monotonic() - _Outage.since)
                    _Outage.since = 0.0
                return there(*given)
            except (RedisError, OSError) as error:
                self._went_away(error)
        return here(*given)

    def _went_away(self, error: Exception) -> None:
        now = time.monotonic()
        if not is_away():
            _Outage.since = now
            self._memory.clear()
            logger.error("Redis or Valkey does not answer; each process remembers for itself: %s", error)
        _Outage.again = now + PAUSE

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return bool(self._ask(super().add, self._memory.add, key, value, timeout, version))

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._ask(super().get, self._memory.get, key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> None:
        self._ask(super().set, self._memory.set, key, value, timeout, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        return bool(self._ask(super().touch, self._memory.touch, key, timeout, version))

    def delete(self, key: Any, version: Any = None) -> bool:
        return bool(self._ask(super().delete, self._memory.delete, key, version))

    def get_many(self, keys: Iterable[Any], version: Any = None) -> dict[Any, Any]:
        found: dict[Any, Any] = self._ask(super().get_many, self._memory.get_many, list(keys), version)
        return found

    def has_key(self, key: Any, version: Any = None) -> bool:
        return bool(self._ask(super().has_key, self._memory.has_key, key, version))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        return int(self._ask(super().incr, self._memory.incr, key, delta, version))

    def set_many(self, data: dict[Any, Any], timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> list[Any]:
        return list(self._ask(super().set_many, self._memory.set_many, data, timeout, version))

    def delete_many(self, keys: Iterable[Any], version: Any = None) -> None:
        self._ask(super().delete_many, self._memory.delete_many, list(keys), version)

    def is_away(self) -> bool:
        return is_away()

    def clear(self) -> None:
        self._ask(super().clear, self._memory.clear)
