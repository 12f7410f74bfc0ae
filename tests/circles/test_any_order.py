"""Any order of verbs by anybody keeps what must hold: one round runs, numbers grow, nothing held back shows anywhere before its reveal."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.circles.actions import joining, moving, speaking, turns, voting, withdrawing
from communities.circles.models import Ballot, Circle, Round, Said, Turn
from communities.circles.presenting import record_of
from communities.talk import gates
from communities.talk.actions.ground import TalkError
from communities.talk.models import Channel, Event, Message
from kmportal.people.models import User
from tests.make import circles as make

pytestmark = pytest.mark.django_db
VERBS = ("say", "say", "start", "advance", "advance", "reveal", "wrap_up", "close", "join", "leave", "listen", "raise", "call", "time",
         "vote", "withdraw", "change")  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 2), st.integers(0, 3)), min_size=4, max_size=14)


def _acts(circle: Circle, channel: Channel, who: User, seen: int) -> dict[str, Callable[[], Any]]:
    place: dict[str, Any] = {"actor": who, "circle": circle.pk}
    last = Message.objects.filter(author=who).order_by("-pk").first()
    choice = circle.rounds.get(number=3).choices.first()
    promise = gates.composer(who, channel).promise
    agreed: dict[str, Any] = {"agreed": 1, "reach": circle.reach}
    return {
        "say": lambda: make.say(who, channel, "ความลับของรอบ", promise=promise),
        "start": lambda: moving.start(**place), "advance": lambda: moving.advance(**place, seen=seen),
        "reveal": lambda: moving.reveal(**place, seen=seen), "wrap_up": lambda: moving.wrap_up(**place, seen=seen),
        "close": lambda: moving.close(**place), "join": lambda: joining.join(**place, **agreed),
        "listen": lambda: joining.join(**place, **agreed, listen=True), "leave": lambda: joining.leave(**place),
        "raise": lambda: turns.raise_hand(**place, seen=seen), "call": lambda: turns.call(**place, seen=seen),
        "time": lambda: moving.add_time(**place, seen=seen, ends=None),
        "vote": lambda: voting.cast(**place, choice=choice.pk) if choice else None,
        "withdraw": lambda: withdrawing.withdraw(actor=who, message=last.pk) if last else None,
        "change": lambda: speaking.change_held(**place, client_id=last.client_id if last else uuid4(), body="<p>แก้ความลับ</p>"),
    }  # fmt: skip


def _holds(circle: Circle, channel: Channel, people: list[User]) -> None:
    current = Circle.objects.get(pk=circle.pk)
    channel.refresh_from_db()
    running = list(Round.objects.filter(circle=circle).running())
    assert [one.number for one in running] == ([current.round_number] if current.state == "running" else [])
    begun = list(Round.objects.filter(circle=circle, started_at__isnull=False).values_list("number", flat=True))
    assert begun == list(range(1, current.round_number + 1))
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, channel.last_seq + 1))
    held = Message.objects.filter(seq=None)
    assert all(one.said.round in running and one.said.round.holds_back for one in held.select_related("said__round"))
    assert not Event.objects.filter(message__in=held).exists()
    for reader in people:
        assert not Message.objects.visible_to(reader).filter(seq=None).exclude(author=reader).exists()
        assert not Said.objects.visible_to(reader).filter(message__seq=None).exclude(message__author=reader).exists()
        assert not any(line.message.seq is None for chapter in record_of(reader, current) for line in chapter.lines)
    nameless = Message.objects.filter(said__round__anonymous=True, said__round__number=1)
    assert not nameless.filter(seq__isnull=False, created_at__lt=current.created_at).exists()
    assert not nameless.filter(anonymous=True, author__isnull=False).exists()
    assert Turn.objects.filter(round__circle=circle).speaking().count() <= 1
    assert Ballot.objects.count() <= 3 * len(people)


@given(steps=STEPS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order(channel: Channel, guide: User, malee: User, cop_member: User, steps: list[tuple[str, int, int]]) -> None:
    people = [guide, malee, cop_member]
    with transaction.atomic():
        circle = make.open_circle(guide, channel, "jote", nameless=frozenset({1}))
        make.join(malee, circle)
        for verb, person, seen in steps:
            current = Circle.objects.get(pk=circle.pk)
            act = _acts(circle, channel, people[person], current.round_number if seen else 1)[verb]
            try:
                with transaction.atomic():
                    act()
            except (TalkError, PermissionDenied, Message.DoesNotExist, Said.DoesNotExist):
                pass
            _holds(circle, channel, people)
        transaction.set_rollback(True)
    channel.refresh_from_db()
