"""Sockets of a channel: in order, acknowledged after commit, resumed without loss; strangers find nothing."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import Membership
from communities.talk import frames
from communities.talk.actions.ground import happened, take
from communities.talk.actions.places import read_together
from communities.talk.actions.saying import Words, say
from communities.talk.answers import answer
from communities.talk.models import Channel, Event, Message, Place
from communities.talk.sockets import entry
from kmportal.asgi import application
from kmportal.people.models import User
from tests.live import Refused, Socket
from tests.talk.wires import headers, in_database, opened, path, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


def said(user: User, channel: Channel, *bodies: str) -> None:
    for body in bodies:
        say(actor=user, channel=channel.pk, words=Words(client_id=uuid4(), body=f"<p>{body}</p>"))


async def test_what_one_says_all_hear_in_order(channel: Channel, member: Client, other_member: Client) -> None:
    async with opened(member, channel) as one, opened(other_member, channel, lang="en") as two:
        cids = [await one.say(f"<p>เรื่องที่ {n}</p>") for n in (1, 2, 3)]
        assert await one.until_seq(3) == await two.until_seq(3) == [1, 2, 3]
        while len(one.acks) < 3:
            await one.until("ack")
    assert [one.acks[cid]["seq"] for cid in cids] == [1, 2, 3]
    assert [event["id"] for event in two.events] == [one.acks[cid]["id"] for cid in cids]
    assert "เรื่องที่ 2" in two.events[1]["html"]
    assert two.events[0]["kind"] == "said" and not two.acks


async def test_a_name_that_comes_again_is_one_message(channel: Channel, member: Client) -> None:
    cid = str(uuid4())
    async with opened(member, channel) as one:
        await one.say("<p>ครั้งเดียว</p>", cid)
        first = await one.until("ack")
    async with opened(member, channel, after=1) as again:
        await again.say("<p>ครั้งเดียว</p>", cid)
        assert await again.until("ack") == first
        assert again.events == []
    assert await Message.objects.acount() == await Event.objects.acount() == 1


async def test_whoever_comes_back_gets_what_they_missed_and_no_more(channel: Channel, member: Client, cop_member: User) -> None:
    await in_database(said)(cop_member, channel, "ก", "ข", "ค")
    async with opened(member, channel, after=1) as one:
        assert [event["seq"] for event in one.events] == [2, 3]
    # Out of memory the second time, from the database the first.
    async with opened(member, channel, after=2) as two, opened(member, channel, after=0) as three:
        assert ([e["seq"] for e in two.events], [e["seq"] for e in three.events]) == ([3], [1, 2, 3])


async def test_words_that_changed_are_not_given_as_they_were(channel: Channel, member: Client, other_member: Client) -> None:
    async with opened(member, channel) as one:
        await one.say("<p>คำเดิม</p>")
        await one.until_seq(1)

        def withdraw() -> None:
            message = Message.objects.get()
            place = take(actor=message.author, channel=channel.pk)
            Message.objects.update(deleted_at=timezone.now())
            happened(channel=place, kind=Event.Kind.CHANGED, at=timezone.now(), message=Message.objects.get())

        await in_database(withdraw)()
        await one.until_seq(2)
        async with opened(other_member, channel) as late:
            assert [event["kind"] for event in late.events] == ["said", "changed"]
            assert not any("คำเดิม" in event["html"] for event in late.events)


async def test_too_far_behind_loads_the_page_anew(
    channel: Channel, member: Client, cop_member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communities.talk.sockets.hub.SNAPSHOT", 2)
    await in_database(said)(cop_member, channel, "ก", "ข", "ค")
    async with opened(member, channel, after=None) as one:
        assert (await one.hello(0), one.events) == ({"t": "snapshot"}, [])
        assert await one.hello(3) == {"t": "ready", "seq": 3}
    # A number that was never given out: the database was restored from an older copy.
    async with opened(member, channel, after=None) as two:
        assert await two.hello(99) == {"t": "snapshot"}


@pytest.mark.parametrize("who", ["nobody", "stranger", "missing", "nowhere"])
async def test_missing_and_forbidden_are_the_same(channel: Channel, officer: User, who: str) -> None:
    client = None if who == "nobody" else await in_database(signed_in)(officer)
    address = {"missing": path(channel.pk + 1), "nowhere": "/ws/elsewhere/"}.get(who, path(channel))
    with pytest.raises(Refused) as refused:
        async with Socket(application, address, headers=headers(client)):
            pass
    assert refused.value.code == (4001 if who == "nobody" else 4003)


@pytest.mark.parametrize("origin", ["", "http://evil.example", "http://testserver:81", "null", "http://testserver.evil.example"])
async def test_other_pages_open_no_socket(channel: Channel, member: Client, origin: str) -> None:
    with pytest.raises(Refused) as refused:
        async with Socket(application, path(channel), headers=headers(member, origin)):
            pass
    assert refused.value.code == 4003


async def test_a_closed_channel_takes_nothing_and_says_so(channel: Channel, member: Client) -> None:
    await Channel.objects.aupdate(archived_at=timezone.now())
    async with opened(member, channel) as one:
        cid = await one.say("<p>ช้าไป</p>")
        answer = await one.until("refused")
    assert (answer["cid"], answer["wait"], bool(answer["words"])) == (cid, 0, True)
    assert await Message.objects.acount() == 0


async def test_how_far_one_has_read_is_kept(channel: Channel, member: Client, cop_member: User) -> None:
    await in_database(said)(cop_member, channel, "ก", "ข")
    async with opened(member, channel) as one:
        await one.socket.send({"t": "read", "seq": 1})
        await one.socket.send({"t": "read", "seq": 2})
        await one.socket.send({"t": "ping"})
        await one.until("pong")
    assert await Place.objects.values_list("read_seq", flat=True).aget() == 2


def test_saying_and_delivering_cost_few_queries(channel: Channel, member: Client, cop_member: User) -> None:
    """Who may say it, the message, the event; then what the hub reads for everybody, however many they are."""
    key = member.cookies[settings.SESSION_COOKIE_NAME].value
    guest = entry.admit(key, channel.pk)
    with CaptureQueriesContext(connection) as saying:
        told = answer(entry.still(guest), channel.pk, {"cid": str(uuid4()), "body": "<p>วัด</p>"}, "th")
    with CaptureQueriesContext(connection) as delivering:
        batch = frames.read(channel.pk, 0, {"th", "en"})
    assert (told["seq"], set(batch.members)) == (1, {cop_member.pk})
    # The index follows after the commit; here it is done at once.
    assert len([query for query in saying if "retrieval_" not in query["sql"] and "SAVEPOINT" not in query["sql"]]) <= 14
    assert len(delivering) <= 6


def test_many_places_move_in_few_queries(
    channel: Channel, cop_member: User, officer: User, colleague: User, outsider: User
) -> None:
    for user in (officer, colleague):
        Membership.objects.create(community=channel.community, user=user)
    said(cop_member, channel, "ก", "ข")
    Place.objects.create(channel=channel, user=officer, read_seq=1)
    Place.objects.create(channel=channel, user=colleague, read_seq=2)
    marks = {(user.pk, channel.pk): seq for user, seq in ((officer, 99), (colleague, 1), (cop_member, 2), (outsider, 2))}
    marks[officer.pk, 987654] = 1

    with CaptureQueriesContext(connection) as moving:
        read_together(marks=marks)

    found = dict(Place.objects.values_list("user", "read_seq"))
    assert found == {officer.pk: 2, colleague.pk: 2, cop_member.pk: 2}
    assert len([query for query in moving if "SAVEPOINT" not in query["sql"]]) <= 7
