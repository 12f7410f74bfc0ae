"""Promises of a circle against those who come by another door: threads, watchers who type, an archived community."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.circles.actions import turns, voting
from communities.circles.actions.speaking import change_held
from communities.circles.models import Ballot, Choice, Part, Round, Turn
from communities.models import Community
from communities.talk import gates
from communities.talk.actions import threads
from communities.talk.models import Channel, Event, Message
from kmportal.people.models import User
from tests.make import circles as make

pytestmark = pytest.mark.django_db


def test_a_promise_holds_in_other_threads_of_the_channel(channel: Channel, guide: User, malee: User) -> None:
    """The form of every thread in the channel shows the promise of the round; words sent with it show under no name."""
    thread = threads.open_thread(actor=malee, channel=channel.pk, title="เรื่องอื่น")
    circle = make.open_circle(guide, channel, nameless=frozenset({2}))
    make.join(malee, circle)
    make.at_round(guide, circle, 2)
    promise = gates.composer(malee, channel).promise
    with pytest.raises(gates.Refused):
        make.say(malee, channel, "ไม่อยากให้รู้ว่าใคร", thread=thread.pk, promise=promise)
    assert not Message.objects.exists()
    # Neither page nor frame of the thread promises what would not be kept.
    assert gates.composer(malee, channel, thread.pk) == gates.Composer()
    # Who writes there without a promise goes on talking under their name.
    assert make.say(malee, channel, "เรื่องอื่นจริง ๆ", thread=thread.pk).author == malee


@pytest.mark.parametrize("listen", [True, False])
def test_who_only_watches_learns_not_who_is_typing(
    channel: Channel, guide: User, malee: User, cop_member: User, listen: bool
) -> None:
    """Typing is hushed by what the first who types is promised: one who may not write must not lift it."""
    circle = make.open_circle(guide, channel, nameless=frozenset({2}))
    make.join(malee, circle)
    if listen:
        make.join(cop_member, circle, listen=True)
    make.at_round(guide, circle, 2)
    form = gates.composer(cop_member, channel)
    assert (form.open, form.promise, form.held or form.nameless) == (False, "", True)


def test_nothing_of_a_circle_is_written_in_an_archived_community(
    channel: Channel, guide: User, malee: User, cop_member: User
) -> None:
    circle = make.open_circle(guide, channel)
    for one in (malee, cop_member):
        make.join(one, circle)
    taker = Part.objects.get(user=cop_member)
    taker.role = Part.Role.NOTE_TAKER
    taker.save()
    now_round = make.at_round(guide, circle, 2)
    held = make.say(malee, channel)
    Community.objects.update(archived_at=timezone.now())
    before = Event.objects.count()
    with pytest.raises(PermissionDenied):
        change_held(actor=malee, circle=circle.pk, client_id=held.client_id, body="<p>อื่น</p>")
    Round.objects.filter(pk=now_round.pk).update(mode="turn")
    with pytest.raises(PermissionDenied):
        turns.raise_hand(actor=malee, circle=circle.pk, seen=2)
    Round.objects.filter(pk=now_round.pk).update(mode="vote")
    with pytest.raises(PermissionDenied):
        voting.offer(actor=cop_member, circle=circle.pk, seen=2, words="อีกข้อ")
    choice = Choice.objects.create(round=now_round, words="ข้อหนึ่ง", position=1)
    with pytest.raises(PermissionDenied):
        voting.cast(actor=malee, circle=circle.pk, choice=choice.pk)
    with pytest.raises(PermissionDenied):
        voting.take_away(actor=cop_member, circle=circle.pk, choice=choice.pk)
    assert (Event.objects.count(), Ballot.objects.count(), Turn.objects.count(), Choice.objects.count()) == (before, 0, 0, 1)
    assert Message.objects.get().text == held.text
