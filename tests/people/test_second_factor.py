"""Second factor: setting it up, being asked for it, recovery codes, and the wall before the CMS."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kmportal.people.models import Person, User
from tests.make.people import PASSWORD

LOGIN, CHECK, SETUP = "/accounts/login/", "/accounts/2fa/authenticate/", "/accounts/2fa/totp/activate/"
CMS = "/cms/"


def code_for(secret: str, steps: int = 0) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30 + steps):06d}"


def sign_in(client: Client, user: User) -> Any:
    return client.post(LOGIN, {"login": user.email, "password": PASSWORD})


@pytest.fixture
def secret(client: Client, officer: User) -> str:
    """The officer is signed in and has set up an authenticator app, through the pages."""
    sign_in(client, officer)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    mail.outbox.clear()
    page = client.get(SETUP).content.decode()
    found = re.search(r'<code class="secret">(\w+)</code>', page)
    assert found is not None
    assert 'src="data:image/svg+xml' in page
    client.post(SETUP, {"code": code_for(found[1])})
    assert Authenticator.objects.filter(user=officer, type=Authenticator.Type.TOTP).exists()
    return found[1]


def test_the_secret_is_not_readable_in_the_database(secret: str, officer: User) -> None:
    stored = Authenticator.objects.get(user=officer, type=Authenticator.Type.TOTP)
    codes = Authenticator.objects.get(user=officer, type=Authenticator.Type.RECOVERY_CODES)
    assert secret not in str(stored.data)
    assert codes.wrap().get_unused_codes()[0] not in str(codes.data)
    assert TOTP(stored).validate_code(code_for(secret, 0)) in {True, False}


def test_sign_in_asks_for_it(client: Client, secret: str, officer: User) -> None:
    cache.clear()
    fresh = Client()
    assert sign_in(fresh, officer)["Location"] == CHECK
    assert fresh.get("/me/").status_code == 302
    page = fresh.get(CHECK).content.decode()
    assert 'autocomplete="one-time-code"' in page or 'name="code"' in page
    fresh.post(CHECK, {"code": "000000"})
    assert fresh.get("/me/").status_code == 302
    fresh.post(CHECK, {"code": code_for(secret)})
    assert fresh.get("/me/").status_code == 200


def test_a_code_works_once(client: Client, secret: str, officer: User) -> None:
    cache.clear()
    code = code_for(secret)
    for expected in (200, 302):
        fresh = Client()
        sign_in(fresh, officer)
        fresh.post(CHECK, {"code": code})
        assert fresh.get("/me/").status_code == expected


def test_a_recovery_code_works_once(client: Client, secret: str, officer: User) -> None:
    codes = Authenticator.objects.get(user=officer, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    assert len(codes) == 10
    shown = client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert all(code in shown for code in codes)
    for expected in (200, 302):
        fresh = Client()
        sign_in(fresh, officer)
        fresh.post(CHECK, {"code": codes[0]})
        assert fresh.get("/me/").status_code == expected


def test_guessing_is_limited(client: Client, secret: str, officer: User) -> None:
    fresh = Client()
    sign_in(fresh, officer)
    for guess in range(12):
        fresh.post(CHECK, {"code": f"{guess:06d}"})
    fresh.post(CHECK, {"code": code_for(secret)})
    assert fresh.get("/me/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_changes_are_mailed_and_need_the_password_again(client: Client, secret: str, officer: User) -> None:
    assert [message.subject for message in mail.outbox] == ["ตั้งค่าแอปยืนยันตัวตนให้บัญชีของคุณแล้ว"]
    fresh = Client()
    fresh.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = fresh.get("/accounts/2fa/totp/deactivate/")
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/accounts/reauthenticate/")


def test_switching_it_off(client: Client, secret: str, officer: User) -> None:
    assert client.get("/accounts/2fa/totp/deactivate/").status_code == 200
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=officer).exists()


def test_passkey_pages(client: Client, officer: User) -> None:
    sign_in(client, officer)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/webauthn/add/").content.decode()
    assert 'data-passkey="add"' in page
    assert re.search(r'<input type="checkbox" name="passwordless"[^>]* checked', page)
    assert "creation_options" in page
    assert client.get("/accounts/2fa/webauthn/").status_code == 200
    asked = Client().get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"}).json()
    assert asked["request_options"]["publicKey"]["userVerification"] == "required"
    for nonsense in ('{"id": "x"}', "[]", "1", "{", '{"rawId": 1}', '{"rawId": "eA", "response": {"clientDataJSON": "e30"}}'):
        for path in ("webauthn/add/", "webauthn/reauthenticate/"):
            answer = client.post(f"/accounts/2fa/{path}", {"name": "x", "credential": nonsense, "passwordless": "on"})
            assert answer.status_code in {200, 302}
        assert Client().post("/accounts/2fa/webauthn/login/", {"credential": nonsense}).status_code == 302
    assert not Authenticator.objects.filter(user=officer).exists()


# --- The wall before the CMS -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", [CMS, "/cms/pages/", "/imports/", "/en/imports/"])
@pytest.mark.parametrize("name", ["coordinator", "agency_coordinator", "admin"])
def test_staff_without_one_are_led_to_it(
    request: pytest.FixtureRequest, *, as_: Callable[[Any], Client], settings: Any, path: str, name: str
) -> None:
    settings.REQUIRE_MFA = True
    response = as_(request.getfixturevalue(name)).get(path)
    language = "/en" if path.startswith("/en") else ""
    assert (response.status_code, response["Location"]) == (302, f"{language}/me/second-factor/")


def test_acts_of_staff_outside_the_cms_need_it_too(
    as_: Callable[[Any], Client], settings: Any, coordinator: User, officer: User
) -> None:
    settings.REQUIRE_MFA = True
    handle = Person.objects.get(user=officer).handle
    client, before = as_(coordinator), set(officer.groups.values_list("name", flat=True))
    for path in (
        f"/people/{handle}/account/", "/people/accounts/", "/reviews/", "/reviews/1/", "/keep/1/", "/keep/1/confirm/", "/keep/1/archive/",
        "/keep/1/restore/", "/lessons/make/", "/cabinet/add/", "/cabinet/documents/1/edit/", "/cabinet/documents/1/refile/",
        "/cabinet/documents/1/undo/", "/cabinet/documents/1/replace/", "/moderation/cases/1/decide/", "/moderation/log/", "/qa/1/who/",
    ):  # fmt: skip
        response = client.post(path, {"roles": "agency_coordinator"})
        assert (response.status_code, response["Location"]) == (302, "/me/second-factor/"), path
    assert set(officer.groups.values_list("name", flat=True)) == before
    assert {match for match in settings.MFA_VIEWS if not reverse_exists(match)} == set()


def reverse_exists(name: str) -> bool:
    return any(reverse_or_none(name, arguments) for arguments in ([], [1], ["somebody"]))


def reverse_or_none(name: str, arguments: list[Any]) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def test_the_explanation_opens_and_leads_on(as_: Callable[[Any], Client], settings: Any, coordinator: User) -> None:
    settings.REQUIRE_MFA = True
    page = as_(coordinator).get("/me/second-factor/").content.decode()
    assert "/accounts/2fa/webauthn/add/" in page
    assert "/accounts/2fa/totp/activate/" in page


def test_staff_with_one_pass(as_: Callable[[Any], Client], settings: Any, coordinator: User) -> None:
    settings.REQUIRE_MFA = True
    TOTP.activate(coordinator, "A" * 32)
    assert as_(coordinator).get(CMS).status_code == 200


def test_recovery_codes_alone_are_none(as_: Callable[[Any], Client], settings: Any, coordinator: User) -> None:
    settings.REQUIRE_MFA = True
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(coordinator)
    assert as_(coordinator).get(CMS).status_code == 302


def test_reading_needs_none_and_off_means_off(as_: Callable[[Any], Client], settings: Any, coordinator: User) -> None:
    settings.REQUIRE_MFA = True
    assert as_(coordinator).get("/people/").status_code == 200
    settings.REQUIRE_MFA = False
    assert as_(coordinator).get(CMS).status_code == 200


# --- The password again, before the account itself changes ---------------------------------------------------------------------------
ADD = {"action_add": "1", "email": "second@a.example"}


@pytest.mark.parametrize("path", ["2fa/totp/activate/", "2fa/webauthn/add/", "2fa/recovery-codes/generate/"])
def test_a_second_factor_asks_for_the_password(client: Client, officer: User, path: str) -> None:
    sign_in(client, officer)
    for answer in (client.get(f"/accounts/{path}"), client.post(f"/accounts/{path}", {"code": "000000"})):
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/reauthenticate/")
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("act", ["action_add", "action_primary", "action_remove"])
def test_mail_addresses_ask_for_the_password(client: Client, officer: User, settings: Any, act: str) -> None:
    settings.SIGNUP_DOMAINS = ["a.example"]
    EmailAddress.objects.create(user=officer, email="first@a.example", verified=True)
    sign_in(client, officer)
    before = list(EmailAddress.objects.filter(user=officer).order_by("pk").values())
    answer = client.post("/accounts/email/", {act: "1", "email": "first@a.example" if act != "action_add" else ADD["email"]})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/reauthenticate/")
    assert list(EmailAddress.objects.filter(user=officer).order_by("pk").values()) == before


def test_after_the_password_the_address_is_added(client: Client, officer: User, settings: Any) -> None:
    settings.SIGNUP_DOMAINS = ["a.example"]
    sign_in(client, officer)
    asked = client.post("/accounts/email/", ADD)
    page = client.get(asked["Location"])
    assert (page.status_code, "account/reauthenticate.html" in [t.name for t in page.templates]) == (200, True)
    client.post(asked["Location"], {"password": "wrong"})
    assert not EmailAddress.objects.filter(user=officer, email=ADD["email"]).exists()
    client.post(asked["Location"], {"password": PASSWORD, "next": "/accounts/email/"})
    assert EmailAddress.objects.filter(user=officer, email=ADD["email"], verified=False).exists()
