"""One's points in a browser: clean for axe at both widths, and usable without script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from kmportal.people.models import Agency, Person, User
from rewards.actions.awarding import award, take_back
from rewards.models import Reason, Showing
from tests.browser.conftest import sideways, violations
from tests.make import points as make

OpenPage = Callable[..., Page]
PATHS = ["/me/points/", "/me/points/?year=2300", "/me/points/report/", "/points/", "/people/PERSON/"]


def session(user: User) -> dict[str, str]:
    """The cookie of somebody who signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def earn(officer: User, outsider: User) -> None:
    """A movement of every look: waiting, available, in part, taken back, held."""
    first, second = Agency.objects.order_by("pk")[:2]
    for source in (first, second):
        award(reason=Reason.ANSWER_ACCEPTED, earner=officer, payer=outsider, source=source, key=str(source.pk), at=timezone.now())
    take_back(source=second, reason=None, at=timezone.now())
    make.give(officer, 40, reputation=3)
    make.hold(officer, 10)


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(360, "light", ""), (1280, "dark", "/en")])
@pytest.mark.django_db(transaction=True)
def test_every_page_is_clean(
    browser: Browser, live_server: Any, *, officer: User, outsider: User, width: int, scheme: Any, prefix: str
) -> None:
    earn(officer, outsider)
    handle = Person.objects.get(user=officer).handle
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in session(officer).items()])
    page, found = context.new_page(), []
    for path in PATHS:
        address = prefix + path.replace("PERSON", handle)
        page.goto(live_server.url + address)
        found += [f"{address}: {line}" for line in violations(page)]
        found += [f"{address}: {sideways(page)} px too wide"] if sideways(page) > 0 else []
    context.close()

    assert found == []


@pytest.mark.django_db(transaction=True)
def test_the_reputation_is_hidden_without_script(open_page: OpenPage, officer: User, outsider: User) -> None:
    earn(officer, outsider)
    page = open_page("/me/points/", script=False, cookies=session(officer))

    page.uncheck("#id_reputation")
    page.click('form[action="/me/points/showing/"] button')

    assert page.url.endswith("/me/points/")
    assert page.is_checked("#id_reputation") is False
    assert Showing.objects.get(owner=officer).reputation is False


@pytest.mark.django_db(transaction=True)
def test_a_report_prints_without_what_is_for_the_screen(open_page: OpenPage, officer: User, outsider: User) -> None:
    earn(officer, outsider)
    page = open_page("/me/points/report/", cookies=session(officer))

    page.emulate_media(media="print")

    assert page.is_visible("main h1")
    assert [page.is_visible(part) for part in ("main form", ".nav", "footer")] == [False, False, False]
