"""From a report to the end of an appeal: who decides, what it does, who is told, what comes back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kmportal.inbox.models import Notice
from kmportal.moderation.actions.appealing import AppealedBefore, TooLate, appeal, decide_appeal
from kmportal.moderation.actions.deciding import NoSuchOutcome, TakenMeanwhile, decide, take_on
from kmportal.moderation.actions.ground import DecidedMeanwhile, NoReason
from kmportal.moderation.models import Appeal, Case, Decision, StaffAct
from kmportal.people.roles import Role
from qa.actions.accepting import accept
from qa.actions.marking import mark_useful
from qa.models import Answer, Question, Report
from rewards.actions.due import vest_due
from rewards.models import Account, Act, Transfer, Vesting
from tests.make import qa as make
from tests.make.cases import appealed, decided, flagged
from tests.make.people import make_user

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[Any]:
    return {notice.recipient for notice in Notice.objects.filter(kind=kind)}


def balances(person: Any) -> dict[str, int]:
    return Account.objects.filter(owner=person).figures()


def test_all_reports_on_a_post_are_one_case(officer: Any, outsider: Any, colleague: Any) -> None:
    reply, keeper = make.answer(make.ask(officer), outsider, "<p>ให้เล่าเรื่องเดียว</p>"), make.moderator()
    case = flagged(reply, officer)

    assert flagged(reply, colleague, "แบบฟอร์มเก่า", Report.Kind.OUTDATED) == case

    case.refresh_from_db()
    assert (case.state, case.report_count, list(case.about.all()), case.escalated) == ("open", 2, [outsider], False)
    assert {(row.person, row.sort, row.reason) for row in case.reports.all()} == {
        (officer, "flag", "ไม่สุภาพ"), (colleague, "outdated", "แบบฟอร์มเก่า"),
    }  # fmt: skip
    assert told("moderation.opened") == {keeper}
    assert case.evidence["words"] == "ให้เล่าเรื่องเดียว"


def test_hiding_tells_both_and_names_nobody(officer: Any, outsider: Any) -> None:
    reply, keeper = make.answer(make.ask(officer), outsider), make.moderator()
    case = decided(flagged(reply, officer), keeper)

    assert (case.state, case.decision.outcome, case.decision.moderator) == ("decided", "hidden", keeper)
    assert not Answer.objects.visible_to(officer).filter(pk=reply.pk).exists()
    assert (told("moderation.decided"), told("moderation.reported")) == ({outsider}, {officer})
    told_by = Notice.objects.filter(kind__in=["moderation.decided", "moderation.reported"])
    assert (told_by.count(), told_by.exclude(actor=None).count()) == (2, 0)
    assert not Notice.objects.filter(kind="moderation.opened", read_at=None).exists()
    assert list(StaffAct.objects.values_list("act", "actor", "reason")) == [
        ("moderation.decided", keeper.pk, "ขอให้พูดถึงเรื่อง ไม่พูดถึงคน")
    ]


def test_a_granted_appeal_brings_everything_back(officer: Any, outsider: Any, colleague: Any) -> None:
    reply, first, second = make.answer(make.ask(officer), outsider), make.moderator(), make.moderator()
    accept(actor=officer, answer=reply)
    mark_useful(actor=colleague, post=reply)
    before = {person: balances(person) for person in (outsider, officer)}
    assert before[outsider]["pending"] > 0
    case = decided(flagged(reply, officer), first)
    assert balances(outsider)["pending"] == 0

    case = appealed(case, outsider)
    assert told("moderation.appealed") == {second}
    decide_appeal(actor=second, case=case, granted=True, reason="เป็นคำที่ยกมา")

    case.refresh_from_db()
    assert (case.state, case.appeal.granted, case.appeal.decided_by) == ("closed", True, second)
    assert Answer.objects.visible_to(colleague).filter(pk=reply.pk).exists()
    assert Question.objects.get(pk=reply.question_id).accepted_id == reply.pk
    assert {person: balances(person) for person in (outsider, officer)} == before
    assert (told("moderation.appeal"), told("moderation.again")) == ({outsider}, {officer})


def test_an_upheld_appeal_changes_nothing(officer: Any, outsider: Any) -> None:
    reply, first, second = make.answer(make.ask(officer), outsider), make.moderator(), make.moderator()
    case = appealed(decided(flagged(reply, officer), first), outsider)

    decide_appeal(actor=second, case=case, granted=False, reason="อ่านแล้วเห็นตรงกัน")

    assert make.fresh(reply).is_deleted
    with pytest.raises(AppealedBefore):
        appeal(actor=outsider, case=case, words="อีกครั้ง")


def test_who_may_not_decide(officer: Any, outsider: Any, coordinator: Any) -> None:
    keeper, other = make.moderator(), make.moderator()
    reply = make.answer(make.ask(officer), outsider)
    own = flagged(make.answer(make.ask(officer), keeper), officer)
    reported = flagged(reply, keeper)
    appealed_case = appealed(decided(flagged(make.comment(make.ask(officer), outsider), officer), keeper), outsider)
    for actor, case, error in (
        (coordinator, reported, Case.DoesNotExist),
        (outsider, reported, Case.DoesNotExist),
        (keeper, own, Case.DoesNotExist),
        (keeper, reported, PermissionDenied),
    ):
        with pytest.raises(error):
            decide(actor=actor, case=case, outcome="hidden", reason="ลอง")
    with pytest.raises(PermissionDenied):
        decide_appeal(actor=keeper, case=appealed_case, granted=True, reason="ลอง")
    assert Decision.objects.count() == 1
    assert Appeal.objects.get().granted is None
    assert decide_appeal(actor=other, case=appealed_case, granted=False, reason="คงเดิม").decided_by == other


def test_the_only_moderator_leads_to_the_administrators(officer: Any, outsider: Any, admin: Any) -> None:
    keeper, reply = make.moderator(), make.answer(make.ask(officer), outsider)
    assert not Case.objects.handled_by(admin).exists()
    case = decided(flagged(reply, officer), keeper)
    assert not Case.objects.handled_by(admin).exists()

    case = appealed(case, outsider)

    assert (case.escalated, told("moderation.appealed")) == (True, {admin})
    decide_appeal(actor=admin, case=case, granted=True, reason="คืนให้")
    assert not make.fresh(reply).is_deleted


def test_bad_input_changes_nothing(officer: Any, outsider: Any) -> None:
    case, keeper = flagged(make.answer(make.ask(officer), outsider), officer), make.moderator()
    for outcome, reason, ready, error in (
        ("nothing", "เหตุผล", "", NoSuchOutcome), ("hidden", "  ", "", NoReason), ("hidden", "", "agree", NoReason),
    ):  # fmt: skip
        with pytest.raises(error):
            decide(actor=keeper, case=case, outcome=outcome, reason=reason, ready=ready)
    case.refresh_from_db()
    assert (case.state, Decision.objects.count(), StaffAct.objects.count()) == ("open", 0, 0)


def test_twice_is_a_conflict(officer: Any, outsider: Any) -> None:
    case, first, second = flagged(make.answer(make.ask(officer), outsider), officer), make.moderator(), make.moderator()
    decided(case, first, "fine", "ไม่ผิดข้อใด")

    with pytest.raises(DecidedMeanwhile):
        decide(actor=second, case=case, outcome="hidden", reason="ซ่อน")

    assert Decision.objects.get().moderator == first


def test_taking_on_is_for_one(officer: Any, outsider: Any) -> None:
    case, first, second = flagged(make.answer(make.ask(officer), outsider), officer), make.moderator(), make.moderator()
    take_on(actor=first, case=case)

    with pytest.raises(TakenMeanwhile):
        take_on(actor=second, case=case)
    take_on(actor=second, case=case, over=first.pk)

    case.refresh_from_db()
    assert case.assigned_to == second


def test_no_appeal_after_a_fortnight_nor_against_nothing(officer: Any, outsider: Any) -> None:
    keeper, reply = make.moderator(), make.answer(make.ask(officer), outsider)
    fine = decided(flagged(reply, officer), keeper, "fine", "ไม่ผิดข้อใด")
    with pytest.raises(PermissionDenied):
        appeal(actor=outsider, case=fine, words="ขอให้ดูอีกครั้ง")
    late = decided(flagged(make.comment(reply, outsider), officer), keeper)
    Decision.objects.filter(case=late).update(at=timezone.now() - timedelta(days=15))
    with pytest.raises(TooLate):
        appeal(actor=outsider, case=late, words="ขอให้ดูอีกครั้ง")
    with pytest.raises(Case.DoesNotExist):
        appeal(actor=keeper, case=late, words="ไม่ใช่ของตัวเอง")
    assert Appeal.objects.count() == 0


def test_reported_again_after_a_decision_is_the_next_round(officer: Any, outsider: Any, colleague: Any) -> None:
    keeper, reply = make.moderator(), make.answer(make.ask(officer), outsider)
    first = decided(flagged(reply, officer), keeper, "fine", "ไม่ผิดข้อใด")

    again = flagged(reply, colleague)

    assert (again.round, again.key, again.report_count) == (2, first.key, 1)


def test_flagged_points_wait(officer: Any, outsider: Any) -> None:
    keeper, reply = make.moderator(), make.answer(make.ask(officer), outsider)
    other = make.answer(make.ask(officer), outsider)
    for one in (reply, other):
        accept(actor=officer, answer=one)
    flagged(other, officer, "แบบฟอร์มเก่า", Report.Kind.OUTDATED)
    case = flagged(reply, officer)
    later = timezone.now() + timedelta(days=30)

    vest_due(at=later)
    left = set(Vesting.objects.values_list("issue__cause_id", flat=True))
    decided(case, keeper, "fine", "ไม่ผิดข้อใด")
    vest_due(at=later)

    assert (left, Vesting.objects.count()) == ({reply.pk}, 0)
    assert Transfer.objects.filter(act=Act.VEST).count() == 4


def test_what_is_hidden_from_somebody_is_no_case_for_them(officer: Any, cop_member: Any, community_c: Any, admin: Any) -> None:
    """The canary: a case in a hidden community changes no list, count, notice or line of the book of others."""
    keeper = make.moderator()
    chair = make_user("chair@agency-b.example", given="ประธาน")
    member = make_user("member@agency-b.example", given="สมาชิก")
    community_c.memberships.create(user=chair, role="facilitator")
    community_c.memberships.create(user=member)
    hidden = make.ask(cop_member, "คำถามลับนกขมิ้น", visibility="community", community=community_c)

    case = decided(flagged(hidden, member), chair)
    case = appealed(case, cop_member)

    assert case.escalated
    for person in (keeper, admin, officer):
        assert Case.objects.handled_by(person).count() == 0
        assert Case.objects.concerning(person).count() == 0
        assert StaffAct.objects.visible_to(person).count() == 0
        assert Notice.objects.filter(recipient=person).count() == 0
    assert [Case.objects.handled_by(person).count() for person in (chair, member, cop_member)] == [1, 0, 0]
    community_c.memberships.filter(user=cop_member).delete()
    assert Case.objects.about(cop_member).count() == 0
    assert Notice.objects.visible_to(cop_member).count() == 0


def test_roles_come_and_go(officer: Any, outsider: Any) -> None:
    case, keeper = flagged(make.answer(make.ask(officer), outsider), officer), make.moderator()
    assert Case.objects.handled_by(keeper).get() == case
    keeper.groups.filter(name=Role.MODERATOR.value).delete()
    keeper.__dict__.pop("role_names")

    with pytest.raises(Case.DoesNotExist):
        decide(actor=keeper, case=case, outcome="hidden", reason="ซ่อน")
