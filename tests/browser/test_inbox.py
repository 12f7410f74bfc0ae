"""The inbox, its settings and the way out of the mails in a browser: clean by axe, none too wide, and all of it without script."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kmportal.inbox import tokens
from kmportal.inbox.models import Notice, NoticeSetting
from kmportal.library.notices import OUTDATED
from kmportal.people.models import User
from tests.browser.conftest import sideways, violations
from tests.browser.test_accounts import session
from tests.make.inbox import told, told_often

OpenPage = Callable[..., Page]


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(360, "light", ""), (1280, "dark", "/en")])
@pytest.mark.django_db(transaction=True)
def test_every_page_is_clean(
    browser: Browser, live_server: Any, *, officer: User, outsider: User, width: int, scheme: Any, prefix: str
) -> None:
    told_often(officer, 21)
    told(officer, actor=outsider, quote="แบบฟอร์มเปลี่ยนแล้ว ตั้งแต่ต้นปีงบประมาณ")
    word = tokens.token(officer.pk, OUTDATED)
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in session(officer).items()])
    page, found = context.new_page(), []
    marked = "/inbox/?marked=2026-11-20T00%3A00%3A00%2B00%3A00"
    for path in (
        "/inbox/",
        "/inbox/?unread=1&kind=library.approved",
        marked,
        "/me/notices/",
        f"/inbox/stop/{word}/",
        "/inbox/stop/x/",
    ):
        page.goto(live_server.url + prefix + path)
        found += [f"{path}: {line}" for line in violations(page)]
        found += [f"{path}: {sideways(page)} px too wide"] if sideways(page) > 0 else []
    context.close()
    assert found == []


@pytest.mark.django_db(transaction=True)
def test_read_undo_choose_and_stop_without_script(open_page: OpenPage, live_server: Any, officer: User, outsider: User) -> None:
    told(officer, "1", actor=outsider)
    told(officer, "2", actor=outsider)
    page = open_page("/inbox/", script=False, cookies=session(officer))
    assert page.inner_text(".tool .n") == "2"

    page.click("text=ทำเครื่องหมายว่าอ่านแล้วทั้งหมด")
    page.wait_for_selector(".note.ok")
    assert page.locator(".tool .n").count() == 0
    page.click(".note.ok button")
    page.wait_for_selector(".tool .n")
    assert Notice.objects.filter(read_at=None).count() == 2

    page.goto(f"{live_server.url}/me/notices/")
    page.uncheck(f"[name='mail:{OUTDATED}']")
    page.click("main form button.go")
    page.wait_for_selector(".note.ok")
    assert NoticeSetting.objects.get(person=officer, kind=OUTDATED).mail is False

    other = open_page(f"/inbox/stop/{tokens.token(outsider.pk, OUTDATED)}/", script=False)
    other.click("main form button.go")
    other.wait_for_selector("text=หยุดส่งอีเมลเรื่องนี้แล้ว")
    assert NoticeSetting.objects.get(person=outsider).mail is False
