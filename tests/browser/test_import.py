"""The importer as a coordinator uses it: with keys, on a phone, and without script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from kmportal.library.importing.work import Work
from kmportal.library.models import ImportJob, SeminarPage
from kmportal.people.models import User
from tests.browser.conftest import OpenPage, sideways, violations
from tests.make.imports import SUMMARY, make_import

pytestmark = pytest.mark.django_db(transaction=True)
Signed = Callable[..., Page]


@pytest.fixture
def as_coordinator(open_page: OpenPage, coordinator: User) -> Signed:
    """`open_page` for the network coordinator."""
    client = Client()
    client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return lambda address, **more: open_page(address, cookies={settings.SESSION_COOKIE_NAME: session}, **more)


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    """A summary on disk."""
    path = tmp_path / "สรุป.txt"
    path.write_text(SUMMARY, encoding="utf-8")
    return path


def upload(page: Page, file: Path) -> None:
    """Through the form, to the review."""
    page.set_input_files("input[type=file]", file)
    page.click("main form .btn.go")
    page.wait_for_selector("[data-rows]")


def newest() -> Work:
    """The state of the only import."""
    return Work.of(ImportJob.objects.get())


def test_a_correction_by_keyboard_and_the_page(as_coordinator: Signed, summary: Path) -> None:
    page = as_coordinator("/imports/new/")
    upload(page, summary)
    row = page.locator("[data-block]", has_text="ข้อมูลกระจัดกระจาย")
    while not row.evaluate("row => row.contains(document.activeElement)"):
        page.keyboard.press("j")
    page.keyboard.press("5")
    expect(page.locator("[data-said]")).not_to_be_empty()
    expect(row).to_contain_text("บทเรียน")
    assert row.evaluate("row => row.contains(document.activeElement)"), "the focus stays where the work is"
    assert [b.kind for b in newest().draft.blocks if b.text.startswith("ข้อมูลกระจัด")] == ["lesson"]
    page.keyboard.press("e")
    field = row.locator("textarea[name=text]")
    expect(field).to_be_focused()
    field.fill("ข้อมูล\nกระจัดกระจายหลายที่")
    with page.expect_response("**/edit/"):
        row.locator("button[value=split]").click()
    assert [b.text for b in newest().draft.blocks if b.text.endswith(("ข้อมูล", "หลายที่"))] == ["ข้อมูล", "กระจัดกระจายหลายที่"]
    page.locator("#bar button[value=undo]").click()
    expect(page.locator("[data-block]", has_text="ข้อมูลกระจัดกระจาย")).to_have_count(1)
    page.locator("#bar .btn.go").click()
    page.locator("form[action$='/publish/'] button").click()
    page.wait_for_load_state()
    assert SeminarPage.objects.get().live
    expect(page.locator("h1")).to_contain_text("การจัดการความรู้ของหน่วยงาน")


def test_all_of_it_without_script(as_coordinator: Signed, summary: Path) -> None:
    page = as_coordinator("/imports/new/", script=False, width=360)
    upload(page, summary)
    page.locator("[data-open]").nth(3).click()
    page.locator("[data-moves] button[value='kind:metric']").click()
    expect(page.locator(".blk.sel")).to_contain_text("ตัวเลข")
    page.locator("#bar button[value=undo]").click()
    page.locator("#bar .btn.go").click()
    page.locator("form[action$='/publish/'] button").click()
    assert SeminarPage.objects.get().live


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_sticks_out(width: int, scheme: str, as_coordinator: Signed, coordinator: User) -> None:
    job = make_import(coordinator)
    block = newest().draft.blocks[1]
    for address in ("/imports/", "/imports/new/", f"/imports/{job.pk}/?at={block.id}"):
        page = as_coordinator(address, width=width, scheme=scheme)
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
        assert violations(page) == []
        assert sideways(page) <= 0


def test_keys_can_be_switched_off(as_coordinator: Signed, coordinator: User) -> None:
    job = make_import(coordinator)
    page = as_coordinator(f"/imports/{job.pk}/")
    page.evaluate("document.body.dataset.keys = 'off'")
    page.locator("[data-open]").first.focus()
    page.keyboard.press("x")
    page.wait_for_timeout(300)
    assert newest().choices.left_out == ()
