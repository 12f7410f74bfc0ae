"""Rewards in a browser: from the shop to the receipt, without script; every page clean for axe at both widths."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from kmportal.people.models import User
from rewards.actions import desk
from tests.browser.conftest import sideways, violations
from tests.make import points, shop


def session(user: User) -> dict[str, str]:
    """The cookie of somebody who signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def _scene(officer: User) -> list[str]:
    """Something of every look; the addresses of the person, then those of the officer."""
    points.give(officer, 300)
    things = shop.reward(stock=3, about="ผ้าทอมือ", place="ห้อง 412", hours="9.00–16.00 น.", limit=3, agency_budget=500)
    shop.reward(name="ที่นั่งอบรมนักจัดการความรู้ 1 วัน", kind="experience", price=900, stock=None)
    coffee = shop.voucher("CODE-0001", "CODE-0002")
    done = desk.approve(actor=shop.keeper(), redemption=shop.order(officer, coffee), at=timezone.now())
    asked, ready = shop.order(officer, things, wish="สีคราม"), shop.ready(officer, things)
    own = ["", f"{things.pk}/"]
    mine = ["", f"{ready.pk}/", f"{done.pk}/", f"{done.pk}/receipt/"]
    officers = ["", "?state=all", f"{asked.pk}/", "code/", f"code/{ready.code}/", "rewards/", f"rewards/{things.pk}/"]
    officers += [f"rewards/{things.pk}/stock/", f"rewards/{coffee.pk}/stock/"]
    return [
        *(f"person /rewards/{path}" for path in own),
        *(f"person /me/rewards/{path}" for path in mine),
        *(f"keeper /rewards/desk/{path}" for path in officers),
    ]


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(360, "light", ""), (1280, "dark", "/en")])
@pytest.mark.django_db(transaction=True)
def test_every_page_is_clean(browser: Browser, live_server: Any, officer: User, width: int, scheme: Any, prefix: str) -> None:
    addresses, found = _scene(officer), []
    pages: dict[str, Page] = {}
    for who, user in (("person", officer), ("keeper", shop.keeper())):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in session(user).items()])
        pages[who] = context.new_page()
    for line in addresses:
        who, path = line.split()
        page = pages[who]
        answer = page.goto(live_server.url + prefix + path)
        assert answer is not None
        assert answer.status == 200, path
        found += [f"{path}: {problem}" for problem in violations(page)]
        found += [f"{path}: {sideways(page)} px too wide"] if sideways(page) > 0 else []
    for page in pages.values():
        page.context.close()

    assert found == []
