"""What visiting programs ask for first."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

CLOSED = ("/cms/", "/accounts/", "/me/", "/imports/", "/reviews/", "/keep/", "/en/accounts/", "/en/me/")


def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is secret: what is closed answers with a sign-in page anyway; it only saves crawlers the way."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
