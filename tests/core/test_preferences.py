"""How a reader wants the site, and the language remembered."""

from typing import Any

import pytest
from django.test import Client

from kmportal.core import preferences
from kmportal.people.models import User

# The frame of every page knows the portal's name and its footer from the database.
pytestmark = pytest.mark.django_db

ADDRESS = "/preferences/"


@pytest.mark.parametrize(
    ("choice", "cookie", "mark"),
    [
        ({"theme": "dark"}, "km_theme", 'data-theme="dark"'),
        ({"size": "xl"}, "km_size", 'data-size="xl"'),
        ({"keys": "off"}, "km_keys", 'data-keys="off"'),
    ],
)
def test_the_choice_is_in_the_next_page(client: Client, choice: dict[str, str], cookie: str, mark: str) -> None:
    answer = client.post(ADDRESS, {**choice, "next": "/styleguide/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/styleguide/")
    assert answer.cookies[cookie]["httponly"]
    assert mark in client.get("/styleguide/").content.decode()


def test_the_plain_choice_takes_the_cookie_away(client: Client) -> None:
    client.post(ADDRESS, {"theme": "dark"})
    client.post(ADDRESS, {"theme": "auto"})
    assert "data-theme" not in client.get("/styleguide/").content.decode()


@pytest.mark.parametrize("cookie", ["pink", '"><script>', ""])
def test_a_forged_cookie_is_ignored(client: Client, cookie: str) -> None:
    client.cookies["km_theme"] = cookie
    assert "data-theme" not in client.get("/styleguide/").content.decode()


def test_an_unknown_choice_changes_nothing(client: Client) -> None:
    answer = client.post(ADDRESS, {"theme": "pink", "size": "9"})
    assert answer.status_code == 302
    assert not answer.cookies


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "styleguide/", "", "/\\evil.example"]
)
def test_it_never_leads_away(client: Client, back: str) -> None:
    assert client.post(ADDRESS, {"theme": "dark", "next": back}).headers["Location"] == "/"


def test_reading_the_address_is_refused(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}]
)
def test_another_site_cannot_choose(headers: dict[str, str]) -> None:
    answer = Client(enforce_csrf_checks=True).post(ADDRESS, {"theme": "dark"}, headers=headers)
    assert answer.status_code == 403
    assert not answer.cookies


def test_the_frame_sets_no_cookie(client: Client) -> None:
    assert not client.get("/styleguide/").cookies


def test_the_language_leads_to_the_same_page(client: Client) -> None:
    answer = client.post(ADDRESS, {"language": "en", "next": "/accounts/login/?next=/x"})
    assert answer.headers["Location"] == "/en/accounts/login/?next=/x"
    answer = client.post(ADDRESS, {"language": "th", "next": "/en/accounts/login/"})
    assert answer.headers["Location"] == "/accounts/login/"


@pytest.mark.django_db
def test_the_language_is_remembered_on_plain_addresses(client: Client) -> None:
    client.post(ADDRESS, {"language": "en"})
    answer = client.get("/accounts/login/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/accounts/login/")
    assert "Cookie" in answer.headers["Vary"]
    client.post(ADDRESS, {"language": "th"})
    assert client.get("/accounts/login/").status_code == 200


@pytest.mark.django_db
def test_machines_keep_their_address(client: Client) -> None:
    client.cookies["km_language"] = "en"
    assert client.get("/healthz/live").status_code == 200


@pytest.mark.django_db
def test_signed_in_people_are_told_to_the_hooks(client: Client, officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[object, str]] = []
    monkeypatch.setattr(preferences, "_language_hooks", [lambda user, language: told.append((user, language))])
    client.post(ADDRESS, {"language": "en"})
    assert told == []
    client.force_login(officer)
    client.post(ADDRESS, {"language": "en"})
    client.post(ADDRESS, {"theme": "dark"})
    assert told == [(officer, "en")]


@pytest.mark.django_db
def test_the_styleguide_is_for_builders(client: Client, settings: Any) -> None:
    settings.TESTING = settings.DEBUG = False
    assert client.get("/styleguide/").status_code == 404
