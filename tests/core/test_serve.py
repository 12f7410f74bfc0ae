"""`manage.py serve`, as `make run` starts it: a process of its own on an empty folder, asked over the network, ended by a signal."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from kmportal.core import upstream, wire
from kmportal.core.worker import TaskWorker

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


def until(found: Callable[[], int]) -> int:
    """What is found at last; 0 after 20 seconds."""
    for _ in range(200):
        if value := found():
            return value
        time.sleep(0.1)
    return 0


def workers(process: subprocess.Popen[str]) -> list[int]:
    """The processes that this server keeps for its tasks."""
    threads = Path(f"/proc/{process.pid}/task").glob("*/children")
    return [int(number) for children in threads for number in children.read_text(encoding="ascii").split()]


def is_over(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes as Linux shows them")
def test_the_worker_is_kept_alive_and_ends_with_its_server(site: subprocess.Popen[str]) -> None:
    first = until(lambda: next(iter(workers(site)), 0))
    os.kill(first, signal.SIGKILL)
    second = until(lambda: next((pid for pid in workers(site) if pid != first), 0))
    site.kill()  # as when the memory is short: the server cannot say good-bye

    assert first and second and first != second
    assert until(lambda: int(is_over(second)))


def test_what_the_worker_tells_reaches_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    memory = upstream.WorkerMemory("a worker's", {})
    cache.set("bell", "old")
    monkeypatch.setattr(upstream, "_pipes", [writing])
    memory.set("bell", "new")
    memory.delete_many(["bell"])
    wire.tell("talk.poke", channel=7)
    monkeypatch.setattr(upstream, "_pipes", [])
    told: list[dict[str, Any]] = []
    for line in os.read(reading, 10_000).splitlines():
        upstream.heard(line, lambda topic, **facts: told.append({"topic": topic, **facts}))
    upstream.heard(b"not for us", told.append)

    assert cache.get("bell") is None
    assert memory.get("bell") is None
    assert told == [{"topic": "talk.poke", "channel": 7}]
    assert (memory.add("count", 1), memory.add("count", 1), memory.incr("count")) == (True, False, 2)


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
    thread = threading.Thread(target=worker.run)
    thread.start()
    for _ in range(100):
        if not DBTaskResult.objects.ready().exists():
            break
        time.sleep(0.1)
    worker.stop()
    thread.join(10)

    assert not thread.is_alive()
    assert [double.get_result(result.id).return_value for result in queued] == [2, 4, 6]
