"""Which tests run on PostgreSQL and Redis too. The rule:

- what opens no database (templates, the importer's text work, house rules) does not: the engine cannot make a difference to it;
- files about what an engine decides (ENGINE: locks, threads, processes, constraints, raw SQL, sockets) and those of WHOLE run there whole;
- of every other file the first tests do: they are the ones that work, and so call its verbs, its queries and its pages once.

The rest of such a file asks for words, refusals and numbers of queries of code that has then run on both. With KM_TEST_DATABASE_URL and
without KM_TEST_ONLY everything runs on PostgreSQL: an hour's half, for the day before a release.
"""

import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATABASE = {"db", "transactional_db", "live_server"}
ENGINE = re.compile(
    r"transaction=True|transactional_db|threading|multiprocessing|subprocess|IntegrityError|select_for_update|\.cursor\(|async def test_"
)
WHOLE = (
    "tests/house/test_nonsense_addresses.py",  # each address of the site
    "tests/library/test_cms_circles.py",  # each address of the CMS
    "tests/library/test_visibility.py",
    "tests/people/test_directory.py",  # the order of Thai names
    "tests/retrieval/",  # full text in SQL of our own
    "tests/search/test_canary.py",
)
FIRST = 3
# Pages alone, and all of one scene: it numbers rows in SQLite's own way, and each queryset behind it has tests that run on both.
ALONE = {"tests/house/test_canary.py"}

# Files that keep a worker busy for ten seconds and more. tests/house/test_engines.py looks whether they are still there.
LONG = {
    "tests/core/test_serve.py",
    "tests/demo/test_load_demo.py",
    "tests/house/test_canary.py",
    "tests/house/test_nonsense_addresses.py",
    "tests/house/test_snapshot.py",
    "tests/inbox/test_screens.py",
    "tests/library/test_api.py",
    "tests/library/test_cms_circles.py",
    "tests/library/test_keep_current.py",
    "tests/library/test_lists.py",
    "tests/qa/views/test_steps.py",
    "tests/retrieval/test_canary.py",
    "tests/retrieval/test_crash.py",
    "tests/retrieval/test_wagtail_backend.py",
    "tests/search/test_canary.py",
    "tests/search/test_visibility.py",
}

LEFT_OUT = pytest.StashKey[int]()


def name_of(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT).as_posix()


def opens_a_database(item: pytest.Item) -> bool:
    """As pytest-django decides it, and by our own fixtures that unblock the database themselves (it lists its own for every test)."""
    if item.get_closest_marker("django_db") is not None or DATABASE & set(getattr(item, "fixturenames", ())):
        return True
    made = getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {})
    ours = {name: last for name, (*_, last) in made.items() if not last.func.__module__.startswith("pytest_django")}
    return any("django_db_blocker" in fixture.argnames for name, fixture in ours.items() if name != "django_db_setup")


@cache
def runs_whole(path: Path) -> bool:
    """Whether all tests of this file run on both engines."""
    name = path.relative_to(ROOT).as_posix()
    return name.startswith(WHOLE) or (path.exists() and ENGINE.search(path.read_text(encoding="utf-8")) is not None)


def is_for_sqlite_alone(item: pytest.Item, before: int) -> bool:
    """Whether PostgreSQL and Redis could add nothing to what SQLite says. `before`: how many tests of its file are on both already."""
    if item.get_closest_marker("postgres") or item.get_closest_marker("both_engines"):
        return False
    return not opens_a_database(item) or name_of(item) in ALONE or not (before < FIRST or runs_whole(item.path))


def for_sqlite_alone(items: list[pytest.Item]) -> list[pytest.Item]:
    """Those of a run, in its order."""
    both: Counter[Path] = Counter()
    alone = []
    for item in items:
        if is_for_sqlite_alone(item, both[item.path]):
            alone.append(item)
        else:
            both[item.path] += 1
    return alone


def leave_out(config: pytest.Config, items: list[pytest.Item], left: list[pytest.Item]) -> None:
    if left:
        config.hook.pytest_deselected(items=left)
        out = set(left)
        items[:] = [item for item in items if item not in out]


class Choice:
    """The plugin: KM_TEST_ONLY=engine leaves out what is for SQLite alone and says how many that were; long files come first."""

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        if os.environ.get("KM_TEST_ONLY") == "engine":
            alone = for_sqlite_alone(items)
            config.stash[LEFT_OUT] = len(alone)
            leave_out(config, items, alone)
        items.sort(key=lambda item: name_of(item) not in LONG)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
        if output is not None:
            output["left_out"] = session.config.stash.get(LEFT_OUT, 0)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """All workers of xdist leave out the same; only the controller can say so."""
        node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", 0)

    def pytest_terminal_summary(self, terminalreporter: Any, config: pytest.Config) -> None:
        if left := config.stash.get(LEFT_OUT, 0):
            terminalreporter.write_line(f"{left} tests left to the run on SQLite; the rule stands in tests/engines.py.")
