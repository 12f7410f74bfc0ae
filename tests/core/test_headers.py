"""Headers that hold everywhere: a strict policy for pages, a wider one under the CMS only, and no shared copy of personal pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from kmportal.core.headers import CMS_POLICY, STRICT_POLICY
from kmportal.people.models import User

pytestmark = pytest.mark.django_db
PUBLIC = ["/", "/accounts/login/", "/no-such-page/", "/en/accounts/login/"]


def parts(policy: str) -> dict[str, str]:
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in policy.split(";"))}


@pytest.mark.parametrize("path", PUBLIC)
def test_pages_have_the_strict_policy(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.headers["Content-Security-Policy"] == STRICT_POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_strict_policy_lets_nothing_inline_or_foreign_in() -> None:
    policy = parts(STRICT_POLICY)

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["font-src"] == policy["connect-src"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in STRICT_POLICY
    assert "http" not in STRICT_POLICY


def test_the_wider_policy_is_for_the_cms_only(as_: Callable[..., Client], coordinator: User) -> None:
    response = as_(coordinator).get("/cms/", follow=True)

    assert response.headers["Content-Security-Policy"] == CMS_POLICY
    assert "unsafe-eval" not in CMS_POLICY
    assert parts(CMS_POLICY)["object-src"] == "'none'"


@pytest.mark.parametrize("path", ["/cmsx/", "/en/cms/", "/no/cms/"])
def test_an_address_that_looks_like_the_cms_gets_the_strict_one(client: Client, path: str) -> None:
    assert client.get(path).headers["Content-Security-Policy"] == STRICT_POLICY


def test_personal_pages_are_not_kept(as_: Callable[..., Client], officer: User) -> None:
    assert as_(officer).get("/").headers["Cache-Control"] == "private, no-store"


def test_visitors_get_no_cookie(client: Client) -> None:
    """A cookie on every page would make each page uncacheable and need a notice."""
    assert client.get("/").cookies == {}


def test_mistakes_of_signed_in_people_are_not_kept_either(as_: Callable[..., Client], officer: User) -> None:
    assert as_(officer).get("/no-such-page/").headers["Cache-Control"] == "private, no-store"
