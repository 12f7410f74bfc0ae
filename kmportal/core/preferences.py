"""How a reader wants the site: colours, text size, language, single-key shortcuts. Kept in cookies, so visitors have it too and no script is needed."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kmportal.core.language import in_language

THEMES = ("auto", "light", "dark")
TEXT_SIZES = ("m", "l", "xl")
THEME_COOKIE = "km_theme"
SIZE_COOKIE = "km_size"
KEYS = ("on", "off")
KEYS_COOKIE = "km_keys"
COOKIE_AGE = 365 * 24 * 3600

LanguageHook = Callable[[AbstractBaseUser, str], None]
_language_hooks: list[LanguageHook] = []


def on_language(hook: LanguageHook) -> None:
    """An app that stores people's language registers here; called with the signed-in user and the code they chose."""
    _language_hooks.append(hook)


class PreferencesForm(forms.Form):
    """Any of the four; what is not sent stays as it was."""

    theme = forms.ChoiceField(label=_("Colours"), choices=[(value, value) for value in THEMES], required=False)
    size = forms.ChoiceField(label=_("Text size"), choices=[(value, value) for value in TEXT_SIZES], required=False)
    keys = forms.ChoiceField(label=_("Single-key shortcuts"), choices=[(value, value) for value in KEYS], required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)


# The form stands on every page, and a token in it would give each anonymous page a cookie of its own and make it uncacheable.
# So the token is replaced by the browser's word on where the request comes from; all that can be changed is how the site looks.
@csrf_exempt
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Remembers the choice and goes back to the page it was made on, in the language chosen."""
    _refuse_other_sites(request)
    form = PreferencesForm(request.POST)
    chosen = form.cleaned_data if form.is_valid() else {}
    back = _page_before(request)
    language = chosen.get("language", "")
    response = HttpResponseRedirect(in_language(back, language) if language else back)
    _remember(response, THEME_COOKIE, chosen.get("theme", ""), plain="auto")
    _remember(response, SIZE_COOKIE, chosen.get("size", ""), plain="m")
    _remember(response, KEYS_COOKIE, chosen.get("keys", ""), plain="on")
    remember_language(response, language)
    if language and request.user.is_authenticated:
        for hook in _language_hooks:
            hook(request.user, language)
    return response


def _refuse_other_sites(request: HttpRequest) -> None:
    """Raises PermissionDenied when another site sent the form."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", "")
    foreign = bool(origin) and origin != "null" and urlsplit(origin).netloc != request.get_host()
    if site not in {"same-origin", "none"} or foreign:
        raise PermissionDenied


def _page_before(request: HttpRequest) -> str:
    """A local address to return to; anything else leads home."""
    back = request.POST.get("next", "")
    local = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return back if local else resolve_url("/")


def remember_language(response: HttpResponse, language: str) -> None:
    """Keeps the language in this browser; '' leaves it as it was."""
    _remember(response, settings.LANGUAGE_COOKIE_NAME, language, plain="")


def _remember(response: HttpResponse, cookie: str, value: str, *, plain: str) -> None:
    """Sets the cookie, or takes it away when the choice is what everybody gets anyway."""
    if value and value == plain:
        response.delete_cookie(cookie, samesite="Lax")
    elif value:
        response.set_cookie(
            cookie, value, max_age=COOKIE_AGE, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
