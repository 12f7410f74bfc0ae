"""The language a reader chose before, on an address that carries none."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import translate_url
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_path, override

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def in_language(address: str, code: str) -> str:
    """The same page in another language; an address that has no language comes back unchanged.

    Django looks an address up in the active language only, so the address's own is made active first.
    """
    with override(get_language_from_path(address) or settings.LANGUAGE_CODE):
        return translate_url(address, code)


def in_reader_address(address: str) -> str:
    """An address kept without a language, in the language of whoever reads now."""
    language = get_language() or settings.LANGUAGE_CODE
    return address if language == settings.LANGUAGE_CODE else in_language(address, language)


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
            theirs = in_language(here, chosen)
            if theirs != here:
                response = HttpResponseRedirect(theirs)
                patch_vary_headers(response, ["Cookie"])
                return response
        return self.get_response(request)
