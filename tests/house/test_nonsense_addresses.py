"""Whatever stands in the query of an address, the answer is a page, "not found" or "bad request": never our own failure.

Taken from the address book itself, so a new list is covered the day it is added.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter, SlugConverter, StringConverter

from kmportal.core.keys import KeyConverter
from kmportal.library.models import LibraryDocument, SeminarPage
from kmportal.people.models import Agency, Person, User
from kmportal.people.roles import Role
from tests.make import cases, points, shop
from tests.make import qa as make
from tests.make.documents import make_document
from tests.make.library import make_lesson, make_seminar
from tests.make.people import make_user

# What our lists read from an address, and what Wagtail's API reads.
NAMES = (
    "q", "page", "person", "agency", "topic", "year", "kind", "type", "category", "code", "sort", "archived", "show", "at", "next", "a", "b",
    "status", "role", "url", "query", "fields", "order", "search", "limit", "offset", "id", "child_of", "descendant_of", "locale", "format",
    "state", "closed", "text", "items", "title", "x", "did", "board", "in", "part", "since", "until", "who", "act", "reward", "unread", "before",
    "about", "question", "visibility", "community", "vouchers",
)  # fmt: skip
VALUES = ("a%00b", "%ED%A0%80%FF", "9" * 40 + "x" * 10_000)
PARTS = ("qa", "q", "ask", "rewards", "moderation", "boards", "points")
GET_IS_NO_READING = ("/accounts/oidc/", "/accounts/confirm-email/", "/healthz/")


def routes(patterns: Any = None, before: str = "/") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address with the converters it asks for; the CMS is Wagtail's and has a door of its own."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(entry.pattern).lstrip("^").removesuffix("$").replace("\\Z", "")
        if isinstance(entry, URLResolver):
            if not route.startswith("/cms/"):
                yield from routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern) and "(?P" not in route and not route.startswith(GET_IS_NO_READING):
            yield route, getattr(entry.pattern, "converters", {})


def filled(pages: list[int]) -> list[str]:
    """The addresses with something in each place: things that are there, and nonsense."""
    found = set()
    for route, converters in routes():
        for choice in (0, 2):
            address = route
            for name, converter in converters.items():
                kind = type(converter)
                if kind in (IntConverter, KeyConverter):
                    value = str([*pages, 2**31, 2**63][choice % (len(pages) + 2)])
                elif kind is SlugConverter:
                    value = ["agency-a", "small", "nobody", "x" * 300][choice]
                elif kind is StringConverter:
                    value = ["4", "obstacle", "%00", "x%27" * 200][choice]
                else:
                    value = "x"
                for form in ("str", "int", "slug", "key", "path", "uuid"):
                    address = address.replace(f"<{form}:{name}>", value)
                address = address.replace(f"<{name}>", value)
            found.add(address)
    return sorted(found)


@pytest.fixture
def content(coordinator: User, agency_a: Agency) -> list[int]:
    """Something to find at the addresses: pages, a person, a document."""
    lesson, seminar = make_lesson("บทเรียน", agency=agency_a), make_seminar("สัมมนา")
    document = make_document("เอกสาร", actor=coordinator)
    assert (SeminarPage.objects.count(), LibraryDocument.objects.count(), Person.objects.exists()) == (1, 1, True)
    return [lesson.pk, seminar.pk, document.pk]


@pytest.mark.parametrize("reader", ["visitor", "coordinator"])
def test_no_address_fails(content: list[int], coordinator: User, reader: str) -> None:
    client = Client(raise_request_exception=False)
    if reader == "coordinator":
        client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    failed = []
    for address in filled(content):
        for value in VALUES:
            status = client.get(f"{address}?{'&'.join(f'{name}={value}' for name in NAMES)}").status_code
            if status >= 500:
                failed.append(f"{status} {address} {value[:12]}")
            if status in {302, 403, 404, 405}:
                break  # turned away before the query was read: the other values would be, too
    assert failed == []


@pytest.mark.parametrize(
    "address",
    [
        "/library/",
        "/people/",
        "/agencies/",
        "/people/accounts/",
        "/cabinet/",
        "/cabinet/4/",
        "/imports/",
        "/api/v1/pages/",
        "/preferences/",
    ],
)
def test_no_single_choice_fails(content: list[int], coordinator: User, address: str) -> None:
    """One at a time: a form that refuses one value must not hide what another would do."""
    client = Client(raise_request_exception=False)
    client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    asked = [f"{name}={value}" for name in NAMES[:13] for value in VALUES]
    assert [query[:20] for query in asked if client.get(f"{address}?{query}").status_code >= 500] == []


def test_no_address_of_questions_and_rewards_fails(officer: User, outsider: User) -> None:
    """With something at each address, for somebody whom all of them let in."""
    reader = make_user("staff@agency-b.example", role=Role.REWARDS_OFFICER)
    reader.groups.add(Group.objects.get_or_create(name=Role.MODERATOR.value)[0])
    reply = make.answer(make.ask(officer), outsider)
    make.comment(reply, officer)
    points.give(reader, 100)
    redemption, case = shop.order(reader, shop.reward()), cases.flagged(reply, officer)
    # The first that fits says what stands at an address.
    keys = [
        ("/desk/rewards/", redemption.reward_id), ("/desk/", redemption.pk), ("/me/rewards/", redemption.pk),
        ("/rewards/", redemption.reward_id), ("/moderation/", case.pk), ("<post:kind>", reply.pk), ("", reply.question_id),
    ]  # fmt: skip
    client = Client(raise_request_exception=False)
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    failed, opened = [], 0
    for route, _converters in routes():
        if not any(f"/{part}/" in route for part in PARTS):
            continue
        address = route.replace("<key:pk>", str(next(key for part, key in keys if part in route)))
        address = address.replace("<post:kind>", "answer").replace("<slug:why>", "flag")
        address = address.replace("<str:text>", "x").replace("<slug:value>", "open")
        opened += client.get(address).status_code == 200
        for value in VALUES:
            status = client.get(f"{address}?{'&'.join(f'{name}={value}' for name in NAMES)}").status_code
            if status >= 500:
                failed.append(f"{status} {address} {value[:12]}")
    assert failed == []
    assert opened > 25
