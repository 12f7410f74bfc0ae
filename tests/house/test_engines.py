"""What PostgreSQL is not asked follows a rule, and what the engine decides is asked of both databases."""

from pathlib import Path
from typing import Any

import pytest

from tests.engines import DATABASE, FIRST, LONG, ROOT, WHOLE, for_sqlite_alone, is_for_sqlite_alone, opens_a_database

NEW = ROOT / "tests/communities/test_written_tomorrow.py"


class Item:
    """A test, as far as the rule looks at one."""

    def __init__(self, path: Path, *fixturenames: str, markers: tuple[str, ...] = ()) -> None:
        self.path, self.fixturenames, self.markers = path, fixturenames, markers

    def get_closest_marker(self, name: str) -> Any:
        return name if name in self.markers else None


def alone(*arguments: Any, before: int = 0, **options: Any) -> bool:
    item: Any = Item(*arguments, **options)
    return is_for_sqlite_alone(item, before)


@pytest.mark.parametrize("fixture", sorted(DATABASE))
def test_the_first_of_a_new_file_run_on_both(fixture: str) -> None:
    assert not alone(NEW, "tmp_path", fixture)
    assert not alone(NEW, "tmp_path", fixture, before=FIRST - 1)
    assert alone(NEW, "tmp_path", fixture, before=FIRST)
    assert not alone(NEW, markers=("django_db",))


def test_they_are_counted_file_by_file() -> None:
    other = NEW.with_name("test_another.py")
    items: list[Any] = [Item(NEW, "db") for _ in range(FIRST + 2)] + [Item(NEW), Item(other, "db")]
    assert for_sqlite_alone(items) == items[FIRST:-1]


def test_what_opens_no_database_runs_once() -> None:
    assert alone(NEW, "tmp_path")
    assert not alone(NEW, markers=("both_engines",), before=99)
    assert not alone(NEW, markers=("postgres",), before=99)


@pytest.mark.parametrize(
    ("source", "whole"),
    [
        ("@pytest.mark.django_db(transaction=True)", True),
        ("import threading", True),
        ("with pytest.raises(IntegrityError):", True),
        ("async def test_a_socket() -> None:", True),
        ("def test_a_page() -> None:", False),
    ],
)
def test_what_the_engine_decides_runs_on_both(source: str, whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.engines.ROOT", tmp_path)
    path = tmp_path / "test_x.py"
    path.write_text(source)
    assert alone(path, "db", before=99) is not whole


def test_shared_ground_is_a_database(request: pytest.FixtureRequest, ground: Any) -> None:
    assert opens_a_database(request.node)


def test_this_test_opens_none(request: pytest.FixtureRequest) -> None:
    assert not opens_a_database(request.node)


def test_what_runs_whole_is_there() -> None:
    assert [name for name in WHOLE if not (ROOT / name).exists()] == []
    assert not alone(ROOT / "tests/retrieval/test_engine.py", "db", before=99)


def test_what_comes_first_is_there() -> None:
    assert [name for name in LONG if not (ROOT / name).exists()] == []
