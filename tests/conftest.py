"""Fixtures of the whole suite: the database, the personas, a signed-in client, the count of a page's queries."""

import gc
import inspect
import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from channels.layers import channel_layers
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connection, transaction
from django.test import Client, TransactionTestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from whitenoise.middleware import WhiteNoiseMiddleware

from communities.models import Community
from kmportal.core import translations
from kmportal.people.models import Agency, User
from tests import engines
from tests.database import copies
from tests.live import LiveServer
from tests.make.people import AGENCY_A, AGENCY_B, COMMUNITY_C, PERSONAS

# Results must not depend on an optional part that this machine may have; its own tests switch it on.
os.environ.setdefault("KM_SEMANTIC", "0")
# Before the first text is looked up; does nothing when no fragment changed.
translations.compile_if_stale()
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
if settings.REDIS_URL:
    # Workers empty the cache before each test: each has a database and a channel prefix of its own.
    settings.CACHES["default"]["LOCATION"] = settings.REDIS_URL.rsplit("/", 1)[0] + "/" + WORKER.removeprefix("gw")
    settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = WORKER
Building = Callable[[], AbstractContextManager[None]]
EMAILS = {persona.name: persona.email for persona in PERSONAS}


# --- How tests run ---------------------------------------------------------------------------------------------------------------
@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """`async def test_…` runs through async_to_sync: database work stays in the main thread, so plain rollback works."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    wanted = pyfuncitem._fixtureinfo.argnames
    with pytest.MonkeyPatch.context() as patch:
        if connection.in_atomic_block:
            # Channels asks before each message; a connection inside a transaction looks worn out to it, and with it goes the rollback.
            patch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
        async_to_sync(pyfuncitem.obj)(**{name: pyfuncitem.funcargs[name] for name in wanted})
    return True


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(engines.Choice(), "engines")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests keep an event loop in the main thread, which breaks other tests: they run alone (-m browser, or their folder)."""
    browser = [item for item in items if item.get_closest_marker("browser")]
    if len(browser) < len(items) and not config.option.markexpr:
        engines.leave_out(config, items, browser)


def pytest_collection_finish() -> None:
    """What stands now stays: the collector need not walk through all of Django after every few hundred objects (a fifteenth of the suite)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set KM_TEST_DATABASE_URL")


# --- Database and surroundings ---------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    made = copies()
    with django_db_blocker.unblock():
        made.create()
    with pytest.MonkeyPatch.context() as patch:
        # A copy instead of a flush, which would lose Wagtail's root page.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: made.restore())
        yield
    with django_db_blocker.unblock():
        made.drop()


@pytest.fixture(autouse=True)
def _fresh_surroundings(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Each test starts in Thai, with an empty cache and no newcomers, and writes its files where nobody else looks."""
    settings.NEWCOMER_DAYS = 0
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media"
    # Model fields hold this storage since they were declared, so it is moved rather than replaced.
    vars(storages["private"]).update(location=str(tmp_path_factory.getbasetemp() / "private"))
    cache.clear()
    # A queue of the in-process layer belongs to the event loop of the test that made it.
    channel_layers.backends.clear()
    with translation.override("th"):
        yield


@pytest.fixture(scope="session")
def live_server(django_db_setup: None) -> Iterator[LiveServer]:
    """The site with HTTP and WebSockets on a port of its own (`.url`, `.socket_url`). What a test commits for it is undone by a copy."""
    with LiveServer() as server:
        yield server


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Building]:
    """Rows that all tests of a module share, for what is slow to make: `with ground(): make…` in a fixture of module scope.

    One transaction around the whole module; each test still rolls back to what was made. Not for tests that commit for real.
    """

    @contextmanager
    def building() -> Iterator[None]:
        media = tmp_path_factory.getbasetemp() / "media"
        with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), translation.override("th"):
            yield

    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
    yield building
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture(autouse=True, scope="session")
def _static_files_once() -> Iterator[None]:
    """Each client of a test makes middleware of its own, and WhiteNoise then looks through all static files: a sixth of the whole suite."""
    real = WhiteNoiseMiddleware.add_files_from_finders
    seen: dict[tuple[Any, ...], dict[str, Any]] = {}

    def add(self: WhiteNoiseMiddleware) -> None:
        asked = (
            self.static_prefix,
            self.max_age,
            self.charset,
            tuple(settings.STATICFILES_DIRS),
            tuple(settings.STATICFILES_FINDERS),
        )
        if asked not in seen:
            before = set(self.files)
            real(self)
            seen[asked] = {url: file for url, file in self.files.items() if url not in before}
        self.files |= seen[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """A test that reaches out of this machine fails and says where it went."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        database = settings.DATABASES["default"].get("HOST")
        if host and host not in {"localhost", database} and not ipaddress.ip_address(host).is_loopback:
            raise RuntimeError(f"a test tried to reach {host}")
        real(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


# --- Personas --------------------------------------------------------------------------------------------------------------------
def _persona(name: str) -> User:
    return User.objects.select_related("agency").get(email=EMAILS[name])


@pytest.fixture
def visitor() -> AnonymousUser:
    """Somebody who did not sign in."""
    return AnonymousUser()


@pytest.fixture
def officer(db: None) -> User:
    """Works in agency A, a department. No role."""
    return _persona("officer")


@pytest.fixture
def colleague(db: None) -> User:
    """Works in a group inside agency A. No role."""
    return _persona("colleague")


@pytest.fixture
def outsider(db: None) -> User:
    """Works in agency B. No role."""
    return _persona("outsider")


@pytest.fixture
def coordinator(db: None) -> User:
    """Network coordinator: imports, edits, publishes."""
    return _persona("coordinator")


@pytest.fixture
def reviewer(db: None) -> User:
    """A second network coordinator, for what needs two people."""
    return _persona("reviewer")


@pytest.fixture
def agency_coordinator(db: None) -> User:
    """Agency coordinator of agency A."""
    return _persona("agency_coordinator")


@pytest.fixture
def admin(db: None) -> User:
    """Site administrator by role, no superuser: may not read private spaces."""
    return _persona("admin")


@pytest.fixture
def cop_member(db: None) -> User:
    """Works in agency B, member of the hidden community C."""
    return _persona("cop_member")


@pytest.fixture
def agency_a(db: None) -> Agency:
    return Agency.objects.get(slug=AGENCY_A)


@pytest.fixture
def agency_b(db: None) -> Agency:
    return Agency.objects.get(slug=AGENCY_B)


@pytest.fixture
def community_c(db: None) -> Community:
    return Community.objects.get(slug=COMMUNITY_C)


# --- Asking the site -------------------------------------------------------------------------------------------------------------
@pytest.fixture
def as_(db: None) -> Callable[[User | AnonymousUser | None], Client]:
    """A client that is signed in as this person; as_(visitor) or as_(None) is not signed in."""

    def sign_in(user: User | AnonymousUser | None) -> Client:
        client = Client()
        if isinstance(user, User):
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def queries() -> Callable[..., int]:
    """How many SQL queries a GET costs, after one visit that filled what a process remembers. The answer must be 200."""

    def count(client: Client, path: str, **data: Any) -> int:
        client.get(path, data)
        with CaptureQueriesContext(connection) as caught:
            response = client.get(path, data)
        assert response.status_code == 200, f"{path}: {response.status_code}"
        return len(caught)

    return count
