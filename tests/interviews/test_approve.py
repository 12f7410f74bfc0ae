"""Public to the community only with the expert's approval of the very text; changed, it needs a new one; withdrawn, it is gone."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.utils import timezone

from communities.interviews.actions import handing, reminding, sending
from communities.interviews.actions.ground import NotOpen, digest_of, worker
from communities.interviews.models import Interview
from communities.models import Community
from kmportal.inbox.models import Notice
from kmportal.people.models import User
from kmportal.retrieval import engine, readers
from tests.make.interviews import answered, approved, by_link, recorded, sent

pytestmark = pytest.mark.django_db


def test_handed_over_then_approved(asker: User, interview: Interview, cop_member: User) -> None:
    hand = sent(asker, interview)
    with pytest.raises(sending.NothingAnswered):
        handing.hand_over(actor=hand)
    answered(hand)
    handing.hand_over(actor=hand)
    handing.hand_over(actor=hand)
    read = digest_of(interview)
    handing.approve(actor=hand, read=read)
    handing.approve(actor=hand, read=read)
    interview.refresh_from_db()
    assert (interview.state, interview.digest) == ("approved", read)
    assert Interview.objects.visible_to(cop_member).get() == interview
    kinds = Notice.objects.filter(recipient=asker).values_list("kind", flat=True)
    assert sorted(kinds) == ["interviews.approved", "interviews.handed_over"]


def test_an_edit_between_reading_and_approving_is_not_approved(asker: User, interview: Interview, cop_member: User) -> None:
    hand = sent(asker, interview)
    answered(hand)
    read = digest_of(interview)
    answered(worker(user=asker, interview=interview.pk), "อีกอย่าง")
    with pytest.raises(handing.WrittenAnew):
        handing.approve(actor=hand, read=read)
    assert not Interview.objects.visible_to(cop_member).exists()


def test_nobody_approves_for_the_expert(asker: User, interview: Interview) -> None:
    hand = worker(user=asker, interview=interview.pk)
    answered(hand)
    sending.ask_approval(actor=hand)
    for verb in (handing.hand_over, handing.withdraw):
        with pytest.raises(PermissionDenied):
            verb(actor=hand)
    with pytest.raises(PermissionDenied):
        handing.approve(actor=hand, read=digest_of(interview))
    interview.refresh_from_db()
    assert interview.state == "handed_over"
    handing.approve(actor=by_link(interview), read=digest_of(interview))


def test_opened_again_it_is_out_of_sight_until_approved_anew(
    asker: User, cop_member: User, outsider: User, community_c: Community
) -> None:
    made = approved(asker, community_c, "ระดับน้ำคานารี")
    reader = readers.of(cop_member)
    assert [hit.title for hit in engine.find("คานารี", reader, kinds=("interview",)).hits] == [made.title]
    assert not engine.find("คานารี", readers.of(outsider), kinds=("interview",)).hits
    handing.reopen(actor=worker(user=asker, interview=made.pk))
    assert not Interview.objects.visible_to(cop_member).exists()
    assert not engine.find("คานารี", reader, kinds=("interview",)).hits
    answered(worker(user=asker, interview=made.pk), "แก้แล้ว")
    handing.approve(actor=by_link(made), read=digest_of(made))
    assert Interview.objects.visible_to(cop_member).exists()


def test_withdrawn_is_deleted(
    asker: User, cop_member: User, community_c: Community, django_capture_on_commit_callbacks: Any
) -> None:
    made = approved(asker, community_c)
    handing.reopen(actor=worker(user=asker, interview=made.pk))
    kept = recorded(asker, made)
    with django_capture_on_commit_callbacks(execute=True):
        handing.withdraw(actor=by_link(made))
    made.refresh_from_db()
    assert (made.state, made.recordings.count(), made.questions.exclude(answer="").count()) == ("withdrawn", 0, 0)
    assert not kept.file.storage.exists(str(kept.file.name))
    assert not Interview.objects.visible_to(cop_member).exists()
    with pytest.raises(NotOpen):
        answered(worker(user=asker, interview=made.pk))
    assert Notice.objects.filter(recipient=asker, kind="interviews.withdrawn").exists()


def test_called_off_by_who_asks_before_the_approval_only(asker: User, interview: Interview, community_c: Community) -> None:
    handing.drop(actor=worker(user=asker, interview=interview.pk))
    interview.refresh_from_db()
    assert interview.state == "withdrawn"
    made = approved(asker, community_c)
    with pytest.raises(NotOpen):
        handing.drop(actor=worker(user=asker, interview=made.pk))


def test_an_archived_community_is_not_written_in(asker: User, interview: Interview) -> None:
    hand = sent(asker, interview)
    answered(hand)
    Community.objects.filter(pk=interview.community_id).update(archived_at=timezone.now())
    with pytest.raises(NotOpen):
        handing.approve(actor=hand, read=digest_of(interview))


def test_reminded_once_a_week_before_and_once_on_the_day(
    asker: User, interview: Interview, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    sent(asker, interview)
    today = timezone.localdate()
    row = Interview.objects.filter(pk=interview.pk)
    for due, days_ago, mails in ((8, 9, 0), (7, 0, 0), (7, 9, 1), (3, 9, 0), (0, 9, 1), (-3, 9, 0)):
        row.update(due_on=today + timedelta(days=due), sent_at=timezone.now() - timedelta(days=days_ago))
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            reminding.remind()
            reminding.remind()
        assert len(mailoutbox) == mails, due
