"""The round stands above the stream of its channel, and its rule at the form below it."""

from typing import Any

import pytest

from communities.talk.models import Channel
from kmportal.people.models import User
from tests.make import circles as make

pytestmark = pytest.mark.django_db


def test_the_round_above_the_stream(as_: Any, channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel, nameless=frozenset({2}))
    make.join(malee, circle)
    assert "data-circle=" not in as_(malee).get(channel.get_absolute_url()).content.decode()
    make.at_round(guide, circle, 1)
    silent = as_(malee).get(channel.get_absolute_url()).content.decode()
    assert "เพื่อเรียนรู้ ไม่ใช่ประเมินคน" in silent
    assert 'id="say-body"' not in silent
    now_round = make.at_round(guide, circle, 2)
    blind = as_(malee).get(channel.get_absolute_url()).content.decode()
    assert f'name="promise" value="circle {now_round.pk}"' in blind
    assert "รอบถัดไป" in as_(guide).get(channel.get_absolute_url()).content.decode()
    assert "รอบถัดไป" not in blind
