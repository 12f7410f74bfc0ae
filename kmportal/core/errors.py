"""Error pages that need more than a template."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF refusal in our words: what happened, and what to do. The reason is for the log, not for the reader."""
    return render(request, "403_csrf.html", {"next": request.get_full_path()}, status=403)
