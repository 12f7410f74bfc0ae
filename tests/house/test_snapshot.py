"""The snapshot of the empty database is what the migrations make, and a stale or foreign one is left alone."""

import gzip
import re
import sqlite3
from pathlib import Path
from typing import Any

from django.db import connection

from kmportal.core import snapshot

MOMENTS = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?")
RANDOM = re.compile(r"'[0-9a-f]{32}'")


class Target:
    """A new, empty SQLite database, as far as `load` looks at one."""

    vendor = "sqlite"

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.introspection = self

    def ensure_connection(self) -> None:
        pass

    def table_names(self) -> list[str]:
        return [str(row[0]) for row in self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def comparable(script: str) -> list[str]:
    """Rows and tables in one order, without moments and random keys."""
    return sorted(RANDOM.sub("'…'", MOMENTS.sub("…", line)) for line in script.splitlines()[1:])


def test_the_snapshot_is_what_the_migrations_make(tmp_path: Path) -> None:
    """The suite's own database comes from the snapshot, so this runs the migrations."""
    kept = gzip.decompress(snapshot.FILE.read_bytes()).decode()

    assert kept.startswith(f"-- {snapshot.key()}\n"), "migrations changed: make snapshot"
    assert comparable(kept) == comparable(snapshot.text(snapshot.migrate(tmp_path)))


def test_a_new_database_is_filled() -> None:
    target = Target()

    assert snapshot.load(target)
    assert {"people_user", "library_knowledgepage", "django_migrations"} <= set(target.table_names())
    assert target.connection.execute("SELECT count(*) FROM wagtailcore_page WHERE depth = 1").fetchone() == (1,)


def test_a_database_with_tables_is_left_alone() -> None:
    target = Target()
    target.connection.execute("CREATE TABLE mine (id)")

    assert not snapshot.load(target)
    assert target.table_names() == ["mine"]


def test_a_stale_snapshot_is_left_alone(tmp_path: Path) -> None:
    stale = tmp_path / "stale.sql.gz"
    stale.write_bytes(gzip.compress(b"-- 0000000000000000\nCREATE TABLE stale (id);\n"))
    target = Target()

    assert not snapshot.load(target, stale)
    assert not snapshot.load(target, tmp_path / "missing.sql.gz")
    assert target.table_names() == []


def test_postgresql_always_migrates(monkeypatch: Any) -> None:
    monkeypatch.setattr(Target, "vendor", "postgresql")

    assert not snapshot.load(Target())


def test_the_running_database_has_all_of_it(db: None) -> None:
    """The site's own database is never taken for a new one."""
    assert not snapshot.load(connection)
