"""Channels and what is said in them for tests, through the verbs."""

from itertools import count
from uuid import uuid4

from django.utils import timezone

from communities.models import Community
from communities.talk.actions.saying import Words, say
from communities.talk.models import Channel, Message
from kmportal.people.models import User

_numbers = count(1)


def make_channel(community: Community, name: str = "") -> Channel:
    now = timezone.now()
    return Channel.objects.create(community=community, name=name or f"ห้องคุย {next(_numbers)}", created_at=now, last_activity=now)


def said(actor: User, channel: Channel, text: str = "") -> Message:
    """A message of its own words each time."""
    words = text or f"เรื่องที่ {next(_numbers)}: เปิดบานระบายน้ำก่อนเวลา"
    return say(actor=actor, channel=channel.pk, words=Words(client_id=uuid4(), body=f"<p>{words}</p>"))
