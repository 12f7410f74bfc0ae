"""People hear of circles: who is invited, what begins, what ends; each once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from communities.circles.actions import opening, reminding
from communities.circles.models import Circle, Round
from communities.talk.models import Channel
from kmportal.inbox.models import Notice
from kmportal.people.models import User
from tests.make import circles as make

pytestmark = pytest.mark.django_db


def _told(user: User) -> list[str]:
    return list(Notice.objects.visible_to(user).order_by("pk").values_list("kind", flat=True))


def test_planned_and_soon(channel: Channel, guide: User, malee: User, cop_member: User, outsider: User) -> None:
    starts = timezone.now() + timedelta(days=2)
    circle = make.open_circle(guide, channel, starts_at=starts, roles={malee.pk: "note_taker"})
    assert (_told(malee), _told(cop_member), _told(outsider)) == (["circles.invited", "circles.planned"], ["circles.planned"], [])
    assert reminding.remind() == 0
    make.join(malee, circle)
    Circle.objects.update(starts_at=timezone.now() + timedelta(minutes=10))
    assert (reminding.remind(), reminding.remind()) == (1, 0)
    assert _told(malee)[-1] == "circles.soon"
    assert "circles.soon" not in _told(cop_member)
    opening.cancel(actor=guide, circle=circle.pk)
    assert not Notice.objects.filter(kind="circles.planned", read_at=None).exists()


def test_a_round_over_days(channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel, "shadow")
    make.join(malee, circle)
    now_round: Any = make.at_round(guide, circle, 1)
    assert now_round.ends_at - now_round.started_at == timedelta(days=1)
    Round.objects.filter(pk=now_round.pk).update(ends_at=timezone.now() + timedelta(hours=3))
    assert (reminding.remind(), reminding.remind()) == (1, 0)
    assert _told(malee)[-1] == "circles.ending"


def test_a_blind_round_tells_nobody_anything(channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel)
    make.join(malee, circle)
    make.at_round(guide, circle, 2)
    before = Notice.objects.count()
    make.say(malee, channel, "เป็นความลับ")
    assert Notice.objects.count() == before
