"""The site in a process of its own, as `manage.py serve` starts it: for what must outlive a kill, for several processes, for measuring."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
TESTING = ("PYTEST_VERSION", "PYTEST_CURRENT_TEST", "KM_TESTING", "KM_TEST_REDIS_URL", "KM_TEST_DATABASE_URL", "KM_DATABASE_URL")


class Database:
    """What the tests committed so far, for another process: a copy of the SQLite file, or the PostgreSQL database itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"KM_VAR_DIR": str(folder)}
        if connection.vendor == "postgresql":
            entry = connection.settings_dict
            user = entry["USER"] + (f":{entry['PASSWORD']}" if entry["PASSWORD"] else "")
            self.environment["KM_DATABASE_URL"] = f"postgres://{user}@{entry['HOST']}:{entry['PORT']}/{entry['NAME']}"
            return
        connection.ensure_connection()
        with sqlite3.connect(folder / "db.sqlite3") as copy:
            connection.connection.backup(copy)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return list(cursor.fetchall())
        with sqlite3.connect(self.folder / "db.sqlite3") as database:
            return list(database.execute(sql))


class Served:
    """`with Served(database) as site:` one running server; `.kill()` is kill -9, `.start()` starts it again on the same port."""

    def __init__(self, database: Database, **environment: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        outside = {name: value for name, value in os.environ.items() if name not in TESTING}
        ours = {"KM_PORT": str(self.port), "KM_LOG_LEVEL": "WARNING", "PYTHONDONTWRITEBYTECODE": ""}
        self.environment = {**outside, **database.environment, **ours, **environment}
        self.log = database.folder / f"serve-{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Served":
        with self.log.open("ab") as log:
            command = [sys.executable, "-W", "ignore", str(ROOT / "manage.py"), "serve"]
            # A session of its own, so that workers end with it.
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        self._wait()
        return self

    def _wait(self, seconds: float = 60) -> None:
        """Until it answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process is not None and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz/live", timeout=5):
                    return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"the server did not start:\n{self.log.read_text(encoding='utf-8')[-3000:]}")

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(5)

    def __enter__(self) -> "Served":
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.kill()

    # --- What it costs
    @property
    def pid(self) -> int:
        if self.process is None:
            raise RuntimeError("the server does not run")
        return self.process.pid


def cpu(pid: int) -> float:
    """Seconds of user and system time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> float:
    """Resident MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def session_cookie(key: str) -> str:
    return f"{settings.SESSION_COOKIE_NAME}={key}"
