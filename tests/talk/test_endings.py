"""What ends somebody's right to read ends their sockets, at once; and nothing is delivered on the word of a hint alone."""

from collections.abc import Callable

import pytest
from allauth.account.adapter import get_adapter
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from communities.actions.members import remove_member
from communities.models import Membership
from communities.talk.models import Channel
from communities.talk.sockets import house
from kmportal.core.sessions import SessionStore
from kmportal.people.actions.accounts import AccountDetails, save_account
from kmportal.people.models import User
from tests.conftest import EMAILS
from tests.live import Refused
from tests.talk.wires import in_database, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]


def log_out(member: Client, user: User) -> None:
    member.logout()


def end_from_the_list(member: Client, user: User) -> None:
    SessionStore().delete(member.session.session_key)


def change_password(member: Client, user: User) -> None:
    get_adapter().set_password(user, "ความลับ-ใหม่-secret-43")


def switch_off(member: Client, user: User) -> None:
    details = AccountDetails(email=user.email, given_name="คน", family_name="ไป", is_active=False, agency=user.agency)
    save_account(actor=User.objects.get(email=EMAILS["admin"]), account=user, details=details)


def leave(member: Client, user: User) -> None:
    remove_member(actor=user, membership=Membership.objects.get(user=user))


@pytest.mark.parametrize(
    ("ends", "code"), [(log_out, 4001), (end_from_the_list, 4001), (change_password, 4001), (switch_off, 4001), (leave, 4003)]
)
async def test_the_socket_ends_within_a_second(
    channel: Channel, member: Client, cop_member: User, other_member: Client, ends: Callable[[Client, User], None], code: int
) -> None:
    async with opened(member, channel) as one, opened(other_member, channel) as other:
        await in_database(ends)(member, cop_member)
        with pytest.raises(Refused) as ended:
            while True:
                await one.socket.receive(1)
        assert ended.value.code == code
        await other.say("<p>อยู่ต่อ</p>")
        assert await other.until_seq(1) == [1]


async def test_without_any_hint_a_former_member_gets_nothing(
    channel: Channel, member: Client, cop_member: User, other_member: Client
) -> None:
    async with opened(member, channel) as one, opened(other_member, channel) as other:
        await Membership.objects.filter(user=cop_member).adelete()
        await other.say("<p>ลับ</p>")
        await other.until_seq(1)
        with pytest.raises(Refused) as ended:
            while True:
                await one.until("event")
        assert (ended.value.code, one.events) == (4003, [])


@pytest.mark.parametrize("what", ["session", "account", "membership"])
async def test_saying_asks_again_without_any_hint(channel: Channel, member: Client, cop_member: User, what: str) -> None:
    async with opened(member, channel) as one:
        if what == "session":
            await Session.objects.aupdate(expire_date=timezone.now())
        elif what == "account":
            await User.objects.filter(pk=cop_member.pk).aupdate(is_active=False)
        else:
            await Membership.objects.filter(user=cop_member).adelete()
        await one.say("<p>แอบ</p>")
        with pytest.raises(Refused) as ended:
            await one.until("ack", "refused")
    assert ended.value.code == (4003 if what == "membership" else 4001)
    assert not await Channel.objects.filter(last_seq__gt=0).aexists()


async def test_the_clock_finds_what_no_hint_told(
    channel: Channel, member: Client, cop_member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "EVERY", 0.05)
    async with opened(member, channel) as one:
        await Membership.objects.filter(user=cop_member).adelete()
        with pytest.raises(Refused) as ended:
            while True:
                await one.socket.receive(2)
    assert ended.value.code == 4003
