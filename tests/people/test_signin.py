"""Sign-in: addresses to return to, language, password reset, limits, sessions."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from kmportal.people.models import User
from tests.make.people import PASSWORD

LOGIN = "/accounts/login/"
HOSTILE = [
    "https://evil.example", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "http:evil.example",
    "https:///evil.example", "javascript:alert(1)", "//testserver@evil.example", "https://testserver.evil.example/",
    "https://evil.example/testserver", "\thttps://evil.example", "%2f%2fevil.example\n", "//evil.example%2f..", "data:text/html,x",
    "http://localhost/", "http://127.0.0.1/", "ftp://testserver/", "\x00//evil.example", "///\tevil.example",
]  # fmt: skip


def sign_in(client: Client, user: User, **more: str) -> Any:
    return client.post(LOGIN, {"login": user.email, "password": PASSWORD, **more})


@pytest.mark.parametrize("target", HOSTILE)
def test_sign_in_leads_nowhere_else(client: Client, officer: User, target: str) -> None:
    assert sign_in(client, officer, next=target)["Location"] == "/"


@pytest.mark.parametrize("target", HOSTILE)
def test_sign_out_leads_nowhere_else(as_: Callable[[Any], Client], officer: User, target: str) -> None:
    assert as_(officer).post("/accounts/logout/", {"next": target})["Location"] == "/"


def test_sign_in_leads_back(client: Client, officer: User) -> None:
    assert sign_in(client, officer, next="/people/?q=ก")["Location"] == "/people/?q=%E0%B8%81"


def test_the_session_key_changes_and_get_does_not_sign_out(client: Client, officer: User) -> None:
    client.get(LOGIN)
    before = client.session.session_key
    sign_in(client, officer)
    assert client.session.session_key != before
    client.get("/accounts/logout/")
    assert client.get("/me/").status_code == 200


def test_the_language_follows_the_person(client: Client, officer: User) -> None:
    officer.language = "en"
    officer.save()
    response = sign_in(client, officer, next="/people/")
    assert response["Location"] == "/en/people/"
    assert client.cookies["km_language"].value == "en"
    assert client.get("/people/")["Location"] == "/en/people/"
    back = client.post("/preferences/", {"language": "th", "next": "/en/people/"})
    assert back["Location"] == "/people/"
    assert User.objects.get(pk=officer.pk).language == "th"
    assert client.get("/people/").status_code == 200


def test_wrong_password_and_unknown_address_answer_alike(client: Client, officer: User) -> None:
    def error(email: str) -> list[str]:
        html = Client().post(LOGIN, {"login": email, "password": "wrong-wrong-1"}).content.decode()
        return re.findall(r'<div class="note bad".*?</div>', html, re.DOTALL)

    assert error(officer.email) == error("nobody@agency-a.example") != []


def test_switched_off_accounts_do_not_get_in(client: Client, officer: User) -> None:
    officer.is_active = False
    officer.save()
    sign_in(client, officer)
    assert client.get("/me/").status_code == 302


def test_failed_sign_ins_are_limited(client: Client, officer: User) -> None:
    for _try in range(5):
        client.post(LOGIN, {"login": officer.email, "password": "wrong-wrong-1"})
    sign_in(client, officer)
    assert client.get("/me/").status_code == 302


# --- Password reset --------------------------------------------------------------------------------------------------------------
def reset_link(client: Client, email: str) -> str:
    client.post("/accounts/password/reset/", {"email": email})
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def test_reset_works_once(client: Client, officer: User) -> None:
    address = reset_link(client, officer.email)
    form = client.get(address)["Location"]
    page = client.get(form)
    assert page["Referrer-Policy"] == "same-origin"
    # "no-referrer" would hide the page's own origin too: a browser then sends "Origin: null", and the form is refused.
    assert "no-referrer" not in page.content.decode()
    client.post(form, {"password1": "ใหม่มาก-brand-new-9", "password2": "ใหม่มาก-brand-new-9"})
    assert User.objects.get(pk=officer.pk).check_password("ใหม่มาก-brand-new-9")
    again = Client().get(address)
    assert "ลิงก์นี้ใช้ไปแล้วหรือหมดอายุ" in again.content.decode()


def test_reset_answers_alike_and_writes_in_the_persons_language(client: Client, officer: User) -> None:
    officer.language = "en"
    officer.save()
    known = client.post("/accounts/password/reset/", {"email": officer.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@agency-a.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.subject for message in mail.outbox] == ["Set a new password", "ไม่มีบัญชีที่ใช้อีเมลนี้"]


def test_reset_link_ends_with_a_new_address(client: Client, officer: User) -> None:
    address = reset_link(client, officer.email)
    officer.email = "other@agency-a.example"
    officer.save()
    assert "ลิงก์นี้ใช้ไปแล้วหรือหมดอายุ" in client.get(address).content.decode()


def test_reset_refuses_a_forged_host(client: Client, officer: User) -> None:
    response = client.post("/accounts/password/reset/", {"email": officer.email}, headers={"host": "evil.example"})
    assert response.status_code == 400
    assert mail.outbox == []


def test_reset_mails_are_limited(client: Client, officer: User) -> None:
    for _try in range(8):
        client.post("/accounts/password/reset/", {"email": officer.email})
    assert len(mail.outbox) == 5


# --- The frame of these pages ----------------------------------------------------------------------------------------------------
def test_the_sign_in_page_offers_a_passkey_and_single_sign_on_where_there_is_one(client: Client, db: None, settings: Any) -> None:
    html = client.get(LOGIN).content.decode()
    assert 'data-passkey="login"' in html
    assert "/accounts/oidc/" not in html
    app = {
        "provider_id": "sso",
        "name": "บัญชีกลาง",
        "client_id": "km",
        "secret": "s",
        "settings": {"server_url": "https://id.example"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [app]}}
    html = client.get(LOGIN).content.decode()
    assert 'action="/accounts/oidc/sso/login/?process=login"' in html
    assert "เข้าสู่ระบบด้วย บัญชีกลาง" in html


def test_sessions_are_listed_and_ended(client: Client, officer: User) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"})
    sign_in(other, officer)
    sign_in(client, officer)
    html = client.get("/accounts/sessions/").content.decode()
    assert "Chrome · Windows" in html
    client.post("/accounts/sessions/")
    assert other.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 200


def test_cookies_are_guarded(client: Client, officer: User) -> None:
    sign_in(client, officer)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
