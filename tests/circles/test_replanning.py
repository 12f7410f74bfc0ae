"""The plan of a circle is changed on its own screen: hour, title and rounds, by those who lead it, until it begins."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.circles.actions import moving, replanning
from communities.circles.models import Circle
from communities.talk.models import Channel
from kmportal.inbox.models import Notice
from kmportal.people.models import User
from tests.make import circles as make

pytestmark = pytest.mark.django_db


def test_rounds_hour_and_title_change_for_this_circle_alone(as_: Any, channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel, "jote", nameless=frozenset({1}))
    make.join(malee, circle)
    plan = reverse("circles:plan", args=["community-c", circle.pk])
    assert plan in as_(guide).get(circle.get_absolute_url()).content.decode()
    assert plan not in as_(malee).get(circle.get_absolute_url()).content.decode()
    assert as_(malee).get(plan).status_code == 403
    words = make.as_shown(as_(guide).get(plan).context)
    assert words["rounds-0-anonymous"] is True
    words |= {"title": "เรื่องใหม่", "day": "1 ตุลาคม 2600", "hour": "๙.๓๐", "rounds-1-DELETE": "on", "rounds-0-minutes": "12"}
    words |= {"rounds-4-mode": "open", "rounds-4-prompt_th": "คุยต่อเรื่อง {title}"}
    sent = as_(guide).post(plan, words)
    assert (sent.status_code, sent.headers["Location"]) == (302, circle.get_absolute_url())
    current = Circle.objects.get()
    rows = list(current.rounds.values_list("number", "mode", "minutes", "anonymous"))
    assert rows == [(1, "blind", 12, True), (2, "vote", 4, False), (3, "open", 6, False), (4, "open", 0, False)]
    assert current.starts_at is not None
    assert (current.title, current.starts_at.isoformat()) == ("เรื่องใหม่", "2057-10-01T02:30:00+00:00")
    assert current.rounds.get(number=4).prompt_th == "คุยต่อเรื่อง เรื่องใหม่"
    assert len(current.version.rounds) == 4
    assert current.version.rounds[0]["minutes"] == 6
    assert Notice.objects.filter(recipient=malee, kind="circles.planned").count() == 2
    # The page that was open before is not written over what came since.
    assert as_(guide).post(plan, words).status_code == 400
    moving.start(actor=guide, circle=circle.pk)
    assert as_(guide).get(plan).status_code == 302


def test_what_is_not_right_changes_nothing(as_: Any, channel: Channel, guide: User) -> None:
    circle = make.open_circle(guide, channel, "jote")
    plan = reverse("circles:plan", args=["community-c", circle.pk])
    words = make.as_shown(as_(guide).get(plan).context)
    gone = {f"rounds-{number}-DELETE": "on" for number in range(4)}
    for wrong in ({"day": "1 ตุลาคม 2500", "hour": "9.00"}, {"hour": "9.00"}, {"title": " "}, gone, {"rounds-TOTAL_FORMS": "x"}):
        assert as_(guide).post(plan, words | wrong).status_code == 400, wrong
    assert replanning.plan_of(Circle.objects.get()) == words["seen"]


def test_an_hour_alone_keeps_the_rounds(channel: Channel, guide: User) -> None:
    circle = make.open_circle(guide, channel)
    before = list(circle.rounds.values_list("pk", flat=True))
    starts = timezone.now() + timedelta(days=1)
    plan = replanning.Changed(title=circle.title, starts_at=starts, rounds=replanning.rounds_of(circle))
    replanning.replan(actor=guide, circle=circle.pk, seen=replanning.plan_of(circle), plan=plan)
    assert Circle.objects.get().starts_at == starts
    assert list(circle.rounds.values_list("pk", flat=True)) == before
