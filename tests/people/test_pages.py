"""Every page of accounts and people opens in both languages, in our frame, without a trace of allauth's own look."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kmportal.people.models import User

STRANGER = ["login", "signup", "password/reset", "password/reset/done", "confirm-email", "confirm-email/WRONG", "inactive",
            "password/reset/key/1-set-password", "password/reset/key/done", "3rdparty/login/cancelled", "3rdparty/login/error"]  # fmt: skip
MEMBER = ["email", "password/change", "logout", "2fa", "sessions", "3rdparty", "2fa/webauthn", "reauthenticate"]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", STRANGER)
def test_entrance_pages(client: Client, db: None, prefix: str, path: str) -> None:
    _is_ours(client.get(f"{prefix}/accounts/{path}/"), prefix)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", MEMBER)
def test_member_pages(as_: Callable[[Any], Client], officer: User, prefix: str, path: str) -> None:
    _is_ours(as_(officer).get(f"{prefix}/accounts/{path}/"), prefix)


def _is_ours(response: Any, prefix: str) -> None:
    html = response.content.decode()
    assert response.status_code == (401 if "3rdparty/login/error" in response.request["PATH_INFO"] else 200)
    assert f'<html lang="{"en" if prefix else "th"}"' in html
    assert html.count("<h1") == 1
    assert 'class="skip"' in html
    for word in ("Menu:", "<script>", "style=", "ลงชื่อเข้าใช้", "onclick"):
        assert word not in html
