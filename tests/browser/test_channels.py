"""Channels in real browsers: two people talk by keys alone, one line is cut, one has no script; axe at both widths."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from communities.models import Community, Membership
from communities.talk.models import Channel, Message
from kmportal.people.models import User
from tests.browser.conftest import sideways, violations
from tests.talk.test_pages import said

OpenPage = Callable[..., Page]
pytestmark = pytest.mark.django_db(transaction=True)


def session(user: User) -> dict[str, str]:
    """The cookie of somebody who signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


@pytest.fixture
def channel(community_c: Community, colleague: User) -> Channel:
    now = timezone.now()
    Membership.objects.create(community=community_c, user=colleague)
    return Channel.objects.create(community=community_c, name="วงทดลอง", created_at=now, last_activity=now)


def live(page: Page) -> Page:
    expect(page.locator("[data-state=live]")).to_be_attached(timeout=15_000)
    return page


def write(page: Page, words: str) -> None:
    """By keys alone."""
    page.locator("#say-body").focus()
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")


def test_two_people_talk_and_a_cut_line_loses_nothing(
    open_page: OpenPage, channel: Channel, cop_member: User, colleague: User
) -> None:
    path = channel.get_absolute_url()
    one, other = live(open_page(path, cookies=session(cop_member))), live(open_page(path, cookies=session(colleague)))
    write(one, "สวัสดีจากเบราว์เซอร์แรก")
    expect(other.locator(".msgs:not(.pending) .msg")).to_have_count(1)
    expect(one.locator(".pending .msg")).to_have_count(0)
    other.locator(".msg [value=thanks]").click()
    expect(one.locator(".msg [value=thanks] > span")).to_have_text("1")
    expect(other.locator(".msg [value=thanks]")).to_have_attribute("aria-pressed", "true")
    expect(one.locator("#say-body")).to_have_value("")

    other.context.set_offline(True)
    write(other, "พิมพ์ตอนไม่มีสัญญาณ")
    write(one, "ระหว่างนั้น")
    other.context.set_offline(False)
    for page in (one, other):
        expect(page.locator(".msgs:not(.pending) .msg")).to_have_count(3, timeout=30_000)
    order = [[line.inner_text() for line in page.locator(".msgs:not(.pending) .msg .prose").all()] for page in (one, other)]
    assert order[0] == order[1]
    assert Message.objects.filter(channel=channel).count() == 3


def test_a_page_without_script_is_written_on(open_page: OpenPage, channel: Channel, cop_member: User) -> None:
    page = open_page(channel.get_absolute_url(), script=False, cookies=session(cop_member))
    page.fill("#say-body", "ไม่มีสคริปต์ก็คุยได้")
    page.click("#compose .btn.go")
    message = Message.objects.get(channel=channel)
    assert page.url.endswith(f"#m{message.pk}")
    assert "ไม่มีสคริปต์ก็คุยได้" in page.inner_text(f"#m{message.pk}")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_are_clean(open_page: OpenPage, channel: Channel, cop_member: User, colleague: User, width: int) -> None:
    said(colleague, channel, "เล่าให้ฟัง")
    said(cop_member, channel, "ขอบคุณ")
    size: dict[str, Any] = {"width": width, "cookies": session(cop_member)}
    for path in ("", "threads/", "search/", "say/", "pinned/"):
        page = open_page(channel.get_absolute_url() + path, **size)
        assert (violations(page), sideways(page)) == ([], 0), path
