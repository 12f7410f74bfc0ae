"""What one person has told is approved by nobody else; an archived community changes nothing."""

import pytest
from django.utils import timezone

from communities.interviews.actions import answering, arranging, handing
from communities.interviews.actions.ground import NotOpen, digest_of, worker
from communities.interviews.models import Interview
from communities.models import Community
from kmportal.people.models import User
from tests.make import interviews as make

pytestmark = pytest.mark.django_db


def test_told_by_one_it_is_not_given_to_another_to_approve(asker: User, interview: Interview) -> None:
    hand = make.sent(asker, interview)
    answering.save_answer(actor=hand, number=1, answer="น้ำขุ่นก่อน", revision=0)
    theirs = arranging.Plan(title="คืนที่น้ำมา", name="นายสมัย เกษียณ", email="not.samai@example.go.th")
    with pytest.raises(arranging.ToldBySomebody):
        arranging.change_plan(actor=worker(user=asker, interview=interview.pk), plan=theirs)
    assert Interview.objects.get().expert_email == interview.expert_email


def test_typing_over_what_the_expert_told_does_not_free_the_interview(asker: User, interview: Interview) -> None:
    hand, own = make.sent(asker, interview), worker(user=asker, interview=interview.pk)
    answering.save_answer(actor=hand, number=1, answer="น้ำขุ่นก่อน", revision=0)
    answering.save_answer(actor=own, number=1, answer="น้ำขุ่นก่อนเสมอ", revision=1)
    assert not interview.questions.filter(by_expert=True).exists()
    theirs = arranging.Plan(title="คืนที่น้ำมา", name=interview.expert_name, email="friend.of.asker@example.go.th")
    with pytest.raises(arranging.ToldBySomebody):
        arranging.change_plan(actor=own, plan=theirs)
    read = digest_of(Interview.objects.get())
    renamed = arranging.Plan(title=interview.title, name="นางอื่น ผู้อื่น", email=interview.expert_email, purpose=interview.purpose)
    arranging.change_plan(actor=own, plan=renamed)
    # The name beside the words is part of what is approved.
    with pytest.raises(handing.WrittenAnew):
        handing.approve(actor=hand, read=read)


def test_nothing_is_opened_again_in_an_archived_community(asker: User, interview: Interview) -> None:
    hand = make.sent(asker, interview)
    answering.save_answer(actor=hand, number=1, answer="น้ำขุ่นก่อน", revision=0)
    handing.approve(actor=hand, read=digest_of(interview))
    Community.objects.update(archived_at=timezone.now())
    with pytest.raises(NotOpen):
        handing.reopen(actor=hand)
    assert Interview.objects.get().state == Interview.State.APPROVED
