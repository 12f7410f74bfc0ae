"""Talk without a socket: the same events, the same answers, the same once."""

from uuid import uuid4

import pytest
from django.test import Client

from communities.models import Membership
from communities.talk import frames
from communities.talk.models import Channel, Message
from communities.talk.sockets import limits
from kmportal.people.models import User

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def events(channel: Channel) -> str:
    return f"/communities/{channel.community.slug}/channels/{channel.pk}/events/"


def say(client: Client, channel: Channel, cid: object, body: str = "<p>ทางอ้อม</p>") -> dict[str, object]:
    answer = client.post(events(channel).replace("events", "say"), {"cid": str(cid), "body": body}, **JSON)  # type: ignore[arg-type]  # headers
    assert answer.status_code == 200
    found: dict[str, object] = answer.json()
    return found


def test_said_once_however_often_it_is_sent(channel: Channel, member: Client, other_member: Client) -> None:
    cid = uuid4()
    first = say(member, channel, cid)
    assert first == say(member, channel, cid) == {"t": "ack", "cid": str(cid), "id": Message.objects.get().pk, "seq": 1}
    came = other_member.get(events(channel), {"after": 0}).json()
    assert (came["seq"], came["snapshot"], [event["id"] for event in came["events"]]) == (1, False, [first["id"]])
    assert came["events"][0]["t"] == "event" and "ทางอ้อม" in came["events"][0]["html"]
    assert other_member.get(events(channel), {"after": 1}).json() == {"seq": 1, "events": [], "snapshot": False}


def test_a_long_way_behind_comes_in_portions_or_anew(channel: Channel, member: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        say(member, channel, uuid4())
    monkeypatch.setattr(frames, "MOST", 2)
    assert [event["seq"] for event in member.get(events(channel), {"after": 1}).json()["events"]] == [2, 3]
    monkeypatch.setattr(frames, "SNAPSHOT", 3)
    for after in (1, 99):
        assert member.get(events(channel), {"after": after}).json() == {"seq": 5, "events": [], "snapshot": True}


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 40, "1.5"])
def test_nonsense_is_as_if_nothing_was_seen(channel: Channel, member: Client, after: str) -> None:
    say(member, channel, uuid4())
    assert [event["seq"] for event in member.get(events(channel), {"after": after}).json()["events"]] == [1]


def test_strangers_and_visitors(channel: Channel, officer: User, cop_member: User, member: Client) -> None:
    stranger = Client()
    stranger.force_login(officer)
    missing = events(channel).replace(str(channel.pk), "99999")
    assert [stranger.get(address).status_code for address in (events(channel), missing)] == [404, 404]
    assert Client().get(events(channel)).status_code == 401
    Membership.objects.filter(user=cop_member).delete()
    assert member.get(events(channel)).status_code == 404
    assert member.post(events(channel).replace("events", "say"), {"cid": str(uuid4()), "body": "x"}, **JSON).status_code == 404  # type: ignore[arg-type]  # headers
    assert Message.objects.count() == 0


def test_limits_hold_for_both_ways_together(channel: Channel, member: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WORDS", 1)
    monkeypatch.setattr(limits, "POLLS", 1)
    assert [say(member, channel, uuid4())["t"] for _ in range(2)] == ["ack", "refused"]
    assert [member.get(events(channel)).status_code for _ in range(2)] == [200, 429]


def test_asking_when_nothing_came_costs_little(channel: Channel, member: Client, queries: object) -> None:
    say(member, channel, uuid4())
    counted = [queries(member, events(channel), after=after) for after in (0, 1)]  # type: ignore[operator]  # the fixture is a function
    assert counted[1] <= 4 and counted[0] <= 9
