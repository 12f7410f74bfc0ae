"""The search in a browser: a list below the box by keyboard, no violation, nothing sideways, whole without script."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kmportal.people.models import User
from kmportal.retrieval.models import SynonymGroup
from kmportal.retrieval.results import Found
from kmportal.search.actions import log
from kmportal.search.actions.settling import settle
from tests.browser.conftest import OpenPage, sideways, violations
from tests.make.library import item, make_lesson, make_seminar, talk

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "ผู้บริหารที่นี่เปลี่ยนบ่อย ฎุ ญู ปี่ งานจึงไม่ต่อเนื่องและต้องเริ่มต้นใหม่ทุกครั้งที่มีการโยกย้าย ซึ่งเกิดขึ้นทุกปีงบประมาณ"
ADDRESSES = [
    "/search/",
    "/search/?q=น้ำท่วม",
    "/search/?q=น้ำท่วม&category=6&type=obstacle",
    "/search/?q=zqxwv",
    "/search/?q=น้ำทวม&kind=lesson",
    "/search/?q=ohemj;,",
    "/en/search/?q=น้ำท่วม",
    "/en/search/?q=zqxwv",
    "/library/?q=น้ำทวม",
]
# Wagtail's own: its count above filtered lists, and its forms of snippets, which begin with a heading of the second level.
WAGTAILS = ("aria-allowed-role (minor): <h2 role", "page-has-heading-one (moderate): <html")
CMS = [
    "/cms/reports/searches/",
    "/cms/reports/searches/?show=most&days=90",
    "/cms/reports/searches/settle/?q=คู่มือใหม่",
    "/cms/reports/searches/settle/?q=คู่มือเก่า",
    "/cms/snippets/retrieval/synonymgroup/",
    "/cms/snippets/retrieval/synonymgroup/add/",
    "/cms/snippets/retrieval/synonymgroup/edit/{group}/",
]


def session(user: User) -> dict[str, str]:
    """The cookie of somebody who signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


@pytest.fixture(autouse=True)
def _knowledge(db: None) -> None:
    said = [item("obstacle", f"น้ำท่วม {LONG}"), item("practice", "ซ้อมก่อนน้ำท่วม")]
    make_seminar("น้ำท่วมใหญ่", talks=[talk(LONG, categories=["6"], items=said)])
    make_lesson("น้ำท่วมแล้วทำอย่างไร", what_happened=f"<p>น้ำท่วม {LONG}</p>")
    make_lesson("น้ำท่วมครั้งหน้า")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_nothing(open_page: OpenPage, width: int, scheme: str) -> None:
    found = {address: violations(open_page(address, width=width, scheme=scheme)) for address in ADDRESSES}

    assert {address: lines for address, lines in found.items() if lines} == {}


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing_of_ours_in_the_cms(
    open_page: OpenPage, live_server: Any, coordinator: User, officer: User, width: int, scheme: str
) -> None:
    for query in ("คู่มือใหม่", "คู่มือเก่า"):
        log.note_search(actor=officer, whose="x", query=query, found=Found([], 0), now=timezone.now())
        log.report_missing(actor=officer, query=query, sentence="ใช้ทำแผน", now=timezone.now())
    settle(actor=coordinator, query="คู่มือเก่า", url="/library/", same_as=["คู่มือเดิม"], now=timezone.now())
    group = SynonymGroup.objects.get(words__startswith="คู่มือเก่า")
    page = open_page("/", width=width, scheme=scheme, cookies=session(coordinator))
    found = {}
    for path in CMS:
        answer = page.goto(live_server.url + path.format(group=group.pk))
        assert answer is not None
        assert answer.status == 200, path
        found[path] = [line for line in violations(page) if not line.startswith(WAGTAILS)]
        found[path] += [f"{sideways(page)} px too wide"] if sideways(page) > 0 else []

    assert {path: lines for path, lines in found.items() if lines} == {}


def test_nothing_sticks_out(open_page: OpenPage) -> None:
    assert {address: wide for address in ADDRESSES if (wide := sideways(open_page(address, width=320))) > 0} == {}


def test_it_works_without_script(open_page: OpenPage) -> None:
    page = open_page("/library/", script=False)

    page.fill("#site-q", "น้ำท่วม")
    page.press("#site-q", "Enter")

    assert "/search/?q=" in page.url
    assert page.locator("ol.rows > li").count() >= 3
    page.locator("ol.rows a").first.click()
    assert "/search/" not in page.url


def test_the_list_is_walked_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/library/")
    box, options = page.get_by_role("combobox", name="ค้นหาทั้งเว็บไซต์"), page.get_by_role("option")
    assert box.get_attribute("aria-expanded") == "false"

    page.keyboard.press("/")
    page.keyboard.type("น้ำท่วม", delay=30)
    options.first.wait_for()
    assert violations(page) == []

    assert box.get_attribute("aria-expanded") == "true"
    assert page.get_by_role("listbox").is_visible()
    assert page.locator(".find [role=status]").inner_text().startswith("คำแนะนำ ")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "น้ำท่วม")

    page.keyboard.type(" ")
    options.first.wait_for()
    page.keyboard.press("ArrowDown")
    target = options.first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target.partition('#')[0]}*")


def test_a_press_on_the_list_opens_it(open_page: OpenPage) -> None:
    page = open_page("/search/", width=360)
    assert page.evaluate("document.activeElement.id") == "search-q"

    page.keyboard.type("น้ำท่วม")
    option = page.get_by_role("option").first
    option.wait_for()
    target = option.get_attribute("href") or ""
    assert sideways(page) <= 0
    option.click()

    page.wait_for_url(f"**{target.partition('#')[0]}*")
