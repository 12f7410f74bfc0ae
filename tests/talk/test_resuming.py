"""However sockets break and come back while people talk: in the end each has what the database has, once and in order."""

from functools import partial
from typing import Any

import hypothesis.strategies as st
import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings

from communities.talk.models import Channel, Event, Message
from communities.talk.sockets import limits
from kmportal.asgi import application
from tests.live import Socket
from tests.talk.wires import Talker, headers, in_database, path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]
PEOPLE = 3
STEPS = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.sampled_from(["say", "say again", "break", "come back", "listen"])), max_size=14
)


class Device:
    """One browser: keeps what it said until it is acknowledged, and what it has seen."""

    def __init__(self, client: Client, channel: Channel, number: int) -> None:
        self.client, self.channel, self.number = client, channel, number
        self.seen: list[int] = []
        self.unsent: dict[str, str] = {}
        self.said = 0
        self.socket: Socket | None = None
        self.talker: Talker | None = None

    async def come_back(self) -> None:
        if self.socket is None:
            self.socket = await Socket(application, path(self.channel), headers=headers(self.client)).__aenter__()
            self.talker = Talker(self.socket)
            await self.talker.hello(self.seen[-1] if self.seen else 0)
            for cid, body in self.unsent.items():
                await self.talker.say(body, cid)

    async def break_off(self) -> None:
        """What is on its way to the device is lost."""
        if self.socket is not None:
            self.note()
            await self.socket.__aexit__()
            self.socket = self.talker = None

    def note(self) -> None:
        assert self.talker is not None
        for event in self.talker.events:
            if event["seq"] > (self.seen[-1] if self.seen else 0):
                assert event["seq"] == (self.seen[-1] if self.seen else 0) + 1
                self.seen.append(event["seq"])
        for cid in self.talker.acks:
            self.unsent.pop(cid, None)
        self.talker.events.clear()

    async def say(self, again: bool = False) -> None:
        self.said += 1
        cid = f"00000000-0000-4000-8000-{self.number:04d}{self.said:08d}"
        self.unsent[cid] = f"<p>{self.number}.{self.said}</p>"
        if self.talker is not None:
            for _ in range(2 if again else 1):
                await self.talker.say(self.unsent[cid], cid)

    async def listen(self) -> None:
        if self.talker is not None:
            await self.talker.socket.send({"t": "ping"})
            await self.talker.until("pong")
            self.note()

    async def finish(self, newest: int) -> None:
        await self.come_back()
        while self.unsent:
            await self.listen()
        assert self.talker is not None
        self.note()
        while not self.seen or self.seen[-1] < newest:
            await self.talker.until("event")
            self.note()


async def play(steps: list[tuple[int, str]], clients: list[Client], channel: Channel) -> None:
    devices = [Device(client, channel, number) for number, client in enumerate(clients)]
    for device in devices:
        await device.come_back()
    for who, what in steps:
        device = devices[who]
        act: Any = {
            "say": device.say, "say again": partial(device.say, again=True), "break": device.break_off,
            "come back": device.come_back, "listen": device.listen,
        }[what]  # fmt: skip
        await act()
    said = sum(device.said for device in devices)
    for device in devices:
        await device.come_back()
        while device.unsent:
            await device.listen()
    for device in devices:
        if said:
            await device.finish(said)
        assert device.seen == list(range(1, said + 1))
        await device.break_off()
    rows = await in_database(lambda: list(Message.objects.order_by("seq").values_list("seq", "text")))()
    assert [seq for seq, _ in rows] == list(range(1, said + 1))
    assert sorted(text for _, text in rows) == sorted(f"{d.number}.{n}" for d in devices for n in range(1, d.said + 1))
    assert await Event.objects.acount() == said


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_everybody_ends_with_what_the_database_has(
    steps: list[tuple[int, str]], channel: Channel, member: Client, other_member: Client
) -> None:
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(limits, "WORDS", 1_000)
        # As tests/conftest.py does for tests that are coroutines themselves: inside a transaction a connection looks worn out.
        patch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
        async_to_sync(play)(steps, [member, other_member, member], channel)
        transaction.set_rollback(True)
