"""Error pages that need more than a template."""

import logging
import secrets
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF refusal in our words: what happened, and what to do. The reason is for the log, not for the reader."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    page = came_from.path if came_from.netloc == request.get_host() else ""
    return render(request, "403_csrf.html", {"next": page}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of last resort: no request, user or database in it, and a code that finds this failure in the log."""
    reference = secrets.token_hex(3).upper()
    log.error("Failed with reference %s: %s %s", reference, request.method, request.path)
    return HttpResponseServerError(render_to_string("500.html", {"reference": reference}))
