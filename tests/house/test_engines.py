"""What PostgreSQL is not asked is written down with its reason, and everything else is asked of both databases."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.engines import DATABASE, LONG, ROOT, SCREENS, is_for_sqlite_alone, opens_a_database

# What an engine decides: locks, threads, processes, constraints, raw SQL.
DECIDED_BY_THE_ENGINE = re.compile(
    r"transaction=True|transactional_db|threading|multiprocessing|subprocess|IntegrityError|select_for_update|\.cursor\(|async def test_"
)


class Item:
    """A test, as far as the rule looks at one."""

    def __init__(self, path: Path, *fixturenames: str, markers: tuple[str, ...] = ()) -> None:
        self.path, self.fixturenames, self.markers = path, fixturenames, markers

    def get_closest_marker(self, name: str) -> Any:
        return name if name in self.markers else None


def alone(*arguments: Any, **options: Any) -> bool:
    item: Any = Item(*arguments, **options)
    return is_for_sqlite_alone(item)


@pytest.mark.parametrize("fixture", sorted(DATABASE))
def test_a_new_file_runs_on_both(fixture: str) -> None:
    assert not alone(ROOT / "tests/communities/test_written_tomorrow.py", "tmp_path", fixture)
    assert not alone(ROOT / "tests/communities/test_written_tomorrow.py", markers=("django_db",))


def test_what_opens_no_database_runs_once() -> None:
    assert alone(ROOT / "tests/communities/test_written_tomorrow.py", "tmp_path")
    assert not alone(ROOT / "tests/communities/test_written_tomorrow.py", markers=("both_engines",))
    assert not alone(ROOT / "tests/communities/test_written_tomorrow.py", markers=("postgres",))


def test_shared_ground_is_a_database(request: pytest.FixtureRequest, ground: Any) -> None:
    assert opens_a_database(request.node)


def test_this_test_opens_none(request: pytest.FixtureRequest) -> None:
    assert not opens_a_database(request.node)


def test_a_screen_runs_once() -> None:
    assert alone(ROOT / next(iter(SCREENS)), "db")


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_one(name: str) -> None:
    source = (ROOT / name).read_text()
    assert "as_(" in source or "client" in source.lower(), "asks no page"
    assert DECIDED_BY_THE_ENGINE.findall(source) == []


@pytest.mark.parametrize(("name", "reason"), SCREENS.items())
def test_the_tests_a_reason_names_are_there_and_run_on_both(name: str, reason: str) -> None:
    assert len(reason.split()) >= 3
    for named in re.findall(r"[\w/]*test_\w+\.py", reason):
        path = (ROOT / "tests" / named) if "/" in named else (ROOT / name).parent / named
        assert path.exists(), named
        assert path.relative_to(ROOT).as_posix() not in SCREENS, f"{named} runs on SQLite alone too"


def test_each_address_is_opened_on_both() -> None:
    assert "tests/house/test_nonsense_addresses.py" not in SCREENS
    assert "tests/library/test_cms_circles.py" not in SCREENS


def test_what_comes_first_is_there() -> None:
    assert [name for name in LONG if not (ROOT / name).exists()] == []
