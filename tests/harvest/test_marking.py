"""Marking what is worth keeping, and confirming it."""

import pytest
from django.core.exceptions import PermissionDenied

from communities.harvest.actions.marking import UnknownField, mark, unmark
from communities.harvest.models import Mark
from communities.models import Membership
from communities.talk.models import Event, Message
from kmportal.people.models import User

pytestmark = pytest.mark.django_db


def test_a_members_mark_waits_for_the_note_taker(teller: User, note_taker: User, told: list[Message]) -> None:
    made = mark(actor=teller, message=told[0], field="what_happened")
    assert not made.is_confirmed
    assert not Mark.objects.in_basket().exists()

    again = mark(actor=note_taker, message=told[0], field="what_happened")

    assert (again.pk, again.by, again.confirmed_by) == (made.pk, teller, note_taker)
    assert list(Mark.objects.in_basket()) == [made]


def test_it_is_told_to_the_channel_once(note_taker: User, told: list[Message]) -> None:
    for _ in range(2):
        mark(actor=note_taker, message=told[0], field="why")
    assert list(Event.objects.filter(kind="changed").values_list("message", flat=True)) == [told[0].pk]
    assert Mark.objects.count() == 1


def test_strangers_find_no_message(told: list[Message], outsider: User, coordinator: User) -> None:
    for stranger in (outsider, coordinator):
        with pytest.raises(Exception, match="matching query does not exist"):
            mark(actor=stranger, message=told[0], field="why")
    assert Mark.objects.count() == 0


def test_held_back_messages_are_not_marked(note_taker: User, told: list[Message]) -> None:
    Message.objects.filter(pk=told[0].pk).update(seq=None)
    with pytest.raises(Message.DoesNotExist):
        mark(actor=note_taker, message=told[0], field="why")
    assert Mark.objects.count() == 0


def test_an_unknown_field(note_taker: User, told: list[Message]) -> None:
    with pytest.raises(UnknownField):
        mark(actor=note_taker, message=told[0], field="title")
    assert Mark.objects.count() == 0


def test_ones_own_mark_goes_until_it_is_confirmed(teller: User, note_taker: User, told: list[Message]) -> None:
    mine = mark(actor=teller, message=told[0], field="why")
    unmark(actor=teller, mark=mine)
    assert Mark.objects.count() == 0

    mine = mark(actor=teller, message=told[0], field="why")
    mark(actor=note_taker, message=told[0], field="why")
    with pytest.raises(PermissionDenied):
        unmark(actor=teller, mark=mine)
    assert Mark.objects.count() == 1

    unmark(actor=note_taker, mark=mine)
    unmark(actor=note_taker, mark=mine)
    assert Mark.objects.count() == 0


def test_who_left_the_space_marks_no_more(teller: User, told: list[Message]) -> None:
    Membership.objects.filter(user=teller).delete()
    with pytest.raises(Exception, match="matching query does not exist"):
        mark(actor=teller, message=told[0], field="why")
    assert Mark.objects.count() == 0
