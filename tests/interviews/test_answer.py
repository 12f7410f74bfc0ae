"""Answered one by one, by the expert from a link or by a note-taker in their name."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.utils import timezone

from communities.interviews.actions import answering, links, sending
from communities.interviews.actions.ground import Hand, WrittenMeanwhile, worker
from communities.interviews.models import Interview, Question
from kmportal.inbox.models import Notice
from kmportal.moderation.models import StaffAct
from kmportal.people.models import User
from tests.make.interviews import answered, secret_of, sent

pytestmark = pytest.mark.django_db


def test_the_link_of_the_mail_opens_it_and_nothing_else_does(
    asker: User, interview: Interview, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sending.send(actor=worker(user=asker, interview=interview.pk))
    (mail,) = mailoutbox
    assert mail.to == ["samai@example.go.th"]
    secret, now = secret_of(mail), timezone.now()
    assert secret not in str(Interview.objects.values())
    found, hand = links.by_link(secret=secret, now=now)
    assert (found, hand.is_expert, hand.user, found.state) == (interview, True, None, "sent")
    for wrong, at in ((secret[:-1] + "!", now), ("x" * 43, now), (secret, now + links.LINK_HOLDS + timedelta(minutes=1))):
        with pytest.raises(Interview.DoesNotExist):
            links.by_link(secret=wrong, now=at)
    links.new_link(interview=interview, at=now)
    with pytest.raises(Interview.DoesNotExist):
        answering.save_answer(actor=hand, number=1, answer="ช้าไป", revision=0)


def test_one_that_ran_out_is_renewed_at_the_known_address(
    interview: Interview, asker: User, mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Any
) -> None:
    sent(asker, interview)
    secret = links.new_link(interview=interview, at=timezone.now() - links.LINK_HOLDS)
    with django_capture_on_commit_callbacks(execute=True):
        sending.renew(secret=secret)
        sending.renew(secret="x" * 43)
    (mail,) = mailoutbox
    assert mail.to == ["samai@example.go.th"]
    assert links.by_link(secret=secret_of(mail), now=timezone.now())[0] == interview


def test_the_expert_answers_comes_back_and_leaves_out(asker: User, interview: Interview) -> None:
    hand = sent(asker, interview)
    answered(hand, "น้ำนิ่ง")
    answering.skip(actor=hand, number=2, revision=0)
    first, second = interview.questions.all()
    assert (first.answer, first.by_expert, first.typed_by, first.revision) == ("น้ำนิ่ง", True, None, 1)
    assert (second.answer, second.skipped) == ("", True)
    interview.refresh_from_db()
    assert interview.state == "answering"
    assert not StaffAct.objects.exists()
    with pytest.raises(Question.DoesNotExist):
        answering.skip(actor=hand, number=9, revision=0)


def test_what_a_note_taker_types_says_so_and_stands_in_the_book(asker: User, interview: Interview) -> None:
    answered(worker(user=asker, interview=interview.pk), "จดจากที่ท่านเล่า")
    answered(worker(user=asker, interview=interview.pk), "จดจากที่ท่านเล่า")
    first = interview.questions.first()
    assert first is not None
    assert (first.typed_by, first.by_expert) == (asker, False)
    interview.refresh_from_db()
    assert interview.state == "draft"
    act = StaffAct.objects.get()
    assert (act.act, act.circle, "จด" in act.label, "น้ำ" in act.label) == (
        "interviews.typed", f"community:{interview.community_id}", False, False,
    )  # fmt: skip


def test_others_type_nothing(asker: User, facilitator: User, cop_member: User, outsider: User, interview: Interview) -> None:
    for stranger in (facilitator, cop_member, outsider):
        with pytest.raises(Interview.DoesNotExist):
            answered(worker(user=stranger, interview=interview.pk))
        with pytest.raises(Interview.DoesNotExist):
            answered(Hand(interview.pk, stranger, is_expert=True))
    with pytest.raises(Interview.DoesNotExist):
        answered(Hand(interview.pk, None, is_expert=True))
    assert not interview.questions.exclude(answer="").exists()


def test_two_at_once_do_not_wipe_out_each_other(asker: User, interview: Interview) -> None:
    hand = sent(asker, interview)
    answered(hand, "ของผู้เชี่ยวชาญ")
    with pytest.raises(WrittenMeanwhile):
        answering.save_answer(actor=worker(user=asker, interview=interview.pk), number=1, answer="ทับ", revision=0)
    assert interview.questions.get(position=1).answer == "ของผู้เชี่ยวชาญ"


def test_a_draft_is_not_told_to_its_expert(asker: User, outsider: User, interview: Interview) -> None:
    Interview.objects.filter(pk=interview.pk).update(expert=outsider)
    with pytest.raises(Interview.DoesNotExist):
        links.own(user=outsider, pk=interview.pk)
    sending.send(actor=worker(user=asker, interview=interview.pk))
    _found, hand = links.own(user=outsider, pk=interview.pk)
    answered(hand)
    assert Notice.objects.get(recipient=outsider).kind == "interviews.asked"
    assert not Interview.objects.visible_to(outsider).exists()
    with pytest.raises(PermissionDenied):
        sending.send(actor=hand)


def test_nothing_is_sent_without_a_question(asker: User, interview: Interview) -> None:
    interview.questions.all().delete()
    with pytest.raises(sending.NothingAsked):
        sending.send(actor=worker(user=asker, interview=interview.pk))
    interview.refresh_from_db()
    assert interview.state == "draft"
