"""Response headers that hold everywhere: content security policy, isolation, and no shared caching of personal pages."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]

STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'"
)
# Wagtail's page editor writes two inline scripts (chooser widgets) and many inline styles; nobody but staff gets these pages.
CMS_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; frame-src 'self'; object-src 'none'"
)
CMS_PREFIX = "/cms/"


PLAYS_MEDIA = "_plays_media"


def plays_media(response: HttpResponse) -> HttpResponse:
    """Lets this page alone play sound of ours."""
    setattr(response, PLAYS_MEDIA, True)
    return response


class SecurityHeaders:
    """Adds the policies. Pages that the CMS frames as a preview may be framed by ourselves, nothing else may."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

        # A form that leads to single sign-on is redirected there, and browsers apply form-action to the redirect too.
        self.strict_policy = STRICT_POLICY.replace("form-action 'self'", " ".join(["form-action 'self'", *settings.FORM_TARGETS]))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        policy = CMS_POLICY if request.path.startswith(CMS_PREFIX) else self.strict_policy
        if getattr(response, PLAYS_MEDIA, False):
            policy += "; media-src 'self'"
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        return response


class PrivateResponses:
    """A page made for a signed-in person must not stay in a shared cache (security.md, rule R8)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # A view may let the reader's own browser keep something (a face): "private" keeps it out of shared caches.
        kept = response.headers.get("Cache-Control", "").startswith("private")
        if request.user.is_authenticated and not kept:
            response.headers["Cache-Control"] = "private, no-store"
        return response
