"""OpenID Connect, stricter than allauth does it: every check of Core 1.0 section 3.1.3.7, the signature and the nonce included.

allauth leaves the signature out where it fetched the token itself (which the standard allows) and sends no nonce. Both cost one key
lookup a sign-in, and then neither a leaked code nor a badly guarded token endpoint lets anybody in.
"""

from typing import Any

import jwt
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string

# Public-key signatures only: with HS256 whoever knows the provider's public key could sign, with "none" everybody.
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})


class StrictAdapter(OpenIDConnectOAuth2Adapter):
    """Trades the code for tokens and reads them."""

    nonce: str = ""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """One address for both languages, as the provider must know it exactly."""
        return str(build_absolute_uri(request, reverse("oidc_callback", args=[self.provider_id]), self.redirect_uri_protocol))

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """The sign-in that the tokens prove.

        Raises:
            OAuth2Error: no ID token, or one that is not meant for this very sign-in.
        """
        claims = self._decode_id_token(app, kwargs["response"].get("id_token") or "")
        data = {"id_token": claims}
        if self.openid_config.get("userinfo_endpoint"):
            data["userinfo"] = self._fetch_user_info(token.token)
            if data["userinfo"].get("sub") != claims["sub"]:
                raise OAuth2Error("userinfo speaks of somebody else")
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            if jwt.get_unverified_header(id_token)["alg"] not in ALGORITHMS:
                raise OAuth2Error("unsupported signature")
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("invalid ID token") from error
        if not claims.get("sub") or "exp" not in claims or claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("incomplete ID token")
        if not self.nonce or not constant_time_compare(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("ID token of another sign-in")
        return claims


class StrictProvider(OpenIDConnectProvider):
    """Sends a nonce, and nothing that the address of the sign-in link could slip in (other scopes, another redirect address)."""

    package = "allauth.socialaccount.providers.openid_connect"
    oauth2_adapter_class = StrictAdapter

    def get_callback_url(self) -> str:
        return reverse("oidc_callback", args=[self.app.provider_id])

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        return dict(self.get_auth_params())

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return list(self.get_scope())

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        nonce = get_random_string(32)
        parameters = {**(kwargs.pop("auth_params", None) or self.get_auth_params()), "nonce": nonce}
        return super().redirect(request, process, next_url, data, auth_params=parameters, nonce=nonce, **kwargs)

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        """Proven only where the provider says so in plain: the word "false" must not count as a yes."""
        claims = data.get("userinfo") or data.get("id_token") or {}
        addresses = super().extract_email_addresses(data)
        for address in addresses:
            address.verified = claims.get("email_verified") in {True, "true"}
        return list(addresses)


class CallbackView(OAuth2CallbackView):
    """Where the provider sends the person back to."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        if state:
            self.adapter.nonce = state.get("nonce", "")
        return state, response


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The answer of the provider; an unknown provider is not found."""
    try:
        view = CallbackView.adapter_view(StrictAdapter(request, provider_id))
        answer: HttpResponse = view(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer
