"""A hidden question or answer comes back: the bounty stands as before, from points that its giver still has."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from qa.actions import judging
from qa.actions.bounty import give, offer
from qa.models import Bounty
from rewards.checking import differences
from tests.make import points
from tests.make import qa as make
from tests.qa.test_bounty import _end, _told, old, rich

pytestmark = pytest.mark.django_db


def _hidden(post: Any, by: Any) -> tuple[dict[str, Any], Any]:
    since = timezone.now()
    with transaction.atomic():
        return judging.hide(actor=by, post=post, why="ผิดที่"), since


def _shown(post: Any, hidden: tuple[dict[str, Any], Any], by: Any) -> None:
    with transaction.atomic():
        judging.show_again(actor=by, post=make.fresh(post), hidden=hidden[0], since=hidden[1])


def test_it_is_offered_for_the_time_it_had_left(officer: Any, outsider: Any) -> None:
    question, keeper = old(outsider), make.moderator()
    first = offer(actor=rich(officer), question=question, points=150)
    Bounty.objects.update(ends_at=first.ends_at - timedelta(days=3))
    hidden = _hidden(question, keeper)
    assert points.figures(officer) == {"available": 500, "reputation": 50}

    for _again in range(2):
        _shown(question, hidden, keeper)

    now = Bounty.objects.open().get()
    assert (now.giver, now.points, now.started_at, Bounty.objects.count()) == (officer, 150, first.started_at, 2)
    assert timedelta(days=3, hours=23) < now.ends_at - timezone.now() <= timedelta(days=4)
    assert points.figures(officer) == {"available": 350, "reserved": 150, "reputation": 50}
    assert ("qa.bounty_again" in _told(officer), differences()) == (True, [])
    assert _end() == 1


def test_who_has_used_the_points_is_asked_for_none(officer: Any, outsider: Any) -> None:
    question, keeper = old(outsider), make.moderator()
    offer(actor=rich(officer), question=question, points=500)
    hidden = _hidden(question, keeper)
    points.spent(officer, 100)

    _shown(question, hidden, keeper)

    assert (Bounty.objects.open().count(), points.figures(officer)["available"], differences()) == (0, 400, [])
    assert "qa.bounty_again" not in _told(officer)


def test_what_an_answer_won_is_won_again(officer: Any, outsider: Any) -> None:
    question, keeper = old(officer), make.moderator()
    reply = make.answer(question, outsider)
    offer(actor=rich(officer), question=question, points=200)
    give(actor=officer, answer=reply)
    before = points.figures(outsider)
    hidden = _hidden(reply, keeper)
    assert points.figures(officer)["available"] == 500

    for _again in range(2):
        _shown(reply, hidden, keeper)

    assert (points.figures(outsider), points.figures(officer)["available"]) == (before, 300)
    assert (Bounty.objects.get().paid, differences()) == (200, [])
