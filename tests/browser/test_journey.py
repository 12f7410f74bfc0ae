"""The whole way in a browser: asked, answered by another agency, accepted, taken back exactly, vested, exchanged, handed over by code."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from kmportal.people.models import User
from qa.models import Question
from rewards.actions.due import vest_due
from rewards.checking import differences
from rewards.models import Redemption
from tests.browser.conftest import OpenPage
from tests.browser.test_rewards import session
from tests.make import points, shop
from tests.make import qa as make

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "#id_body.ed-text"
TITLE = "จะส่งมอบงานในสองสัปดาห์อย่างไร"


def asked(page: Page) -> Question:
    """With what was asked before beside it."""
    page.fill("#id_title", TITLE)
    page.get_by_role("link", name="ส่งมอบงานอย่างไรให้ครบ").first.wait_for()
    page.locator(TEXT).fill("เพื่อนร่วมงานย้ายกะทันหัน")
    page.get_by_role("button", name="ส่งคำถาม").click()
    page.wait_for_url("**/qa/*/")
    return Question.objects.get(title=TITLE)


def answered(page: Page) -> None:
    page.locator(f"#answer {TEXT}").fill("ให้เล่าเรื่องเดียวที่ตัดสินใจยากที่สุด")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/#a*")


def handed_over(keeper: Page, person: Page, order: Redemption) -> None:
    """Chosen from the queue, laid ready, found by its code as people type it."""
    desk = keeper.url
    keeper.get_by_label(f"เลือกคำขอเลขที่ {order.pk}").check()
    keeper.get_by_role("button", name="อนุมัติรายการที่เลือก").click()
    keeper.goto(f"{desk}{order.pk}/")
    keeper.get_by_role("button", name="พร้อมให้มารับ").click()
    person.reload()
    code = person.locator(".code b").inner_text()
    keeper.goto(f"{desk}code/")
    keeper.get_by_label("รหัสรับของ").fill(code.lower().replace("-", " "))
    keeper.get_by_role("button", name="ค้นหารหัส").click()
    keeper.get_by_role("button", name="ส่งมอบแล้ว").click()
    assert keeper.get_by_role("heading", name="ใบรับของ").is_visible()


def test_from_a_question_to_a_reward(open_page: OpenPage, officer: User, outsider: User) -> None:
    make.ask(outsider, "ส่งมอบงานอย่างไรให้ครบ")
    reward = shop.reward(stock=1, price=15, place="ห้อง 412")
    asker = open_page("/ask/", cookies=session(officer))
    asker.locator(TEXT).wait_for()
    question = asked(asker)
    giver = open_page(question.get_absolute_url(), cookies=session(outsider))
    giver.locator(TEXT).scroll_into_view_if_needed()
    answered(giver)

    asker.reload()
    asker.get_by_role("button", name="คำตอบนี้ใช้ได้จริง").click()
    asker.get_by_text("เลือกแล้ว คำตอบนี้").wait_for()
    assert points.figures(outsider) == {"pending": 15, "reputation": 15}
    asker.locator(".toast form button").click()
    asker.get_by_text("ยกเลิกการเลือกคำตอบแล้ว").wait_for()
    assert (points.figures(outsider), points.figures(officer)) == ({}, {})
    asker.get_by_role("button", name="คำตอบนี้ใช้ได้จริง").click()
    asker.get_by_text("เลือกแล้ว คำตอบนี้").wait_for()

    vest_due(at=timezone.now() + points.HOLD)
    giver.goto(giver.url.split("/qa/")[0] + "/me/points/")
    assert giver.get_by_role("link", name=TITLE).first.is_visible()
    assert points.figures(outsider) == {"available": 15, "reputation": 15}

    person = open_page(f"/rewards/{reward.pk}/", script=False, cookies=session(outsider))
    person.get_by_role("button", name="แลกด้วย 15 แต้ม").click()
    keeper = open_page("/rewards/desk/", script=False, cookies=session(shop.keeper()))
    handed_over(keeper, person, Redemption.objects.get())
    person.reload()
    assert person.get_by_text("รับแล้ว").first.is_visible()
    left: Any = (points.figures(outsider), shop.stock_of(reward), differences())
    assert left == ({"reputation": 15}, 0, [])
