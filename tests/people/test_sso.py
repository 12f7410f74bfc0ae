"""Single sign-on against a fake provider: what is trusted, whom it lets in, and that mail addresses open nothing."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as site
from django.core import mail
from django.core.cache import cache
from django.test import Client

from kmportal.people.actions import save_domain
from kmportal.people.models import Agency, Person, User
from tests.people.provider import APP, CLIENT, ISSUER, OTHER_KEY, Provider

ME = "/me/"


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch, coordinator: User, agency_a: Agency) -> Provider:
    ours = site.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**ours, "APPS": [APP]}}
    save_domain(actor=coordinator, domain="agency-a.example", agency=agency_a)
    made = Provider()
    monkeypatch.setattr("requests.Session.request", lambda self, method, url, **kwargs: made.request(method, url, **kwargs))
    return made


def refused(client: Client, response: Any) -> bool:
    """Nobody came in, nothing was made."""
    return response.status_code in {401, 403} and client.get(ME).status_code == 302 and not SocialAccount.objects.exists()


def test_a_stranger_of_a_listed_domain_joins(client: Client, provider: Provider, agency_a: Agency) -> None:
    provider.sign_in(client)
    account = User.objects.get(email="somchai@agency-a.example")
    assert client.get(ME).status_code == 200
    assert (account.agency, account.has_usable_password(), account.role_names) == (agency_a, False, frozenset())
    assert str(Person.objects.get(user=account)) == "สมชาย ใจดี"
    assert SocialAccount.objects.values_list("provider", "uid", "user").get() == ("sso", "sub-1", account.pk)


def test_who_came_before_is_known_by_subject_not_by_address(client: Client, provider: Provider) -> None:
    provider.sign_in(client)
    first = User.objects.get(email="somchai@agency-a.example")
    provider.email = "renamed@agency-a.example"
    again = Client()
    provider.sign_in(again)
    assert again.get(ME).status_code == 200
    assert SocialAccount.objects.get().user == first
    assert not User.objects.filter(email="renamed@agency-a.example").exists()


def test_an_address_never_opens_an_account(client: Client, provider: Provider, officer: User) -> None:
    provider.email = officer.email
    response = provider.sign_in(client)
    assert client.get(ME).status_code == 302
    assert not SocialAccount.objects.exists()
    assert response["Location"] == "/accounts/confirm-email/"
    assert [message.to for message in mail.outbox] == [[officer.email]]


@pytest.mark.parametrize("said", [False, "false", None, 0, "no"])
@pytest.mark.parametrize("known", [True, False])
def test_an_address_that_nobody_vouches_for_is_refused(
    client: Client, provider: Provider, officer: User, *, said: Any, known: bool
) -> None:
    provider.verified = said
    provider.email = officer.email if known else provider.email
    response = provider.sign_in(client)
    assert refused(client, response)
    assert "ไม่รับรอง" in response.content.decode()
    assert not User.objects.filter(email="somchai@agency-a.example").exists()
    assert mail.outbox == []


def test_an_address_typed_by_another_is_won_back_by_its_owner(client: Client, provider: Provider) -> None:
    """The provider names no address, the stranger types somebody's: when the owner sets a password, the stranger is out."""
    provider.userinfo = {"email": None, "email_verified": None}
    assert provider.sign_in(client)["Location"] == "/accounts/3rdparty/signup/"
    client.post("/accounts/3rdparty/signup/", {"email": "owner@agency-a.example", "first_name": "ผู้", "last_name": "แอบอ้าง"})
    assert client.get(ME).status_code == 302
    account = User.objects.get(email="owner@agency-a.example")
    cache.clear()
    owner = Client()
    owner.post("/accounts/password/reset/", {"email": account.email})
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    owner.post(owner.get(found[1])["Location"], {"password1": "ช้างสามตัว-7-elephants", "password2": "ช้างสามตัว-7-elephants"})
    assert not SocialAccount.objects.exists()
    again = Client()
    provider.sign_in(again)
    assert again.get(ME).status_code == 302


def test_an_operator_may_vouch_for_the_provider(client: Client, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    provider.verified = None  # type: ignore[assignment]  # a provider that says nothing
    monkeypatch.setitem(APP["settings"], "verified_email", True)  # type: ignore[arg-type]  # a dictionary
    provider.sign_in(client)
    assert client.get(ME).status_code == 200


@pytest.mark.parametrize("email", ["x@evil.example", "x@agency-a.example.evil.com", "x@sub.agency-a.example"])
def test_a_strange_domain_is_refused(client: Client, provider: Provider, email: str) -> None:
    provider.email = email
    response = provider.sign_in(client)
    assert refused(client, response)
    assert email in response.content.decode()
    assert not User.objects.filter(email=email).exists()


def test_sent_with_state_nonce_and_pkce_and_nothing_slipped_in(client: Client, provider: Provider) -> None:
    link = "/en/accounts/oidc/sso/login/?auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example%26nonce%3Dx&scope=admin"
    asked = parse_qs(urlsplit(client.post(link)["Location"]).query)
    assert asked["redirect_uri"] == ["http://testserver/accounts/oidc/sso/login/callback/"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) == 32
    assert asked["state"][0]


def test_a_get_starts_nothing(client: Client, provider: Provider) -> None:
    assert client.get("/accounts/oidc/sso/login/").status_code == 200
    assert provider.asked == []


BENT: list[tuple[str, Callable[[Provider], Any]]] = [
    ("another key", lambda p: setattr(p, "key", OTHER_KEY)),
    ("no signature", lambda p: setattr(p, "token", jwt.encode({"iss": ISSUER, "aud": CLIENT, "sub": "s"}, "", algorithm="none"))),
    ("no key id", lambda p: setattr(p, "token", jwt.encode({"iss": ISSUER}, OTHER_KEY, algorithm="RS256"))),
    ("shared secret", lambda p: vars(p).update(key="s" * 40, algorithm="HS256")),
    ("no token", lambda p: setattr(p, "token", "")),
    ("nonsense", lambda p: setattr(p, "token", "a.b.c")),
    ("another issuer", lambda p: p.claims.update(iss="https://evil.example")),
    ("another client", lambda p: p.claims.update(aud="other")),
    ("meant for another", lambda p: p.claims.update(aud=[CLIENT, "other"], azp="other")),
    ("another nonce", lambda p: p.claims.update(nonce="x")),
    ("no nonce", lambda p: p.claims.update(nonce=None)),
    ("too old", lambda p: p.claims.update(exp=1)),
    ("without end", lambda p: p.claims.update(exp=None)),
    ("no subject", lambda p: p.claims.update(sub=None)),
    ("userinfo of another", lambda p: p.userinfo.update(sub="sub-2")),
]  # fmt: skip


@pytest.mark.parametrize("bend", [bend for _name, bend in BENT], ids=[name for name, _bend in BENT])
def test_what_cannot_be_trusted_is_refused(client: Client, provider: Provider, bend: Callable[[Provider], Any]) -> None:
    bend(provider)
    assert refused(client, provider.sign_in(client))


def test_another_state_is_refused(client: Client, provider: Provider) -> None:
    assert refused(client, provider.sign_in(client, state="other"))


def test_another_browsers_answer_is_refused(client: Client, provider: Provider) -> None:
    victim = Client()
    sent = client.post("/accounts/oidc/sso/login/")
    asked = parse_qs(urlsplit(sent["Location"]).query)
    provider.nonce = asked["nonce"][0]
    response = victim.get("/accounts/oidc/sso/login/callback/", {"code": "c", "state": asked["state"][0]})
    assert refused(victim, response)


def test_an_answer_works_once(client: Client, provider: Provider) -> None:
    sent = client.post("/accounts/oidc/sso/login/")
    asked = parse_qs(urlsplit(sent["Location"]).query)
    provider.nonce = asked["nonce"][0]
    answer = {"code": "c", "state": asked["state"][0]}
    client.get("/accounts/oidc/sso/login/callback/", answer)
    assert client.get("/accounts/oidc/sso/login/callback/", answer).status_code == 401


def test_a_switched_off_account_does_not_get_in(client: Client, provider: Provider) -> None:
    provider.sign_in(client)
    User.objects.filter(email="somchai@agency-a.example").update(is_active=False)
    again = Client()
    provider.sign_in(again)
    assert again.get(ME).status_code == 302


def test_linking_to_ones_own_account(as_: Callable[[Any], Client], provider: Provider, officer: User) -> None:
    client = as_(officer)
    client.post("/accounts/reauthenticate/", {"password": "ความลับ-secret-42"})
    provider.sign_in(client, login="/accounts/oidc/sso/login/?process=connect")
    assert SocialAccount.objects.get().user == officer
    fresh = Client()
    provider.sign_in(fresh)
    assert officer.email in fresh.get(ME).content.decode()


def test_an_unknown_provider_is_not_found(client: Client, provider: Provider) -> None:
    assert client.get("/accounts/oidc/other/login/callback/?code=c&state=s").status_code == 404
