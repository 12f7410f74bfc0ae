"""Arranged by whoever may harvest; seen by nobody else before the approval."""

import pytest
from django.core.exceptions import PermissionDenied

from communities.circles.actions.methods import load_templates
from communities.circles.models import Template
from communities.interviews.actions import arranging
from communities.interviews.actions.ground import NotOpen, worker
from communities.interviews.models import Interview
from communities.models import Community
from kmportal.people.models import User
from tests.make.interviews import answered, approved, sent

pytestmark = pytest.mark.django_db
PLAN = arranging.Plan(title="คืนที่น้ำมา", name="นายสมัย เกษียณ", email="samai@example.go.th")


def test_a_draft_with_the_questions_of_a_method(asker: User, community_c: Community) -> None:
    load_templates()
    version = Template.objects.get(slug="cdm").current
    assert version is not None
    made = arranging.arrange(actor=asker, community=community_c, plan=PLAN, version=version)
    assert (made.state, made.asker, made.expert, made.link) == ("draft", asker, None, "")
    first = made.questions.first()
    assert first is not None
    assert first.text_th
    assert first.text_en
    assert [one.position for one in made.questions.all()] == list(range(1, made.questions.count() + 1))


def test_members_strangers_and_oneself(asker: User, cop_member: User, outsider: User, community_c: Community) -> None:
    with pytest.raises(PermissionDenied):
        arranging.arrange(actor=cop_member, community=community_c, plan=PLAN)
    with pytest.raises(Community.DoesNotExist):
        arranging.arrange(actor=outsider, community=community_c, plan=PLAN)
    with pytest.raises(arranging.NotOneself):
        arranging.arrange(actor=asker, community=community_c, plan=arranging.Plan(title="x", name="x", email=asker.email))
    with pytest.raises(arranging.NoSuchPerson):
        arranging.arrange(actor=asker, community=community_c, plan=arranging.Plan(title="x"))
    assert not Interview.objects.exists()


def test_an_address_with_an_account_is_that_account(asker: User, outsider: User, community_c: Community) -> None:
    plan = arranging.Plan(title="x", name="ผู้รู้", email=outsider.email.upper())
    made = arranging.arrange(actor=asker, community=community_c, plan=plan)
    assert (made.expert, made.expert_name) == (outsider, "ผู้รู้")


def test_another_address_kills_the_link(asker: User, interview: Interview) -> None:
    sent(asker, interview)
    hand = worker(user=asker, interview=interview.pk)
    arranging.change_plan(actor=hand, plan=arranging.Plan(title="ใหม่", name="คนอื่น", email="other@example.go.th"))
    interview.refresh_from_db()
    assert (interview.title, interview.link) == ("ใหม่", "")


def test_questions_are_ordered_and_answered_ones_stay(asker: User, interview: Interview) -> None:
    hand = worker(user=asker, interview=interview.pk)
    first, second = interview.questions.all()
    asked = [arranging.Asked("ข้อใหม่"), arranging.Asked(second.text_th, pk=second.pk), arranging.Asked(first.text_th, pk=first.pk)]
    arranging.write_questions(actor=hand, questions=asked)
    assert [one.text_th for one in interview.questions.all()] == ["ข้อใหม่", second.text_th, first.text_th]
    answered(hand, number=3)
    for wrong in ([arranging.Asked("อื่น", pk=first.pk)], [arranging.Asked("ข้อใหม่")]):
        with pytest.raises(arranging.AnsweredAlready):
            arranging.write_questions(actor=hand, questions=wrong)
    with pytest.raises(arranging.TooManyQuestions):
        arranging.write_questions(actor=hand, questions=[arranging.Asked("ถาม")] * 31)
    assert interview.questions.count() == 3


def test_who_sees_it(
    asker: User, facilitator: User, cop_member: User, outsider: User, admin: User, interview: Interview, community_c: Community
) -> None:
    seen = [Interview.objects.visible_to(one).count() for one in (asker, facilitator, cop_member, outsider, admin)]
    assert seen == [1, 0, 0, 0, 0]
    approved(asker, community_c)
    seen = [Interview.objects.visible_to(one).count() for one in (asker, facilitator, cop_member, outsider, admin)]
    assert seen == [2, 1, 1, 0, 0]


def test_nothing_changes_after_the_approval(asker: User, community_c: Community) -> None:
    made = approved(asker, community_c)
    with pytest.raises(NotOpen):
        arranging.write_questions(actor=worker(user=asker, interview=made.pk), questions=[])
    with pytest.raises(NotOpen):
        arranging.change_plan(actor=worker(user=asker, interview=made.pk), plan=PLAN)
    assert made.questions.count() == 2
