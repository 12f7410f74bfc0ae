"""Probes for the machine that runs us: live = the process answers, ready = it can do its work."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers; else 503. What fails is named, never its address.

    Without the shared cache each process remembers for itself and the site goes on: it is named, and the answer stays 200.
    """
    has_database = _database()
    failing = [name for name, works in (("database", has_database), ("cache", _cache())) if not works]
    return JsonResponse(
        {"status": "ok" if has_database else "unavailable", "failing": failing}, status=200 if has_database else 503
    )


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def _cache() -> bool:
    try:
        cache.set("kmportal:ready", "1", 10)
        return bool(cache.get("kmportal:ready") == "1") and not getattr(cache, "is_away", bool)()
    except (OSError, ConnectionError):
        return False
