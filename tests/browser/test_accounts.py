"""Accounts and people in a browser: passkeys with a virtual key, sign-in without script, and every page through axe at both widths."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, Page

from kmportal.people.models import Person, User
from tests.browser.conftest import sideways, violations
from tests.make.people import PASSWORD

OpenPage = Callable[..., Page]
VISITOR = ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/confirm-email/", "/people/", "/agencies/",
           "/agencies/agency-a/"]  # fmt: skip
MEMBER = ["/me/", "/accounts/2fa/", "/accounts/email/", "/accounts/password/change/", "/accounts/sessions/", "/accounts/2fa/webauthn/",
          "/me/second-factor/", "/people/PERSON/"]  # fmt: skip
COORDINATOR = ["/people/accounts/", "/people/accounts/invite/", "/people/PERSON/account/"]


def session(user: User) -> dict[str, str]:
    """The cookie of somebody who signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(360, "light", ""), (1280, "dark", "/en")])
@pytest.mark.django_db(transaction=True)
def test_every_page_is_clean(
    browser: Browser, live_server: Any, *, officer: User, coordinator: User, width: int, scheme: Any, prefix: str
) -> None:
    handle = Person.objects.get(user=officer).handle
    found: list[str] = []
    for cookies, paths in (({}, VISITOR), (session(officer), MEMBER), (session(coordinator), COORDINATOR)):
        # A page of its own: axe fetches stylesheets again in ways of its own, and the browser complains about those.
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        for path in paths:
            address = prefix + path.replace("PERSON", handle)
            page.goto(live_server.url + address)
            found += [f"{address}: {line}" for line in violations(page)]
            found += [f"{address}: {sideways(page)} px too wide"] if sideways(page) > 0 else []
        context.close()
    assert found == []


def add_virtual_key(page: Page) -> None:
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    tool.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, user: User) -> None:
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    page.click("main form button.go")


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_and_signs_in(open_page: OpenPage, live_server: Any, officer: User) -> None:
    # WebAuthn takes no bare address for a name, so the browser must call this machine "localhost".
    home = live_server.url.replace("127.0.0.1", "localhost")
    page = open_page("/accounts/login/")
    add_virtual_key(page)
    page.goto(f"{home}/accounts/login/?next=/accounts/2fa/webauthn/add/")
    sign_in(page, officer)
    page.wait_for_url("**/reauthenticate/**")
    page.fill("#id_password", PASSWORD)
    page.click("main form button.go")
    page.wait_for_url(f"{home}/accounts/2fa/webauthn/add/")
    page.click("[data-passkey-go]")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    assert Authenticator.objects.filter(user=officer, type=Authenticator.Type.WEBAUTHN).count() == 1

    page.goto(f"{home}/accounts/logout/")
    page.click("main form button.go")
    page.wait_for_url(f"{home}/")
    page.goto(f"{home}/accounts/login/?next=/people/")
    page.click("[data-passkey-go]")
    page.wait_for_url(f"{home}/people/")
    page.goto(f"{home}/me/")
    assert officer.email in page.inner_text("main")

    page.goto(f"{home}/accounts/logout/")
    page.click("main form button.go")
    page.wait_for_url(f"{home}/")
    page.goto(f"{home}/accounts/login/?next=/people/")
    sign_in(page, officer)
    page.wait_for_url("**/2fa/authenticate/")
    page.click("[data-passkey-go]")
    page.wait_for_url(f"{home}/people/")


@pytest.mark.django_db(transaction=True)
def test_sign_in_and_profile_without_script(open_page: OpenPage, officer: User) -> None:
    page = open_page("/accounts/login/?next=/me/", script=False)
    assert not page.locator("[data-passkey-go]").is_visible()
    sign_in(page, officer)
    page.wait_for_selector("#id_position")
    page.fill("#id_position", "นักวิชาการ")
    page.click("main form button.go")
    page.wait_for_selector(".note.ok")
    assert Person.objects.get(user=officer).position == "นักวิชาการ"


@pytest.mark.django_db(transaction=True)
def test_the_link_of_a_mail_leads_to_a_form_that_works(open_page: OpenPage, live_server: Any, officer: User) -> None:
    """A page that hides its address from itself cannot send its own form: the browser gives no origin, and the post is refused."""
    Client().post("/accounts/password/reset/", {"email": officer.email})
    found = re.search(r"https?://[^/]+(/\S*/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    page = open_page(found[1])
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", "ใหม่มาก-brand-new-9")
    page.press("[name=password2]", "Enter")
    page.wait_for_url("**/done/")
    assert User.objects.get(pk=officer.pk).check_password("ใหม่มาก-brand-new-9")
