"""Channels and what is said in them for tests, through the verbs."""

from itertools import count
from uuid import uuid4

from django.utils import timezone

from communities.circles.models import Circle, Part, Template
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


def make_circle(channel: Channel, *, reach: str, facilitator: User) -> Circle:
    """A circle that wraps up; its facilitator has joined."""
    now = timezone.now()
    method = Template.objects.offered().first()
    assert method is not None
    assert method.current is not None
    circle = Circle.objects.create(
        channel=channel, version=method.current, title="ทบทวนงานน้ำ", state="wrap_up", round_number=1, reach=reach,
        consent_version=1, created_at=now, started_at=now, wrapped_at=now,
    )  # fmt: skip
    Part.objects.create(circle=circle, user=facilitator, role=Part.Role.FACILITATOR, consented_at=now, consent_version=1)
    return circle
