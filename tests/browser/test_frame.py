"""The frame of the page and every component, in a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sideways, violations

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = "/styleguide/"


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: OpenPage, width: int, scheme: str) -> None:
    page = open_page(GUIDE, width=width, scheme=scheme)
    assert violations(page) == []


@pytest.mark.parametrize(("width", "size"), [(320, "m"), (360, "xl"), (640, "m"), (768, "xl")])
def test_nothing_sticks_out(open_page: OpenPage, width: int, size: str) -> None:
    """320 is 1280 at 400 %, 640 is 1280 at 200 % (WCAG 1.4.10, 1.4.4)."""
    assert sideways(open_page(GUIDE, width=width, cookies={"km_size": size})) <= 0


def test_more_space_between_letters_hides_nothing(open_page: OpenPage) -> None:
    """WCAG 1.4.12."""
    page = open_page(GUIDE, width=1280)
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }");
        document.adoptedStyleSheets = [sheet]; }"""
    )
    assert sideways(page) <= 0


def test_targets_are_large_enough(open_page: OpenPage) -> None:
    """WCAG 2.5.8: 24 px for everything that is not a link in a sentence."""
    page = open_page(GUIDE, width=360)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, summary, .btn, .tool, nav a")]
        .filter((e) => e.checkVisibility() && !e.closest("p:not(.cluster)"))
        .map((e) => [e.outerHTML.slice(0, 80), e.closest("label") ?? e])
        .filter(([, e]) => { const b = e.getBoundingClientRect(); return b.width < 24 || b.height < 24; })
        .map(([html]) => html)"""
    )
    assert small == []


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.className || document.activeElement.tagName"))


def test_the_keyboard_starts_at_the_skip_link(open_page: OpenPage) -> None:
    page = open_page("/accounts/password/reset/done/")
    page.keyboard.press("Tab")
    assert _focused(page) == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_everything_the_keyboard_reaches_shows_it(open_page: OpenPage) -> None:
    page = open_page("/accounts/login/")
    page.evaluate("document.activeElement.blur()")
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => { let e = document.activeElement; if (e === document.body) return true;
                const find = e.closest(".find"); e = find ?? e; const s = getComputedStyle(e);
                return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; }"""
            )
        )
    assert seen == [True] * 14


def test_the_refused_form_gets_the_focus(open_page: OpenPage) -> None:
    assert open_page(GUIDE).evaluate("document.activeElement.getAttribute('role')") == "alert"


def test_looks_are_chosen_without_script(open_page: OpenPage) -> None:
    page = open_page(GUIDE, script=False)
    page.get_by_role("button", name="มืด", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="ใหญ่มาก", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-size", "xl")
    page.get_by_role("button", name="ตามเครื่อง", exact=True).click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")


def test_the_language_is_switched_without_script(open_page: OpenPage) -> None:
    page = open_page("/accounts/login/", script=False)
    page.get_by_role("button", name="English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/en/accounts/login/")
    page.get_by_role("button", name="ไทย").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "th")


def test_buttons_that_need_script_are_hidden_without_it(open_page: OpenPage) -> None:
    assert open_page(GUIDE, script=False).get_by_role("button", name="คัดลอกที่อยู่").count() == 0
    assert open_page(GUIDE).get_by_role("button", name="คัดลอกที่อยู่").count() == 1


def test_few_requests(open_page: OpenPage) -> None:
    """At most 6 requests at the first visit besides fonts; their sizes are measured in tests/house/test_design.py."""
    page = open_page("/accounts/signup/")
    entries = page.evaluate(
        """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
        .filter((e) => !e.name.endsWith(".woff2")).map((e) => e.name)"""
    )
    assert len(entries) <= 6


def test_single_keys_can_be_switched_off(open_page: OpenPage) -> None:
    """WCAG 2.1.4."""
    page = open_page(GUIDE)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("/j")
    assert page.evaluate("document.activeElement.value") == "/j"
    page = open_page(GUIDE, cookies={"km_keys": "off"})
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") != "search"


def test_a_question_mark_opens_the_list_of_keys(open_page: OpenPage) -> None:
    page = open_page("/library/")
    assert page.locator("[data-keys-help] dl").is_hidden()
    before = page.locator("nav.nav a").first
    before.focus()
    page.keyboard.press("?")
    assert page.locator("[data-keys-help] dl").is_visible()
    assert page.locator("[data-keys-help] summary").evaluate("node => node === document.activeElement")
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.locator("[data-keys-help] dl").is_hidden()
    assert before.evaluate("node => node === document.activeElement")


def test_the_list_of_keys_needs_neither_keys_nor_script(open_page: OpenPage) -> None:
    page = open_page("/library/", script=False, width=360)
    page.locator("footer [data-keys-help] summary").click()
    assert page.locator("footer [data-keys-help]").inner_text().count("\n") > 4
    assert sideways(page) <= 0
