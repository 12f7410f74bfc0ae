"""The language a reader chose before, on an address that carries none."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import translate_url
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RememberedLanguage:
    """Leads a reader who chose another language from a plain address (/library/) to theirs (/en/library/).

    Thai addresses have no prefix and are what people share, so the choice would be lost with each shared link.
    Stands after LocaleMiddleware. Switching back to Thai changes the cookie first (core.preferences).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        other = chosen in dict(settings.LANGUAGES) and chosen != settings.LANGUAGE_CODE
        if other and request.method == "GET" and get_language() == settings.LANGUAGE_CODE:
            here = request.get_full_path()
            theirs = translate_url(here, chosen)
            if theirs != here:
                response = HttpResponseRedirect(theirs)
                patch_vary_headers(response, ["Cookie"])
                return response
        return self.get_response(request)
