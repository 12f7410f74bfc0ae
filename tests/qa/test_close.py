"""Closing as asked before, opening again; deleting and restoring, with what was earned."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied

from communities.models import Membership
from kmportal.inbox.models import Notice
from qa.actions.accepting import accept
from qa.actions.closing import NarrowerCircle, NotTheSame, close_as_duplicate, delete, reopen, restore
from qa.actions.following import follow
from qa.actions.ground import NoText, QuestionClosed
from qa.actions.marking import mark_useful
from qa.models import Answer, Follow, Question
from rewards.checking import differences
from tests.make import qa as make
from tests.make.points import figures

pytestmark = pytest.mark.django_db


# --- Asked before ----------------------------------------------------------------------------------------------------------------
def test_it_leads_to_the_original_and_followers_go_along(officer: Any, outsider: Any, colleague: Any) -> None:
    original, question = make.ask(outsider), make.ask(officer, "ถามซ้ำ")
    follow(actor=colleague, question=question)
    follow(actor=colleague, question=original)

    close_as_duplicate(actor=officer, question=question, original=original)

    now = make.fresh(question)
    assert (now.status, now.duplicate_of, now.closed_by) == ("closed", original, officer)
    assert make.fresh(original).follower_count == Follow.objects.filter(question=original).count() == 3
    notice = Notice.objects.get(kind="qa.closed")
    assert (notice.recipient, notice.title) == (colleague, "ถามซ้ำ")
    with pytest.raises(QuestionClosed):
        close_as_duplicate(actor=officer, question=question, original=original)


def test_links_do_not_form_chains(officer: Any) -> None:
    first, second, third = (make.ask(officer) for _nth in range(3))
    close_as_duplicate(actor=officer, question=first, original=second)
    with pytest.raises(NotTheSame):
        close_as_duplicate(actor=officer, question=third, original=first)
    with pytest.raises(NotTheSame):
        close_as_duplicate(actor=officer, question=second, original=second)

    close_as_duplicate(actor=officer, question=second, original=third)

    assert (make.fresh(first).duplicate_of, make.fresh(second).duplicate_of, make.fresh(third).status) == (third, third, "open")


@pytest.mark.parametrize(
    ("question", "original", "is_fine"),
    [
        ("public", "network", False), ("network", "public", True), ("network", "agency", False), ("agency", "agency", True),
        ("agency", "network", True), ("agency", "public", True), ("public", "public", True), ("network", "network", True),
    ],
)  # fmt: skip
def test_all_readers_can_go_on(officer: Any, question: str, original: str, is_fine: bool) -> None:
    here, there = make.ask(officer, visibility=question), make.ask(officer, visibility=original)
    if is_fine:
        close_as_duplicate(actor=officer, question=here, original=there)
    else:
        with pytest.raises(NarrowerCircle):
            close_as_duplicate(actor=officer, question=here, original=there)

    assert make.fresh(here).status == ("closed" if is_fine else "open")


def test_another_agencys_circle_is_narrower(officer: Any, outsider: Any, coordinator: Any) -> None:
    coordinator.groups.add(Group.objects.get(name="moderator"))
    here, there = make.ask(officer, visibility="agency"), make.ask(outsider, visibility="agency")

    with pytest.raises(NarrowerCircle):
        close_as_duplicate(actor=coordinator, question=here, original=there)

    assert make.fresh(here).status == "open"


def test_closing_is_the_askers_and_the_moderators(officer: Any, outsider: Any, visitor: Any) -> None:
    question, original, keeper = make.ask(officer, visibility="public"), make.ask(outsider, visibility="public"), make.moderator()
    for other in (outsider, visitor):
        with pytest.raises(PermissionDenied):
            close_as_duplicate(actor=other, question=question, original=original)
    close_as_duplicate(actor=keeper, question=question, original=original)
    with pytest.raises(PermissionDenied):
        reopen(actor=officer, question=question)
    assert make.fresh(question).status == "closed"

    reopen(actor=keeper, question=question)
    reopen(actor=keeper, question=question)

    now = make.fresh(question)
    assert (now.status, now.duplicate_of, now.closed_by) == ("open", None, None)


def test_strangers_close_nothing_and_lead_nowhere(officer: Any, cop_member: Any, community_c: Any) -> None:
    hidden, mine = make.ask(cop_member, visibility="community", community=community_c), make.ask(officer)
    for question, original in ((hidden, mine), (mine, hidden)):
        with pytest.raises(Question.DoesNotExist):
            close_as_duplicate(actor=officer, question=question, original=original)
    with pytest.raises(Question.DoesNotExist):
        reopen(actor=officer, question=hidden)

    assert list(Question.objects.values_list("status", flat=True).distinct().order_by()) == ["open"]


# --- Out of sight ----------------------------------------------------------------------------------------------------------------
def test_what_nobody_builds_on_is_the_authors_to_delete_and_restore(officer: Any, outsider: Any) -> None:
    question = make.ask(officer)

    delete(actor=officer, post=question)

    assert (make.fresh(question).status, make.fresh(question).deleted_by) == ("deleted", officer)
    assert not Question.objects.visible_to(officer).exists()
    assert not Question.objects.deleted_for(outsider).exists()
    with pytest.raises(Question.DoesNotExist):
        delete(actor=officer, post=question)
    with pytest.raises(Question.DoesNotExist):
        restore(actor=outsider, post=question)
    restore(actor=officer, post=question)
    assert make.fresh(question).status == "open"
    with pytest.raises(Question.DoesNotExist):
        restore(actor=officer, post=question)


def test_what_others_build_on_is_not(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    accept(actor=officer, answer=reply)
    before = make.rows()

    with pytest.raises(PermissionDenied):
        delete(actor=officer, post=reply.question)
    with pytest.raises(PermissionDenied):
        delete(actor=outsider, post=reply)
    with pytest.raises(PermissionDenied):
        delete(actor=officer, post=reply)

    assert make.rows() == before
    assert (make.fresh(reply).deleted_at, make.fresh(reply.question).status) == (None, "open")


def test_a_deleted_answer_loses_acceptance_and_points_and_gets_its_marks_again(officer: Any, outsider: Any) -> None:
    reply, keeper = make.answer(make.ask(officer), outsider), make.moderator()
    accept(actor=officer, answer=reply)
    mark_useful(actor=officer, post=reply)
    assert figures(outsider) == {"pending": 25, "reputation": 25}
    with pytest.raises(NoText):
        delete(actor=keeper, post=reply)

    delete(actor=keeper, post=reply, why="ไม่สุภาพ")

    question = make.fresh(reply.question)
    assert (question.accepted, question.answer_count, make.fresh(reply).deleted_why) == (None, 0, "ไม่สุภาพ")
    assert (figures(outsider), figures(officer), differences()) == ({}, {}, [])
    assert not Answer.objects.visible_to(officer).exists()
    with pytest.raises(Answer.DoesNotExist):
        restore(actor=outsider, post=reply)
    restore(actor=keeper, post=reply)
    assert (make.fresh(question).answer_count, make.fresh(reply).deleted_at) == (1, None)
    assert (figures(outsider), differences()) == ({"pending": 10, "reputation": 10}, [])


def test_a_deleted_question_takes_the_askers_points_and_leaves_the_answerers(officer: Any, outsider: Any) -> None:
    reply, keeper = make.answer(make.ask(officer), outsider), make.moderator()
    accept(actor=officer, answer=reply)
    mark_useful(actor=outsider, post=reply.question)
    assert figures(officer) == {"pending": 12, "reputation": 12}

    delete(actor=keeper, post=reply.question, why="ข้อมูลลับ")

    assert (figures(officer), figures(outsider)) == ({}, {"pending": 15, "reputation": 15})
    assert not Answer.objects.visible_to(keeper).exists()
    restore(actor=keeper, post=reply.question)
    assert (figures(officer), figures(outsider)) == ({"pending": 12, "reputation": 12}, {"pending": 15, "reputation": 15})
    assert (make.fresh(reply.question).accepted, differences()) == (reply, [])


def test_a_closed_question_comes_back_closed(officer: Any) -> None:
    question, original = make.ask(officer), make.ask(officer)
    close_as_duplicate(actor=officer, question=question, original=original)

    delete(actor=officer, post=question)
    restore(actor=officer, post=question)

    assert (make.fresh(question).status, make.fresh(question).duplicate_of) == ("closed", original)


def test_comments_go_and_come_back(officer: Any, outsider: Any) -> None:
    said = make.comment(make.ask(officer), outsider)

    with pytest.raises(PermissionDenied):
        delete(actor=officer, post=said)
    delete(actor=outsider, post=said)
    assert make.fresh(said).deleted_by == outsider
    restore(actor=outsider, post=said)

    assert make.fresh(said).deleted_at is None


def test_a_facilitator_moderates_their_community_and_a_moderator_outside_does_not(
    cop_member: Any, officer: Any, community_c: Any
) -> None:
    Membership.objects.create(community=community_c, user=officer, role=Membership.Role.FACILITATOR)
    inside, outside = make.ask(cop_member, visibility="community", community=community_c), make.ask(cop_member)

    with pytest.raises(Question.DoesNotExist):
        delete(actor=make.moderator(), post=inside, why="x")
    with pytest.raises(PermissionDenied):
        delete(actor=officer, post=outside, why="x")
    delete(actor=officer, post=inside, why="ซ้ำ")

    assert (make.fresh(inside).status, make.fresh(outside).status) == ("deleted", "open")
