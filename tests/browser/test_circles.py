"""An after-action review in five browsers: started in three clicks, a blind round shown together, late comers agree; pages clean for axe."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from communities.circles.actions import moving
from communities.circles.actions.methods import load_templates
from communities.circles.models import Circle
from communities.models import Community
from kmportal.people.models import User
from tests.browser.conftest import sideways, violations
from tests.browser.test_rewards import session
from tests.make import circles as make

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30_000
ANSWERS = ["รู้ก่อนน้ำถึงถนน", "ทุกหมู่บ้านมีคนเฝ้า", "แจ้งเตือนภายใน 30 นาที"]


def _context(browser: Browser, url: str, user: User, width: int = 1280) -> BrowserContext:
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in session(user).items()])
    return context


def _say(page: Page, text: str) -> None:
    page.locator("#say-body").fill(text)
    page.get_by_role("button", name="ส่งข้อความ").click()


def _open_in_three_clicks(host: Page, url: str) -> None:
    """Start, method, open."""
    host.goto(f"{url}/communities/community-c/circles/")
    host.get_by_role("link", name="เปิดวง").first.click()
    host.get_by_role("link", name="ทบทวนหลังปฏิบัติงาน (AAR)").click()
    host.get_by_label("วงนี้คุยเรื่องอะไร").fill("ซ้อมแผนน้ำท่วม")
    host.get_by_role("button", name="เปิดวงนี้").click()
    expect(host.get_by_role("heading", level=1)).to_contain_text("ซ้อมแผนน้ำท่วม")


def _join(pages: list[Page], address: str) -> None:
    for page in pages:
        page.goto(address)
        page.get_by_label("อ่านแล้วและยอมรับ").check()
        page.get_by_role("button", name="เข้าร่วมวง").click()
        expect(page.get_by_role("button", name="ออกจากวง")).to_be_visible()


def _nothing_shown(pages: list[Page]) -> None:
    for page in pages:
        others = page.locator("[role=log] .msg:not([data-cid])").all_inner_texts()
        assert not any(answer in text for answer in ANSWERS for text in others)


def _all_shown(pages: list[Page]) -> None:
    for page in pages:
        for answer in ANSWERS:
            expect(page.locator("[role=log]")).to_contain_text(answer)
        expect(page.locator("[role=log] .wait")).to_have_count(0)


def _in_round_one(pages: list[Page], talk: str) -> None:
    """What the talk says of its line does not stand in place of the round."""
    for page in pages:
        page.goto(talk)
        expect(page.locator("[data-circle-body]")).to_have_attribute("data-round", "1")
        expect(page.locator("[data-controller~=talk][data-state]")).to_be_attached()
        expect(page.locator(".prompt")).to_contain_text("ไม่ใช่ประเมินคน")


def _written_blind(host: Page, pages: list[Page]) -> None:
    """The next round comes to all by itself, and is said once; what is written in it is shown to nobody."""
    host.get_by_role("button", name="รอบถัดไป").click()
    for page in pages:
        expect(page.locator("[data-circle-body]")).to_have_attribute("data-round", "2")
        expect(page.locator("[data-circle-says]")).to_contain_text("รอบ 2")
        expect(page.locator("#say-body")).to_be_visible(timeout=15_000)
    for page, answer in zip(pages, ANSWERS, strict=False):
        _say(page, answer)
    expect(host.locator("[data-circle-body]")).to_contain_text("เขียนแล้ว 3 คน")
    _nothing_shown([host, *pages])


def test_five_people_and_a_blind_round(
    browser: Browser, live_server: Any, community_c: Community, officer: User, colleague: User, outsider: User,
    cop_member: User, reviewer: User,
) -> None:  # fmt: skip
    load_templates()
    guide, *others = officer, colleague, outsider, cop_member, reviewer
    make.member(community_c, guide, "facilitator")
    for one in others:
        make.member(community_c, one)
    channel = make.channel_of(community_c)
    talk = f"{live_server.url}{channel.get_absolute_url()}"
    expect.set_options(timeout=PATIENCE)
    contexts = [_context(browser, live_server.url, one, 360 if n == 1 else 1280) for n, one in enumerate((guide, *others))]
    host, *pages = [context.new_page() for context in contexts]
    try:
        _open_in_three_clicks(host, live_server.url)
        circle = Circle.objects.get()
        assert (violations(host), sideways(host)) == ([], 0)
        _join(pages[:3], f"{live_server.url}{circle.get_absolute_url()}")
        assert circle.parts.joined().count() == 4
        host.get_by_role("button", name="เริ่มรอบ 1").click()
        host.wait_for_url(talk, timeout=PATIENCE)
        expect(host.locator(".prompt")).to_contain_text("เพื่อเรียนรู้ ไม่ใช่ประเมินคน")
        _in_round_one(pages[:3], talk)
        assert (violations(pages[0]), sideways(pages[0])) == ([], 0)
        _written_blind(host, pages[:3])
        host.get_by_role("button", name="เปิดพร้อมกัน").click()
        _all_shown([host, *pages[:3]])
        # Who comes late agrees with all.
        pages[3].goto(talk)
        expect(pages[3].locator("[data-circle-body]")).to_have_attribute("data-round", "2")
        _all_shown(pages[3:])
        expect(pages[3].get_by_role("link", name="เข้าร่วมวง")).to_be_visible()
    finally:
        for context in contexts:
            context.close()


def _heard(page: Page) -> str:
    """The stream as a screen reader goes through it."""
    return str(page.locator("[role=log]").aria_snapshot())


def test_a_screen_reader_hears_what_is_new_last_and_no_hidden_name(
    browser: Browser, live_server: Any, community_c: Community, officer: User, colleague: User
) -> None:
    guide, malee = make.member(community_c, officer, "facilitator"), make.member(community_c, colleague)
    channel = make.channel_of(community_c)
    circle = make.open_circle(guide, channel, "jote", nameless=frozenset({1}))
    make.join(malee, circle)
    make.say(guide, channel, "ข้อความแรก")
    make.at_round(guide, circle, 1)
    context = _context(browser, live_server.url, guide)
    page = context.new_page()
    try:
        page.goto(f"{live_server.url}{channel.get_absolute_url()}")
        log, box = page.locator("[role=log]"), page.locator("#say-body")
        expect(page.locator("[data-controller~=talk][data-state=live]")).to_be_attached(timeout=PATIENCE)
        assert log.get_attribute("aria-live") in {None, "polite"}
        box.focus()
        make.say(malee, channel, "คำตอบที่ไม่ลงชื่อ")
        expect(page.locator("[data-circle-body]")).to_contain_text("มีแล้ว 1", timeout=PATIENCE)
        assert not [one for one in (str(malee), "คำตอบที่ไม่ลงชื่อ") if one in _heard(page)]
        moving.reveal(actor=guide, circle=circle.pk, seen=1)
        expect(log).to_contain_text("คำตอบที่ไม่ลงชื่อ", timeout=PATIENCE)
        heard = _heard(page)
        assert heard.index("ข้อความแรก") < heard.index("คำตอบที่ไม่ลงชื่อ")
        assert str(malee) not in heard
        make.say(malee, channel, "ข้อความหลังสุด")
        expect(log).to_contain_text("ข้อความหลังสุด", timeout=PATIENCE)
        heard = _heard(page)
        assert heard.index("คำตอบที่ไม่ลงชื่อ") < heard.index(str(malee)) < heard.index("ข้อความหลังสุด")
        assert page.evaluate("document.activeElement.id") == "say-body"
    finally:
        context.close()


@pytest.mark.parametrize(("width", "scheme", "prefix"), [(360, "dark", "/en"), (1280, "light", "")])
def test_pages_are_clean_without_script(
    open_page: Any, live_server: Any, community_c: Community, officer: User, colleague: User, coordinator: User,
    width: int, scheme: str, prefix: str,
) -> None:  # fmt: skip
    guide = make.member(community_c, officer, "facilitator")
    make.member(community_c, colleague)
    channel = make.channel_of(community_c)
    held = make.open_circle(guide, channel)
    make.join(colleague, held)
    make.at_round(guide, held, 2)
    make.say(colleague, channel)
    moving.wrap_up(actor=guide, circle=held.pk, seen=2)
    moving.close(actor=guide, circle=held.pk)
    live = make.open_circle(guide, channel, "fishbowl")
    make.at_round(guide, live, 2)
    planned = make.open_circle(guide, channel, "cafe")
    base = "/communities/community-c/circles/"
    addresses = [
        base,
        f"{base}new/",
        f"{base}new/aar/",
        held.get_absolute_url(),
        live.get_absolute_url(),
        channel.get_absolute_url(),
    ]
    for user, paths in (
        (guide, [*addresses, "/circles/methods/", "/circles/methods/aar/"]),
        (coordinator, ["/circles/methods/aar/change/", "/circles/methods/new/"]),
        (guide, [planned.get_absolute_url(), f"{planned.get_absolute_url()}plan/"]),
    ):
        for path in paths:
            page = open_page(f"{prefix}{path}", width=width, scheme=scheme, cookies=session(user))
            assert (path, violations(page), sideways(page)) == (path, [], 0)
            page.context.close()
