"""The frame of every page, seen by a browser: reachable, accessible, no wider than a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE

PAGES = ["/styleguide/", "/accounts/login/", "/accounts/signup/", "/no-such-page/"]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_sticks_out(
    page: Page, axe: Callable[[], list[str]], settings: Any, path: str, size: Any
) -> None:
    settings.DEBUG = path == "/styleguide/"
    page.set_viewport_size(size)
    page.goto(path)

    assert axe() == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
