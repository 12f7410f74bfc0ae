"""Several processes at once: "next" moves once, nobody votes more often than they may, a hand is up once."""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from communities.circles.actions import moving, turns, voting
from communities.circles.models import Ballot, Circle, Round, Turn
from communities.talk.actions.ground import TalkError
from communities.talk.models import Channel, Event
from kmportal.people.models import User
from tests.make import circles as make

pytestmark = pytest.mark.django_db(transaction=True)
Job = tuple[int, int, int]


def _together(act: Callable[[Job], str], jobs: list[Job]) -> Counter[str]:
    """Connections do not survive a fork: everyone opens their own."""
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return Counter(pool.map(act, jobs, chunksize=1))


def _next(job: Job) -> str:
    person, circle, seen = job
    return str(moving.advance(actor=User.objects.get(pk=person), circle=circle, seen=seen).round_number)


def _vote(job: Job) -> str:
    person, circle, choice = job
    try:
        voting.cast(actor=User.objects.get(pk=person), circle=circle, choice=choice)
    except TalkError as refused:
        return type(refused).__name__
    return "cast"


def _raise(job: Job) -> str:
    person, circle, seen = job
    return str(turns.raise_hand(actor=User.objects.get(pk=person), circle=circle, seen=seen).position)


def test_next_moves_once(channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel, roles={malee.pk: "facilitator"})
    make.at_round(guide, circle, 1)
    assert _together(_next, [(who.pk, circle.pk, 1) for who in (guide, malee) * 4]) == {"2": 8}
    assert (Circle.objects.get().round_number, Round.objects.running().get().number) == (2, 2)
    assert Event.objects.filter(data__what="round").count() == 2
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, Event.objects.count() + 1))


def test_votes_and_hands(channel: Channel, guide: User, malee: User) -> None:
    circle = make.open_circle(guide, channel)
    make.join(malee, circle)
    make.at_round(guide, circle, 5)
    assert _together(_raise, [(malee.pk, circle.pk, 5)] * 6) == {"1": 6}
    assert Turn.objects.count() == 1
    make.at_round(guide, circle, 6)
    offered = [voting.offer(actor=guide, circle=circle.pk, seen=6, words=f"ข้อ {n}")[0] for n in range(6)]
    said: Any = _together(_vote, [(malee.pk, circle.pk, one.pk) for one in offered])
    assert said == {"cast": 3, "NoVotesLeft": 3}
    assert sorted(Ballot.objects.values_list("slot", flat=True)) == [1, 2, 3]
