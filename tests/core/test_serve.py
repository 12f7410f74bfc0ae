"""`manage.py serve`, as `make run` starts it: a process of its own on an empty folder, asked over the network, ended by a signal."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from kmportal.core.management.commands.serve import TaskWorker

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def site(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The site on an empty folder, without demonstration content."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("KM_", "PYTEST", "DJANGO"))}
    surroundings = {**clean, "KM_VAR_DIR": str(tmp_path), "KM_PORT": str(port)}
    command = [sys.executable, "-W", "ignore", str(ROOT / "manage.py")]
    subprocess.run([*command, "prepare"], env=surroundings, check=True, capture_output=True)
    process = subprocess.Popen([*command, "serve"], env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    yield process
    process.kill()
    process.wait()


def ask(url: str) -> int:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - an address of our own making
        return int(answer.status)


def test_serves_and_ends_cleanly(site: subprocess.Popen[str], port: int) -> None:
    assert site.stdout is not None
    line = site.stdout.readline()
    assert f"http://127.0.0.1:{port}/" in line
    for _ in range(100):
        try:
            ready = ask(f"http://127.0.0.1:{port}/healthz/ready")
            break
        except OSError:
            time.sleep(0.1)

    assert ready == 200
    assert ask(f"http://127.0.0.1:{port}/accounts/login/") == 200
    site.send_signal(signal.SIGTERM)
    assert site.wait(20) == 0
    assert "Traceback" not in site.stdout.read()


def test_a_taken_port_is_said_in_words(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KM_PORT", str(port))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()

        with pytest.raises(CommandError, match="KM_PORT=8001"):
            call_command("serve")


@task()
def double(number: int) -> int:
    return number * 2


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_is_queued_and_stops(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(TaskWorker, "PAUSE", 0.05)
    queued = [double.enqueue(number) for number in (1, 2, 3)]
    worker = TaskWorker()
    worker.thread.start()
    for _ in range(100):
        if not DBTaskResult.objects.ready().exists():
            break
        time.sleep(0.1)
    worker.stop()

    assert not worker.thread.is_alive()
    assert [double.get_result(result.id).return_value for result in queued] == [2, 4, 6]
