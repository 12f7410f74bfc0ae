"""Talk with servers in processes of their own: killed while people write, and two of them for one channel."""

import asyncio
import contextlib
import json
import os
import re
import shutil
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path
from socket import create_connection as socket_to
from socket import create_server
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import Argon2PasswordHasher
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from communities.models import Membership
from kmportal.people.models import User
from tests.make.crowd import make_crowd
from tests.served import Database, Served, session_cookie
from tests.talk.wires import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, REDIS = 20, os.environ.get("KM_TEST_REDIS_URL", "")
SERVER = shutil.which("redis-server") or shutil.which("valkey-server") or ""


def socket(site: Served, channel: int, key: str) -> Any:
    return connect(
        f"ws://127.0.0.1:{site.port}/ws/channels/{channel}/", origin=f"http://127.0.0.1:{site.port}",  # type: ignore[arg-type]  # a plain string
        additional_headers={"Cookie": session_cookie(key)}, open_timeout=30, ping_interval=None,
    )  # fmt: skip


async def say(wire: ClientConnection, cid: str, body: str) -> None:
    await wire.send(json.dumps({"t": "say", "cid": cid, "body": body}))


async def until(wire: ClientConnection, kind: str) -> dict[str, Any]:
    while True:
        frame: dict[str, Any] = json.loads(await asyncio.wait_for(wire.recv(), 20))
        if frame["t"] == kind:
            return frame


class Writer:
    """Writes one message after the other, each under a new name, until the server is gone."""

    def __init__(self, number: int) -> None:
        self.number, self.acked, self.open = number, set[str](), ""

    async def write(self, site: Served, channel: int, key: str) -> None:
        try:
            async with socket(site, channel, key) as wire:
                await wire.send('{"t":"hello","after":0}')
                for turn in range(8):
                    self.open = str(uuid4())
                    await say(wire, self.open, f"<p>{self.number}.{turn}</p>")
                    self.acked.add((await until(wire, "ack"))["cid"])
                    self.open = ""
        except (ConnectionClosed, OSError, asyncio.IncompleteReadError, TimeoutError):
            pass

    async def resend(self, site: Served, channel: int, key: str) -> None:
        """What was not acknowledged, under its first name."""
        if self.open:
            async with socket(site, channel, key) as wire:
                await say(wire, self.open, f"<p>{self.number} again</p>")
                self.acked.add((await until(wire, "ack"))["cid"])


def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path) -> None:
    channel, keys = make_crowd(PEOPLE)
    database = Database(tmp_path)
    writers = [Writer(number) for number in range(PEOPLE)]

    async def write(site: Served) -> None:
        tasks = [asyncio.create_task(one.write(site, channel.pk, key)) for one, key in zip(writers, keys, strict=True)]
        while sum(len(one.acked) for one in writers) < PEOPLE:
            await asyncio.sleep(0.005)
        site.kill()
        await asyncio.wait(tasks, timeout=10)

    async def resend(site: Served) -> None:
        await asyncio.gather(*[one.resend(site, channel.pk, key) for one, key in zip(writers, keys, strict=True)])

    with Served(database) as site:
        asyncio.run(write(site))
        acked = {cid for one in writers for cid in one.acked}
        assert len(acked) < PEOPLE * 8  # it was killed in the middle
        site.start()
        asyncio.run(resend(site))
    stored = [str(row[0]).replace("-", "") for row in database.rows("SELECT client_id FROM talk_message")]
    assert len(stored) == len(set(stored))
    assert {cid.replace("-", "") for one in writers for cid in one.acked} == set(stored)
    events = database.rows("SELECT seq, message_id FROM talk_event ORDER BY seq")
    assert [seq for seq, _ in events] == list(range(1, len(stored) + 1))
    assert len({message for _, message in events}) == len(stored)


@pytest.mark.skipif(not REDIS, reason="needs Redis or Valkey: set KM_TEST_REDIS_URL")
def test_two_processes_are_one_channel(tmp_path: Path) -> None:
    channel, keys = make_crowd(2)
    database = Database(tmp_path)

    async def talk(here: Served, there: Served) -> None:
        async with socket(here, channel.pk, keys[0]) as one, socket(there, channel.pk, keys[1]) as two:
            for wire in (one, two):
                await wire.send('{"t":"hello","after":0}')
                await until(wire, "ready")
            for number in (1, 2, 3):
                cid = str(uuid4())
                await say(one, cid, f"<p>{number}</p>")
                assert (await until(two, "event"))["seq"] == number  # sooner than the clock of the hub would bring it
            await one.send('{"t":"typing"}')
            assert len((await asyncio.wait_for(until(two, "typing"), 10))["who"]) == 1
            # Signed out in one process: the socket in the other ends.
            await asyncio.to_thread(sign_out, here, keys[1])
            with pytest.raises(ConnectionClosed) as ended:
                while True:
                    await asyncio.wait_for(two.recv(), 5)
            assert ended.value.rcvd is not None and ended.value.rcvd.code == 4001

    with Served(database, KM_REDIS_URL=REDIS) as here, Served(database, KM_REDIS_URL=REDIS) as there:
        asyncio.run(talk(here, there))


class Redis:
    """One of our own, that may die."""

    def __init__(self) -> None:
        with create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([SERVER, "--port", str(self.port), "--save", "", "--appendonly", "no"], **quiet)
        for _ in range(100):
            with contextlib.suppress(OSError), socket_to(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)


@pytest.mark.skipif(not (REDIS and SERVER), reason="needs redis-server or valkey-server, and KM_TEST_REDIS_URL")
def test_talk_goes_on_without_redis(tmp_path: Path) -> None:
    channel, keys = make_crowd(2)
    database, redis = Database(tmp_path), Redis()

    async def heard(wire: ClientConnection, seq: int) -> float:
        began = time.monotonic()
        assert (await until(wire, "event"))["seq"] == seq
        return time.monotonic() - began

    async def spoken(wire: ClientConnection, seq: int) -> float:
        began = time.monotonic()
        await say(wire, str(uuid4()), f"<p>{seq}</p>")
        assert (await until(wire, "ack"))["seq"] == seq
        return time.monotonic() - began

    async def talk(here: Served, there: Served) -> None:
        async with socket(here, channel.pk, keys[0]) as one, socket(there, channel.pk, keys[1]) as two:
            for wire in (one, two):
                await wire.send('{"t":"hello","after":0}')
                await until(wire, "ready")
            await spoken(one, 1)
            assert await heard(two, 1) < 5
            redis.kill()
            # Stored and acknowledged all the same; the other process looks for itself.
            assert max([await spoken(one, 2), await spoken(one, 3)]) < 5
            assert await heard(two, 2) < 17
            await asyncio.to_thread(redis.start)
            await asyncio.sleep(3)
            await heard(two, 3)
            await spoken(one, 4)
            assert await heard(two, 4) < 5

    try:
        with Served(database, KM_REDIS_URL=redis.url) as here, Served(database, KM_REDIS_URL=redis.url) as there:
            asyncio.run(talk(here, there))
    finally:
        redis.kill()


def asked(site: Served, key: str, path: str, body: bytes | None = None, token: str = "") -> tuple[str, str]:
    """A page and the token of its cookie; with a body it is posted."""
    cookie = session_cookie(key) + (f"; km_csrf={token}" if token else "")
    headers = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{site.port}"}
    request = urllib.request.Request(f"http://127.0.0.1:{site.port}{path}", data=body, headers=headers)
    with urllib.request.build_opener().open(request, timeout=20) as answer:
        given = re.search(r"km_csrf=(\w+)", str(answer.headers))
        return answer.read().decode(), given.group(1) if given else ""


def press(site: Served, key: str, path: str, page: str = "", **fields: str) -> None:
    """As a browser does: the form of a page with its token."""
    shown, cookie = asked(site, key, page or path)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown)
    assert token is not None
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": token.group(1), **fields}).encode()
    asked(site, key, path, body, cookie)


def session_of(user: User) -> str:
    """Signed in a moment ago with the password, as the form notes it."""
    client = signed_in(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "email": user.email}]
    session.save()
    return str(session.session_key)


def sign_out(site: Served, key: str) -> None:
    press(site, key, "/accounts/logout/")


def test_what_ends_a_right_in_one_browser_closes_the_socket_of_another(tmp_path: Path) -> None:
    """By the forms that people press: log-out, "sign out everywhere else", another password, taken out of the community."""
    channel, keys = make_crowd(4)
    members = list(Membership.objects.filter(community=channel.community, user__email__startswith="crowd").order_by("user"))
    Membership.objects.filter(pk=members[3].pk).update(role=Membership.Role.FACILITATOR)
    old, new = "ความลับ-เก่า-secret-42", "ความลับ-ใหม่-secret-43"
    changing = members[1].user
    # As the server keeps it: it knows nothing of the quick way of the tests.
    changing.password = Argon2PasswordHasher().encode(old, Argon2PasswordHasher().salt())
    changing.save()
    EmailAddress.objects.create(user=changing, email=changing.email, verified=True, primary=True)
    here, there = session_of(changing), session_of(changing)
    sessions, space = "/accounts/sessions/", f"/communities/{channel.community.slug}/members/"
    second = str(signed_in(members[2].user).session.session_key)
    # As the form of signing in notes it.
    for key in (keys[2], second):
        UserSession.objects.create(user=members[2].user, session_key=key, ip="127.0.0.1", user_agent="a browser")

    async def ends(site: Served, key: str, code: int, path: str, by: str, **how: str) -> None:
        async with socket(site, channel.pk, key) as wire:
            await wire.send('{"t":"hello","after":0}')
            await until(wire, "ready")
            await asyncio.to_thread(press, site, by, path, **how)
            began = time.monotonic()
            await asyncio.wait_for(wire.wait_closed(), 5)
            assert (wire.close_code, time.monotonic() - began < 1) == (code, True), path

    async def all_of_them(site: Served) -> None:
        await ends(site, keys[0], 4001, "/accounts/logout/", keys[0])
        await ends(site, second, 4001, sessions, keys[2])
        words = {"oldpassword": old, "password1": new, "password2": new}
        await ends(site, there, 4001, "/accounts/password/change/", here, **words)
        await ends(site, keys[2], 4003, f"{space}{members[2].pk}/out/", keys[3], page=f"{space}{members[2].pk}/")

    with Served(Database(tmp_path)) as site:
        asyncio.run(all_of_them(site))
