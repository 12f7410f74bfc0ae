"""A real server on a free port and a real browser. One process for both: the server's threads share the run's database file.

Each test that writes or signs in asks for `transactional_db` by way of `page`; afterwards the database is as new.
"""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from kmportal.people.models import User

CHROMIUM = os.environ.get("KM_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--lang=th",
]  # fmt: skip
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[str]:
    """The address of the site."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        "kmportal.asgi:application", log_level="warning", lifespan="off", ws="websockets-sansio", loop="asyncio"
    )
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium: apt-get install chromium fonts-thai-tlwg")
    # Playwright's own loop runs in this thread; the tests' queries are synchronous all the same.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, server: str, transactional_db: None) -> Iterator[Page]:
    """A tab of a Thai reader at 1280 px. Paths are relative to the site. Script errors and policy violations fail the test."""
    context = browser.new_context(base_url=server, viewport=DESK, locale="th-TH")  # type: ignore[arg-type]  # a size is a dict
    context.set_default_timeout(10_000)
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
    yield tab
    context.close()
    assert wrong == []


@pytest.fixture
def sign_in(page: Page, server: str) -> Callable[[User], None]:
    """sign_in(coordinator): the tab belongs to this person from now on."""

    def enter(user: User) -> None:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server}])

    return enter


@pytest.fixture
def axe(page: Page) -> Callable[[], list[str]]:
    """What axe-core finds on the page as it stands: 'rule: where', one per place."""

    def run() -> list[str]:
        found: Any = Axe().run(page).response["violations"]
        return [f"{rule['id']}: {' '.join(map(str, node['target']))}" for rule in found for node in rule["nodes"]]

    return run
