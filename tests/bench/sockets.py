"""Live talk under load: everybody in one channel, some messages a second, each delivered to all; the floor in the same run.

python -m tests.bench.sockets [sockets …]      default 76 and 1000; KM_TEST_DATABASE_URL for PostgreSQL

Both servers are measured in turn, several rounds, by the same listeners: what else the machine does shows in the times of both, so the
ratios are what counts. Lost and doubled are counted by each listener from the numbers of the events.
"""

import asyncio
import logging
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kmportal.settings")
os.environ["KM_TESTING"] = "1"

import django

django.setup()

from django.test.utils import setup_test_environment  # noqa: E402 - after Django is set up

from tests.bench.listeners import Listener, Tally  # noqa: E402 - after Django is set up
from tests.database import copies  # noqa: E402 - after Django is set up
from tests.make.crowd import make_crowd  # noqa: E402 - after Django is set up
from tests.served import ROOT, Database, Served, cpu, memory, session_cookie  # noqa: E402 - after Django is set up

SIZES = (76, 1_000)
RATE, SECONDS, ROUNDS = 5, 6, 3
PADDING = "แลกเปลี่ยนเรียนรู้ร่วมกัน " * 3
Say = Callable[[str], str]


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@dataclass
class Target:
    """One server that is measured."""

    name: str
    pid: int
    port: int
    path: str
    cookies: list[str]
    frame: Say
    hello: str = ""
    runs: list[dict[str, float]] = field(default_factory=list)


def prefer(*processes: int) -> None:
    """What is measured goes before what else the machine does, where we may say so (KM_BENCH_FIRST=1, as root)."""
    if os.environ.get("KM_BENCH_FIRST"):
        for process in processes:
            Path(f"/proc/{process}/autogroup").write_text("-15", encoding="utf-8")


async def crowd(target: Target, size: int, tally: Tally) -> list[Listener]:
    """Opens the sockets, fifty at a time."""
    loop, found = asyncio.get_running_loop(), list[Listener]()
    for start in range(0, size, 50):
        some = []
        for number in range(start, min(size, start + 50)):
            cookie = target.cookies[number % len(target.cookies)] if target.cookies else ""
            listener = Listener(tally, target.port, target.path, cookie, target.hello)
            await loop.create_connection(lambda made=listener: made, "127.0.0.1", target.port)  # type: ignore[misc]  # its own listener
            some.append(listener)
        await asyncio.wait_for(asyncio.gather(*[listener.ready for listener in some]), 60)
        found += some
    return found


async def round_of(target: Target, size: int) -> None:
    tally = Tally()
    before, began = cpu(target.pid), time.perf_counter()
    listeners = await crowd(target, size, tally)
    opened, opening = (time.perf_counter() - began) * 1000 / size, (cpu(target.pid) - before) * 1000 / size
    # Who is here has been told by then.
    await asyncio.sleep(1 + size / 250)
    before, began, sent = cpu(target.pid), time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        listeners[sent * 37 % size].send(target.frame(f"@T{time.perf_counter():.6f}@ {PADDING}"))
        sent += 1
        await asyncio.sleep(max(0, began + sent / RATE - time.perf_counter()))
    end = time.perf_counter() + 20
    while len(tally.times) < sent * size and time.perf_counter() < end:
        await asyncio.sleep(0.02)
    times = sorted(tally.times) or [0.0]
    target.runs.append({
        "lost": sent * size - len(tally.times), "doubled": tally.doubled, "cut": tally.closed,
        "p50": times[len(times) // 2], "p99": times[min(len(times) - 1, int(len(times) * 0.99))],
        "cpu": (cpu(target.pid) - before) * 1e6 / max(1, len(tally.times)), "rss": memory(target.pid),
        "open": opened, "open cpu": opening,
    })  # fmt: skip
    for listener in listeners:
        listener.leave()
    await asyncio.sleep(0.5)


def table(size: int, targets: list[Target]) -> None:
    floor = targets[0]
    for target in targets:

        def middle(what: str, of: Target = target) -> float:
            return statistics.median(run[what] for run in of.runs)

        lost, doubled, cut = (sum(run[what] for run in target.runs) for what in ("lost", "doubled", "cut"))
        best = min(run["p99"] for run in target.runs) / min(run["p99"] for run in floor.runs)
        say(
            f"{size:>8}{target.name:>10}{lost:>7.0f}{doubled:>9.0f}{cut:>6.0f}{middle('p50'):>9.1f}{middle('p99'):>9.1f}"
            f"{middle('p50') / middle('p50', floor):>9.1f}{middle('p99') / middle('p99', floor):>9.1f}{best:>9.1f}"
            f"{middle('cpu'):>9.1f}{middle('rss'):>8.0f}{middle('open cpu'):>10.2f}"
        )


def measure(size: int, targets: list[Target], run: Any) -> None:
    for target in targets:
        target.runs.clear()
    for _ in range(ROUNDS):
        for target in targets:
            run(round_of(target, size))
    table(size, targets)


def main(sizes: list[int]) -> None:
    import uvloop

    logging.disable(logging.INFO)
    made = copies()
    made.create()
    setup_test_environment()
    with tempfile.TemporaryDirectory() as folder:
        try:
            channel, keys = make_crowd(max(sizes))
            with Served(Database(Path(folder)), KM_SEMANTIC="0") as site:
                with socket.create_server(("127.0.0.1", 0)) as free:
                    floor_port = free.getsockname()[1]
                command = [sys.executable, "-m", "tests.bench.socket_floor", str(floor_port)]
                floor = subprocess.Popen(command, cwd=ROOT)
                time.sleep(1)
                cookies = [session_cookie(key) for key in keys]
                targets = [
                    Target("floor", floor.pid, floor_port, "/room/", [], lambda text: '{"html":"%s"}' % (text + "." * 700)),
                    Target(
                        "channel", site.pid, site.port, f"/ws/channels/{channel.pk}/", cookies, Listener.words, Listener.HELLO
                    ),
                ]
                say(
                    f"{'sockets':>8}{'':>10}{'lost':>7}{'doubled':>9}{'cut':>6}{'p50 ms':>9}{'p99 ms':>9}{'x p50':>9}{'x p99':>9}{'x best':>9}{'us each':>9}{'RSS MB':>8}{'open ms':>10}"
                )
                try:
                    for size in sizes:
                        measure(size, targets, uvloop.run)
                finally:
                    floor.kill()
                    say(site.log.read_text(encoding="utf-8")[-3000:])
        finally:
            made.drop()


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or list(SIZES))
