"""The verbs of channels, one by one: works, stranger, wrong role, bad input, missing, repeated."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities.models import Community, Membership
from communities.talk import permissions
from communities.talk.actions import changing, channels, clearing, marking, places, reporting, threads
from communities.talk.actions.saying import File
from communities.talk.models import Attachment, Channel, Event, Message, Place, Reaction, Thread, Version
from communities.talk.presenting import stream
from kmportal.inbox.models import Notice
from kmportal.moderation.models import Case
from kmportal.people.models import Person, User
from tests.talk.test_pages import said

pytestmark = pytest.mark.django_db
INSIGHT = Reaction.Kind.INSIGHT


@pytest.fixture
def leader(community_c: Community, agency_coordinator: User) -> User:
    Membership.objects.create(community=community_c, user=agency_coordinator, role=Membership.Role.FACILITATOR)
    return agency_coordinator


@pytest.fixture
def friend(community_c: Community, colleague: User) -> User:
    Membership.objects.create(community=community_c, user=colleague)
    return colleague


@pytest.fixture
def speaker(community_c: Community, outsider: User) -> User:
    Membership.objects.create(community=community_c, user=outsider)
    return outsider


def named(name: str) -> channels.Named:
    return channels.Named(name=name)


def test_facilitators_open_channels(community_c: Community, channel: Channel, leader: User, friend: User, officer: User) -> None:
    made = channels.open_channel(actor=leader, community=community_c, named=named("  เครื่องมือ  "))
    assert (made.name, made.position, made.last_seq) == ("เครื่องมือ", 1, 1)
    for other in (friend, officer):
        with pytest.raises(PermissionDenied):
            channels.open_channel(actor=other, community=community_c, named=named("อีกห้อง"))
    for bad, error in ((" ", channels.NoName), ("เครื่องมือ", channels.NameTaken)):
        with pytest.raises(error):
            channels.open_channel(actor=leader, community=community_c, named=named(bad))
    assert Channel.objects.filter(community=community_c).count() == 2


def test_channels_are_named_ordered_and_closed(
    community_c: Community, channel: Channel, leader: User, friend: User, officer: User
) -> None:
    other = channels.open_channel(actor=leader, community=community_c, named=named("ห้องสอง"))
    channels.order_channels(actor=leader, community=community_c, keys=[other.pk, 999, other.pk])
    assert list(Channel.objects.filter(community=community_c).values_list("pk", flat=True)) == [other.pk, channel.pk]
    channels.change_channel(actor=leader, channel=other.pk, named=named("ห้องใหม่"))
    assert not channels.close_channel(actor=leader, channel=other.pk).is_open
    assert channels.close_channel(actor=leader, channel=other.pk).last_seq == 3
    with pytest.raises(PermissionDenied):
        channels.reopen_channel(actor=friend, channel=other.pk)
    with pytest.raises(Channel.DoesNotExist):
        channels.reopen_channel(actor=officer, channel=other.pk)
    assert channels.reopen_channel(actor=leader, channel=other.pk).is_open


def test_authors_change_their_words_and_the_old_ones_stay(channel: Channel, friend: User, leader: User, officer: User) -> None:
    message = said(friend, channel, "ครั้งแรก")
    changing.edit(actor=friend, message=message, body="<p>แก้แล้ว</p>")
    changing.edit(actor=friend, message=message, body="<p>แก้แล้ว</p>")
    message.refresh_from_db()
    assert (message.text, message.edited_at is not None) == ("แก้แล้ว", True)
    assert list(Version.objects.values_list("number", "text")) == [(1, "ครั้งแรก")]
    assert list(Event.objects.values_list("kind", flat=True)) == ["said", "changed"]
    with pytest.raises(PermissionDenied):
        changing.edit(actor=leader, message=message, body="<p>แทนกัน</p>")
    with pytest.raises(Message.DoesNotExist):
        changing.edit(actor=officer, message=message, body="<p>แทนกัน</p>")
    assert Version.objects.count() == 1


def test_authors_delete_and_take_it_back_for_a_while(channel: Channel, friend: User) -> None:
    message = said(friend, channel)
    changing.take_out(actor=friend, message=message)
    with pytest.raises(PermissionDenied):
        changing.take_out(actor=friend, message=message)
    assert not changing.restore(actor=friend, message=message).is_deleted
    changing.take_out(actor=friend, message=message)
    Message.objects.update(deleted_at=timezone.now() - permissions.UNDO_WITHIN)
    with pytest.raises(PermissionDenied):
        changing.restore(actor=friend, message=message)


def test_a_withdrawn_message_does_not_come_back(channel: Channel, friend: User, leader: User) -> None:
    """Its words are gone: an empty line would come back."""
    message = said(friend, channel)
    changing.take_out(actor=friend, message=message)
    Message.objects.update(body="", text="")
    message.refresh_from_db()
    for actor in (friend, leader):
        with pytest.raises(PermissionDenied):
            changing.restore(actor=actor, message=message)
        assert not stream.mine_of(stream.reader_of(actor, channel), message).may_restore
    assert Message.objects.get().is_deleted


def test_files_leave_the_storage_when_nobody_can_restore_them(
    channel: Channel, friend: User, leader: User, django_capture_on_commit_callbacks: Any
) -> None:
    mine, theirs = (said(friend, channel, files=(File("แผน.txt", "0" * 64, b"plan"),)) for _each in range(2))
    changing.take_out(actor=friend, message=mine)
    changing.take_out(actor=leader, message=theirs, why="ผิดห้อง")
    kept = {one.message_id: one.file for one in Attachment.objects.all()}

    def cleared_after(wait: timedelta) -> set[int]:
        Message.objects.update(deleted_at=timezone.now() - wait)
        with django_capture_on_commit_callbacks(execute=True):
            clearing.clear_taken_out()
        left = set(Attachment.objects.values_list("message", flat=True))
        assert {key for key, file in kept.items() if file.storage.exists(str(file.name))} == left
        return left

    assert cleared_after(timedelta(minutes=9)) == {mine.pk, theirs.pk}
    assert cleared_after(permissions.UNDO_WITHIN) == {theirs.pk}
    assert cleared_after(permissions.RESTORE_WITHIN) == set()
    with pytest.raises(PermissionDenied):
        changing.restore(actor=leader, message=theirs)


def test_facilitators_delete_with_a_reason_that_the_author_reads(
    channel: Channel, friend: User, speaker: User, leader: User
) -> None:
    message = said(friend, channel)
    with pytest.raises(changing.NoReason):
        changing.take_out(actor=leader, message=message, why=" ")
    with pytest.raises(PermissionDenied):
        changing.take_out(actor=speaker, message=message, why="ไม่ชอบ")
    changing.take_out(actor=leader, message=message, why="มีข้อมูลส่วนบุคคล")
    assert Notice.objects.get(kind="talk.taken_away").recipient == friend
    with pytest.raises(PermissionDenied):
        changing.restore(actor=friend, message=message)
    assert not changing.restore(actor=leader, message=message).is_deleted


def test_one_word_of_one_press_each_and_none_for_oneself(channel: Channel, friend: User, speaker: User, officer: User) -> None:
    message = said(friend, channel)
    assert [marking.react(actor=speaker, message=message, kind=INSIGHT, on=True) for _twice in range(2)] == [True, False]
    with pytest.raises(PermissionDenied):
        marking.react(actor=friend, message=message, kind=INSIGHT, on=True)
    with pytest.raises(Message.DoesNotExist):
        marking.react(actor=officer, message=message, kind=INSIGHT, on=True)
    assert Reaction.objects.count() == 1
    assert marking.react(actor=speaker, message=message, kind=INSIGHT, on=False)
    assert Reaction.objects.count() == 0


def test_facilitators_pin(channel: Channel, friend: User, leader: User) -> None:
    message = said(friend, channel)
    with pytest.raises(PermissionDenied):
        marking.pin(actor=friend, message=message, on=True)
    assert [marking.pin(actor=leader, message=message, on=True) for _twice in range(2)] == [True, False]
    assert Message.objects.pinned_in(channel).count() == 1


def test_a_thread_from_its_title_to_its_conclusion(
    channel: Channel, friend: User, speaker: User, leader: User, officer: User
) -> None:
    message = said(speaker, channel)
    thread = threads.open_thread(actor=friend, channel=channel.pk, title=" หนังสือตอบ ", first=message.pk)
    message.refresh_from_db()
    assert (thread.title, thread.message_count, message.thread) == ("หนังสือตอบ", 1, thread)
    with pytest.raises(threads.InThreadAlready):
        threads.open_thread(actor=friend, channel=channel.pk, title="อีกเรื่อง", first=message.pk)
    with pytest.raises(threads.NoTitle):
        threads.open_thread(actor=friend, channel=channel.pk, title=" ")
    with pytest.raises(PermissionDenied):
        threads.resolve(actor=speaker, thread=thread, conclusion="<p>จบ</p>")
    with pytest.raises(threads.NoConclusion):
        threads.resolve(actor=leader, thread=thread, conclusion="<p> </p>")
    with pytest.raises(Thread.DoesNotExist):
        threads.resolve(actor=officer, thread=thread, conclusion="<p>จบ</p>")
    assert Thread.objects.get().resolved_at is None
    assert threads.resolve(actor=leader, thread=thread, conclusion="<p>บอกวันที่จะแจ้งกลับ</p>").is_resolved
    assert Notice.objects.get(kind="talk.resolved").recipient == friend
    assert not threads.reopen(actor=speaker, thread=thread).is_resolved


def test_the_place_moves_forward_only(channel: Channel, friend: User, speaker: User, officer: User) -> None:
    for _number in range(3):
        said(speaker, channel)
    for seq in (2, 1, 99):
        places.read_to(actor=friend, channel=channel.pk, seq=seq)
    assert Place.objects.get(user=friend).read_seq == 3
    with pytest.raises(Channel.DoesNotExist):
        places.read_to(actor=officer, channel=channel.pk, seq=1)


def test_who_is_named_hears_of_it_unless_the_channel_is_mute(
    channel: Channel, friend: User, speaker: User, officer: User
) -> None:
    links = "".join(
        f'<a href="{Person.objects.get(user=user).get_absolute_url()}">@ชื่อ</a> ' for user in (friend, officer, speaker)
    )
    said(speaker, channel, links)
    assert list(Notice.objects.filter(kind="talk.mentioned").values_list("recipient", flat=True)) == [friend.pk]
    places.set_level(actor=friend, channel=channel.pk, level=Place.Level.MUTE)
    said(speaker, channel, links)
    assert Notice.objects.filter(kind="talk.mentioned").count() == 1


def test_whoever_wants_every_message_gets_one_line_until_it_is_read(channel: Channel, friend: User, speaker: User) -> None:
    places.set_level(actor=friend, channel=channel.pk, level=Place.Level.ALL)
    for _number in range(3):
        said(speaker, channel)
    assert Notice.objects.filter(kind="talk.said").count() == 1
    places.read_to(actor=friend, channel=channel.pk, seq=3)
    assert Notice.objects.get(kind="talk.said").read_at is not None
    said(speaker, channel)
    assert Notice.objects.filter(kind="talk.said", read_at=None).count() == 1


def test_a_report_opens_one_case_and_hiding_takes_the_words(channel: Channel, friend: User, speaker: User, leader: User) -> None:
    message = said(friend, channel)
    with pytest.raises(PermissionDenied):
        reporting.report(actor=friend, message=message, reason="ของตัวเอง")
    with pytest.raises(reporting.NoReason):
        reporting.report(actor=speaker, message=message, reason=" ")
    assert {reporting.report(actor=speaker, message=message, reason="มีเลขบัตร") for _twice in range(2)} == {Case.objects.get()}
    hidden: dict[str, Any] = reporting.hide(actor=leader, message=message, why="เลขบัตร")
    assert Message.objects.get().is_deleted
    reporting.show_again(actor=leader, message=message, hidden=hidden)
    assert not Message.objects.get().is_deleted
