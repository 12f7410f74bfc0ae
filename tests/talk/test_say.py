"""Saying something in a channel: numbered, once, by members alone."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.models import Community, Membership
from communities.talk.actions.saying import NameTaken, NothingSaid, Words, say
from communities.talk.models import Channel, Event, Message
from kmportal.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(community_c: Community) -> Channel:
    now = timezone.now()
    return Channel.objects.create(community=community_c, name="คุยกันทั่วไป", created_at=now, last_activity=now)


def test_messages_are_numbered_in_their_order(channel: Channel, cop_member: User) -> None:
    first, second = (
        say(actor=cop_member, channel=channel.pk, words=Words(client_id=uuid4(), body=f"<p>เรื่องที่ {n}</p>")) for n in (1, 2)
    )
    assert (first.seq, second.seq) == (1, 2)
    assert list(Event.objects.values_list("seq", "kind", "message")) == [(1, "said", first.pk), (2, "said", second.pk)]


def test_the_same_name_is_the_same_message(channel: Channel, cop_member: User) -> None:
    words = Words(client_id=uuid4(), body="<p>ครั้งเดียว</p>")
    assert say(actor=cop_member, channel=channel.pk, words=words) == say(actor=cop_member, channel=channel.pk, words=words)
    assert (Message.objects.count(), Event.objects.count()) == (1, 1)


def test_strangers_find_no_channel(channel: Channel, officer: User, coordinator: User) -> None:
    for stranger in (officer, coordinator):
        with pytest.raises(Channel.DoesNotExist):
            say(actor=stranger, channel=channel.pk, words=Words(client_id=uuid4(), body="<p>ขอเข้า</p>"))
    assert Message.objects.count() == 0


def test_a_closed_channel_takes_nothing(channel: Channel, cop_member: User) -> None:
    Channel.objects.update(archived_at=timezone.now())
    with pytest.raises(PermissionDenied):
        say(actor=cop_member, channel=channel.pk, words=Words(client_id=uuid4(), body="<p>ช้าไป</p>"))
    assert Message.objects.count() == 0


def test_nothing_is_no_message(channel: Channel, cop_member: User) -> None:
    with pytest.raises(NothingSaid):
        say(actor=cop_member, channel=channel.pk, words=Words(client_id=uuid4(), body="<p> </p>"))
    assert Message.objects.count() == 0


def test_nobody_gets_the_message_of_another_by_its_name(channel: Channel, cop_member: User, officer: User) -> None:
    Membership.objects.create(community=channel.community, user=officer)
    words = Words(client_id=uuid4(), body="<p>ของคนแรก</p>")
    say(actor=cop_member, channel=channel.pk, words=words)
    with pytest.raises(NameTaken):
        say(actor=officer, channel=channel.pk, words=words)
    assert Message.objects.get().author == cop_member
