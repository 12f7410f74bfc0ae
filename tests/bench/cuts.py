"""Real breaks in real browsers: one line dead for 30 seconds, one for 10 minutes, one reader away all that time, one never cut.

python -m tests.bench.cuts [seconds seconds]      default 30 600; Chromium from KM_CHROMIUM or the PATH

The line goes dead as on the road: nothing passes in either direction and nobody is told. When it comes back, old connections are gone.
Those who are cut write during the break. At the end every page must show every message once, in the order of the database.
"""

import asyncio
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kmportal.settings")
os.environ["KM_TESTING"] = "1"

import django

django.setup()

from django.conf import settings  # noqa: E402 - after Django is set up
from django.test.utils import setup_test_environment  # noqa: E402 - after Django is set up

from tests.database import copies  # noqa: E402 - after Django is set up
from tests.make.crowd import make_crowd  # noqa: E402 - after Django is set up
from tests.served import Database, Served  # noqa: E402 - after Django is set up

SHOWN = "Array.from(document.querySelectorAll('.msgs:not(.pending) .msg .prose'), (line) => line.textContent.trim())"
TEMPO = 3.0


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


class Road:
    """A TCP way to the server that can go dead."""

    def __init__(self, port: int) -> None:
        self.target, self.port, self.open = port, 0, asyncio.Event()
        self.open.set()
        self.writers: set[asyncio.StreamWriter] = set()
        self.tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> "Road":
        server = await asyncio.start_server(self.take, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return self

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # New connections hang as well, as those to a network that is not there.
        await self.open.wait()
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        self.writers |= {writer, far_writer}
        for one, other in ((reader, far_writer), (far_reader, writer)):
            task = asyncio.create_task(self.pump(one, other))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                if not self.open.is_set():
                    return
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            if self.open.is_set():
                writer.close()

    def die(self) -> None:
        self.open.clear()

    def heal(self) -> None:
        for writer in self.writers:
            writer.transport.abort()
        self.writers.clear()
        self.open.set()


class Person:
    def __init__(self, name: str, page: Any, road: Road) -> None:
        self.name, self.page, self.road, self.number = name, page, road, 0

    async def write(self) -> None:
        self.number += 1
        await self.page.locator("#say-body").fill(f"{self.name} {self.number}")
        await self.page.keyboard.press("Control+Enter")

    async def state(self) -> str:
        return str(await self.page.locator("[data-controller~=talk]").get_attribute("data-state"))

    async def be_cut(self, seconds: float, began: float) -> None:
        await asyncio.sleep(5)
        say(f"{time.monotonic() - began:6.0f} s  {self.name}: the line is dead")
        self.road.die()
        await asyncio.sleep(2)
        await self.write()
        await asyncio.sleep(seconds / 2)
        await self.write()
        await asyncio.sleep(seconds / 2 - 2)
        say(f"{time.monotonic() - began:6.0f} s  {self.name}: it comes back; the page says {await self.state()!r}")
        self.road.heal()
        healed, mine = time.monotonic(), f"{self.name} {self.number}"
        # One's own last words come back as a message last of all: they go out when what was missed is there.
        while mine not in await self.page.evaluate(SHOWN) and time.monotonic() - healed < 120:
            await asyncio.sleep(0.1)
        say(f"{time.monotonic() - began:6.0f} s  {self.name}: whole again after {time.monotonic() - healed:.1f} s")


async def opened(playwright: Any, browser: Any, site: Served, path: str, name: str, key: str) -> Person:
    road = await Road(site.port).start()
    context = await browser.new_context(locale="th-TH")
    address = f"http://127.0.0.1:{road.port}"
    await context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
    page = await context.new_page()
    await page.goto(address + path)
    await page.locator("[data-state=live]").wait_for(state="attached", timeout=30_000)
    return Person(name, page, road)


async def run(site: Served, database: Database, path: str, keys: list[str], cuts: list[float]) -> bool:
    from playwright.async_api import async_playwright

    chromium = os.environ.get("KM_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        names = ["steady", *[f"cut {seconds:g}" for seconds in cuts], "away"]
        people = [await opened(playwright, browser, site, path, name, key) for name, key in zip(names, keys, strict=False)]
        began = time.monotonic()
        steady, away = people[0], people[-1]
        await steady.write()
        await away.page.get_by_text("steady 1").wait_for()
        # Their place is told a second after they saw it.
        await asyncio.sleep(3)
        await away.page.goto("about:blank")
        breaks = [asyncio.create_task(one.be_cut(seconds, began)) for one, seconds in zip(people[1:-1], cuts, strict=True)]
        while not all(task.done() for task in breaks):
            await steady.write()
            await asyncio.sleep(TEMPO)
        await asyncio.gather(*breaks)
        await asyncio.sleep(5)
        return await judge(database, people, path)


async def judge(database: Database, people: list[Person], path: str) -> bool:
    stored = [row[0] for row in database.rows("SELECT text FROM talk_message ORDER BY seq")]
    written = sorted(f"{one.name} {number}" for one in people for number in range(1, one.number + 1))
    good = sorted(stored) == written
    say(f"written {len(written)}, stored {len(stored)}, each once: {good}")
    for one in people[:-1]:
        shown, waiting = await one.page.evaluate(SHOWN), await one.page.locator(".pending .msg").count()
        good &= shown == stored and not waiting
        say(f"{one.name}: shows {len(shown)}, same order: {shown == stored}, still waiting: {waiting}")
    away = people[-1]
    await away.page.goto(f"http://127.0.0.1:{away.road.port}{path}")
    line = away.page.locator("#new")
    next_one = await away.page.evaluate("document.querySelector('#new ~ .msg .prose')?.textContent.trim()")
    good &= await line.count() == 1 and next_one == stored[1]
    say(f"away: comes back to the line {(await line.text_content()) if await line.count() else None!r} before {next_one!r}")
    return bool(good)


def main(cuts: list[float]) -> int:
    logging.disable(logging.INFO)
    made = copies()
    made.create()
    setup_test_environment()
    with tempfile.TemporaryDirectory() as folder:
        try:
            channel, keys = make_crowd(len(cuts) + 2)
            database = Database(Path(folder))
            with Served(database, KM_SEMANTIC="0") as site:
                good = asyncio.run(run(site, database, channel.get_absolute_url(), keys, cuts))
                say(site.log.read_text(encoding="utf-8")[-2000:])
        finally:
            made.drop()
    say("all whole" if good else "NOT whole")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main([float(word) for word in sys.argv[1:]] or [30.0, 600.0]))
