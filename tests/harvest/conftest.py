"""A community whose facilitator is the reviewer's colleague, its note-taker, and a teller; a channel with two stories."""

import pytest

from communities.models import Community, Membership
from communities.talk.models import Channel, Message
from kmportal.people.models import User
from tests.make.talk import make_channel, said


@pytest.fixture
def note_taker(officer: User, community_c: Community) -> User:
    Membership.objects.create(community=community_c, user=officer, role=Membership.Role.NOTE_TAKER)
    return officer


@pytest.fixture
def teller(colleague: User, community_c: Community) -> User:
    Membership.objects.create(community=community_c, user=colleague)
    return colleague


@pytest.fixture
def channel(community_c: Community) -> Channel:
    return make_channel(community_c, "ทบทวนหลังปฏิบัติงาน")


@pytest.fixture
def told(teller: User, channel: Channel) -> list[Message]:
    return [
        said(teller, channel, "น้ำขึ้นเร็วกว่าที่แบบจำลองบอก เราเปิดบานระบายก่อนสองชั่วโมง"),
        said(teller, channel, "เมื่อฝนตกเหนือเขื่อนสองคืนติด ให้เปิดบานก่อน เพราะน้ำมาถึงในสิบชั่วโมง"),
    ]
