"""Probes for the machine that runs us: live = the process answers, ready = it can do its work."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and the cache keeps a value; else 503 with the failing part named (never its address)."""
    failing = [name for name, works in (("database", _database()), ("cache", _cache())) if not works]
    return JsonResponse({"status": "unavailable" if failing else "ok", "failing": failing}, status=503 if failing else 200)


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
        return bool(cache.get("kmportal:ready") == "1")
    except (OSError, ConnectionError):
        return False
