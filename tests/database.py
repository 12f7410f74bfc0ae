"""The test database: built once, kept between runs, copied in milliseconds.

Two layers, each a database of its own: the migrated one (about 18 CPU seconds; keyed by all migration files and versions) and, on top,
what `load_basics` makes plus the personas (about a second; keyed by the sources that make them). A run works on a copy of the second,
and a test that commits for real gets a fresh copy afterwards instead of Django's flush, which would lose Wagtail's root page.
"""

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command, get_commands
from django.db import connection, connections

from kmportal.core import snapshot

ROOT = Path(__file__).resolve().parent.parent
KEPT = settings.VAR_DIR / "test"
OUR_PACKAGES = ("kmportal", "communities", "qa", "rewards")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


def _digest(paths: Iterator[Path], *words: str) -> str:
    found = hashlib.sha256(" ".join(words).encode())
    for path in sorted(paths):
        found.update(str(path).encode() + path.read_bytes())
    return found.hexdigest()[:12]


def migrations_key() -> str:
    """Changes when any migration, Django, Wagtail or Python changes."""
    files = (path for app in apps.get_app_configs() for path in Path(app.path).glob("migrations/*.py"))
    return _digest(files, str(sys.version_info[:2]), django.get_version(), wagtail.__version__)


def basics_key() -> str:
    """Changes when anything changes that may take part in making the start-up data or the personas."""
    kept = [ROOT / "tests" / "make" / "people.py", ROOT / "tests" / "database.py"]
    for package in OUR_PACKAGES:
        kept += [
            path for path in (ROOT / package).rglob("*") if path.suffix in {".py", ".json", ".html"} and "views" not in path.parts
        ]
    return _digest(iter(kept), migrations_key())


def fill() -> None:
    """What every test may count on: the start-up data and the personas."""
    from tests.make.people import make_personas

    if "load_basics" in get_commands():
        call_command("load_basics", verbosity=0)
    make_personas()


def is_left_behind(name: str) -> bool:
    """Whether this is the database of a run that was killed: its name carries the process."""
    try:
        os.kill(int(re.split(r"run[-_]", name)[1].split("-")[0].split("_")[0]), 0)
    except (ProcessLookupError, IndexError, ValueError):
        return True
    except PermissionError:
        pass
    return False


@contextmanager
def only_one() -> Iterator[None]:
    """Several workers may start at once: the first builds, the others wait for it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SqliteCopies:
    """Databases are files; the run's own is a real file too, so that threads and a live server meet the locks of real life."""

    def __init__(self) -> None:
        self.migrated = KEPT / f"migrated-{migrations_key()}.sqlite3"
        self.full = KEPT / f"full-{basics_key()}.sqlite3"
        self.own = KEPT / f"run-{os.getpid()}-{WORKER}.sqlite3"

    def create(self) -> None:
        with only_one():
            if not self.full.exists():
                self._build()
            for path in KEPT.glob("run-*"):
                if is_left_behind(path.name):
                    path.unlink()
        self._copy(self.full, self.own)
        self._use(self.own)
        # Nobody needs the data after a crash, and waiting for the disk is half the time of a small test.
        connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

    def restore(self) -> None:
        connection.ensure_connection()
        source = sqlite3.connect(self.full)
        source.backup(connection.connection)
        source.close()

    def drop(self) -> None:
        connections.close_all()
        for path in KEPT.glob(self.own.name + "*"):
            path.unlink()

    def _build(self) -> None:
        for stale in [*KEPT.glob("full-*"), *(path for path in KEPT.glob("migrated-*") if path != self.migrated)]:
            stale.unlink()
        if not self.migrated.exists():
            self._make(self.migrated, None)
        self._make(self.full, self.migrated)

    def _make(self, target: Path, base: Path | None) -> None:
        draft = target.with_suffix(f".draft{os.getpid()}")
        if base:
            shutil.copyfile(base, draft)
        self._use(draft)
        if base:
            fill()
        elif not snapshot.load(connection):
            call_command("migrate", verbosity=0)
        connection.close()
        draft.rename(target)

    def _use(self, path: Path) -> None:
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = path
        ContentType.objects.clear_cache()

    def _copy(self, source: Path, target: Path) -> None:
        shutil.copyfile(source, target)


class PostgresCopies:
    """Databases are made from each other with CREATE DATABASE … TEMPLATE."""

    def __init__(self) -> None:
        name = str(settings.DATABASES["default"]["NAME"])
        self.migrated = f"{name}_migrated_{migrations_key()}"
        self.full = f"{name}_full_{basics_key()}"
        self.own = f"{name}_run_{os.getpid()}_{WORKER}"
        self.home = name

    def create(self) -> None:
        with only_one():
            if not self._exists(self.full):
                self._build()
            for name in self._matching(f"{self.home}_run_%"):
                if is_left_behind(name):
                    self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            self._copy(self.full, self.own)
        self._use(self.own)

    def restore(self) -> None:
        connections.close_all()
        self._copy(self.full, self.own)

    def drop(self) -> None:
        connections.close_all()
        self._run(f'DROP DATABASE IF EXISTS "{self.own}" WITH (FORCE)')

    def _build(self) -> None:
        for stale in self._matching(f"{self.home}_full_%") + self._matching(f"{self.home}_migrated_%"):
            if stale != self.migrated:
                self._run(f'DROP DATABASE IF EXISTS "{stale}" WITH (FORCE)')
        if not self._exists(self.migrated):
            self._run(f"CREATE DATABASE \"{self.migrated}_draft\" TEMPLATE template0 ENCODING 'UTF8'")
            self._use(f"{self.migrated}_draft")
            call_command("migrate", verbosity=0)
            connections.close_all()
            self._run(f'ALTER DATABASE "{self.migrated}_draft" RENAME TO "{self.migrated}"')
        self._copy(self.migrated, f"{self.full}_draft")
        self._use(f"{self.full}_draft")
        fill()
        connections.close_all()
        self._run(f'ALTER DATABASE "{self.full}_draft" RENAME TO "{self.full}"')

    def _copy(self, source: str, target: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def _exists(self, name: str) -> bool:
        return bool(self._matching(name.replace("_", r"\_")))

    def _matching(self, pattern: str) -> list[str]:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])
            return [str(row[0]) for row in cursor.fetchall()]

    def _run(self, sql: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql)

    def _use(self, name: str) -> None:
        connections.close_all()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
        ContentType.objects.clear_cache()


def copies() -> SqliteCopies | PostgresCopies:
    return PostgresCopies() if connection.vendor == "postgresql" else SqliteCopies()
