"""A fake identity provider: answers what `requests` asks, and signs what it is told to."""

import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

ISSUER = "https://id.example"
CLIENT = "kmportal"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
APP = {"provider_id": "sso", "name": "บัญชีกลาง", "client_id": CLIENT, "secret": "s", "settings": {"server_url": ISSUER}}
CONFIGURATION = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
    "jwks_uri": f"{ISSUER}/keys",
}


class Answer:
    """As much of a response of `requests` as allauth reads."""

    def __init__(self, data: Any) -> None:
        self.data, self.status_code, self.ok = data, 200, True
        self.headers = {"content-type": "application/json"}
        self.text = json.dumps(data)

    def json(self) -> Any:
        return self.data

    def raise_for_status(self) -> None:
        """Never wrong."""


class Provider:
    """What it says can be bent: claims and userinfo are merged over honest ones; None takes one away."""

    def __init__(self) -> None:
        self.sub, self.email, self.verified = "sub-1", "somchai@agency-a.example", True
        self.claims: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.key: Any = KEY
        self.algorithm = "RS256"
        self.nonce = ""
        self.token: str | None = None
        self.asked: list[str] = []

    def request(self, method: str, url: str, **kwargs: Any) -> Answer:
        self.asked.append(f"{method.upper()} {urlsplit(url).path}")
        path = urlsplit(url).path
        if path.endswith("openid-configuration"):
            return Answer(CONFIGURATION)
        if path == "/token":
            return Answer({"access_token": "a", "token_type": "Bearer", "id_token": self._id_token()})
        if path == "/keys":
            return Answer(
                {"keys": [{**json.loads(RSAAlgorithm.to_jwk(KEY.public_key())), "kid": "k", "alg": "RS256", "use": "sig"}]}
            )
        honest = {
            "sub": self.sub,
            "email": self.email,
            "email_verified": self.verified,
            "given_name": "สมชาย",
            "family_name": "ใจดี",
        }
        return Answer({**honest, **self.userinfo})

    def _id_token(self) -> str:
        if self.token is not None:
            return self.token
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": CLIENT, "sub": self.sub, "nonce": self.nonce, "iat": now, "exp": now + 300, **self.claims}
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, self.key, algorithm=self.algorithm, headers={"kid": "k"})

    def sign_in(self, client: Any, *, login: str = "/accounts/oidc/sso/login/", **callback: str) -> Any:
        """The whole walk; answers the response of the callback. `callback` bends its parameters."""
        sent = client.post(login)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(sent["Location"]).query).items()}
        self.nonce = asked.get("nonce", "")
        back = urlsplit(asked["redirect_uri"]).path
        return client.get(back, {"code": "c", "state": asked["state"], **callback})
