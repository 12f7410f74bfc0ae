"""Second factor: staff need one before the CMS, and its secrets are encrypted where they are stored."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language_from_path

from kmportal.people.models import User
from kmportal.people.roles import CMS_ROLES

# Recovery codes are for the day these are lost; alone they are a second password on paper.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequireSecondFactor:
    """Leads staff without an authenticator app or passkey to the page that says why they need one, and how to set it up.

    Whoever has one was asked for it when signing in, so having it is enough to ask here. Stands after authentication; on where
    settings.REQUIRE_MFA is (by default in production).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.REQUIRE_MFA and self._guarded(request.path_info) and self._lacks_it(request):
            return HttpResponseRedirect(reverse("people:second_factor"))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """The single screens outside those places where staff act: roles, reviews, keeping content current, filing."""
        match = request.resolver_match
        if settings.REQUIRE_MFA and match and match.view_name in settings.MFA_VIEWS and self._lacks_it(request):
            return HttpResponseRedirect(reverse("people:second_factor"))
        return None

    def _guarded(self, path: str) -> bool:
        language = get_language_from_path(path)
        plain = path.removeprefix(f"/{language}") if language else path
        return plain.startswith(tuple(settings.MFA_PATHS))

    def _lacks_it(self, request: HttpRequest) -> bool:
        user = request.user
        if not isinstance(user, User) or not user.is_authenticated:
            return False
        return (user.has_role(*CMS_ROLES) or user.is_superuser) and not is_mfa_enabled(user, FACTORS)


class EncryptingAdapter(DefaultMFAAdapter):
    """Keeps authenticator secrets and recovery codes unreadable in a copy of the database."""

    @cached_property
    def _boxes(self) -> MultiFernet:
        keys = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
        return MultiFernet([Fernet(urlsafe_b64encode(sha256(b"kmportal mfa " + key.encode()).digest())) for key in keys])

    def encrypt(self, text: str) -> str:
        return self._boxes.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._boxes.decrypt(encrypted_text.encode()).decode()
