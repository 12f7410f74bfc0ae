"""A migrated, empty database as text: the first start loads it in a moment instead of running some 230 migrations (18 CPU seconds).

It is only a short cut. The first line carries a key made of the names of all migrations; where it does not fit the code, or the
database is not a new SQLite file, nothing is loaded and the caller migrates. `make snapshot` writes it, tests/house/test_snapshot.py
rebuilds and compares it.
"""

import gzip
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

FILE = Path(__file__).resolve().parent / "snapshot.sql.gz"
_MARK = "-- "
_ELSEWHERE = {"KM_DATABASE_URL", "KM_DATABASE_URL_FILE", "KM_TEST_DATABASE_URL", "KM_TESTING", "PYTEST_VERSION"}


def key() -> str:
    """Changes when a migration of any installed app is added, removed or renamed, or one of ours is written anew."""
    found = hashlib.sha256()
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        ours = Path(app.path).is_relative_to(settings.BASE_DIR) and ".venv" not in Path(app.path).parts
        for path in sorted(Path(app.path).glob("migrations/[0-9]*.py")):
            found.update(f"{app.label}.{path.stem}\n".encode() + (path.read_bytes() if ours else b""))
    return found.hexdigest()[:16]


def load(connection: Any, file: Path = FILE) -> bool:
    """Fill a new SQLite database from the file. Answers whether it did; nothing is changed if not."""
    if connection.vendor != "sqlite" or not file.exists() or connection.introspection.table_names():
        return False
    script = gzip.decompress(file.read_bytes()).decode()
    if not script.startswith(_MARK + key() + "\n"):
        return False
    connection.ensure_connection()
    # Rows come before the tables they point to; this must be said outside a transaction, and the script is one.
    connection.connection.executescript(f"PRAGMA foreign_keys=OFF;\n{script}PRAGMA foreign_keys=ON;")
    return True


def migrate(folder: Path) -> Path:
    """A new SQLite database in this folder, made by all migrations."""
    # A process of its own: migrations that name no database write to the default one, which must not be the site's.
    outside = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    command = [sys.executable, "-W", "ignore", str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity=0"]
    subprocess.run(command, env={**outside, "KM_VAR_DIR": str(folder)}, check=True)  # noqa: S603 - our own command line
    return folder / "db.sqlite3"


def dump(source: Path, file: Path = FILE) -> None:
    """Write the file from a migrated SQLite database."""
    file.write_bytes(gzip.compress(text(source).encode(), mtime=0))


def text(source: Path) -> str:
    """The script of a migrated SQLite database, with its key in the first line."""
    with sqlite3.connect(source) as database:
        virtual = dict(database.execute("SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"))
        lines = [line for line in _statements(database, tuple(virtual)) if line != "COMMIT;"]
        # After the tables they read from, before the triggers that write to them.
        at = next((n for n, line in enumerate(lines) if line.startswith("CREATE TRIGGER")), len(lines))
        lines[at:at] = [f"{sql};" for sql in virtual.values()]
        return _MARK + key() + "\n" + "\n".join([*lines, "COMMIT;"]) + "\n"


def _statements(database: sqlite3.Connection, virtual: tuple[str, ...]) -> Iterator[str]:
    """What sqlite3 dumps, without the virtual tables: it writes those into the schema's own table, where the open connection does not
    see them. The empty index has no rows to keep, so the tables behind it are left to the module that makes it.
    """
    behind = tuple(f"{name}_" for name in virtual)
    for line in database.iterdump():
        named = re.match(r"""(?:CREATE TABLE|INSERT INTO|DELETE FROM) ['"]?(\w+)""", line)
        if named and virtual and (named[1].startswith(behind) or named[1] == "sqlite_master"):
            continue
        if not line.startswith("PRAGMA writable_schema"):
            yield line
