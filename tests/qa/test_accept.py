"""Accepting, changing, un-accepting: points of two people move, and go back exactly."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from kmportal.inbox.models import Notice
from qa.actions.accepting import accept, unaccept
from qa.actions.closing import close_as_duplicate
from qa.actions.ground import QuestionClosed
from qa.models import Answer, Question
from rewards.checking import differences
from rewards.models import Transfer
from tests.make import qa as make
from tests.make.points import figures

pytestmark = pytest.mark.django_db
ANSWERER, ASKER = {"pending": 15, "reputation": 15}, {"pending": 2, "reputation": 2}


def test_both_are_paid_and_the_answerer_is_told(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer, "ถามแล้วได้ผล"), outsider)

    assert accept(actor=officer, answer=reply)

    question = make.fresh(reply.question)
    assert (question.accepted, question.accepted_at) == (reply, question.last_activity)
    assert (figures(outsider), figures(officer)) == (ANSWERER, ASKER)
    given = Transfer.objects.get(owner=outsider)
    assert (given.label, given.payer, given.cause_id) == ("ถามแล้วได้ผล", officer, reply.pk)
    notice = Notice.objects.get(kind="qa.accepted")
    assert (notice.recipient, notice.actor, notice.title) == (outsider, officer, "ถามแล้วได้ผล")
    assert differences() == []


def test_twice_is_once(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    accept(actor=officer, answer=reply)
    before = make.rows()

    assert not accept(actor=officer, answer=reply)

    assert make.rows() == before


def test_unaccepting_reverses_exactly_and_again_changes_nothing(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    for nth in (1, 2, 3):
        accept(actor=officer, answer=reply)
        assert (figures(outsider), figures(officer)) == (ANSWERER, ASKER)
        assert unaccept(actor=officer, question=reply.question)
        assert (figures(outsider), figures(officer), Transfer.objects.count()) == ({}, {}, 4 * nth)
        assert make.fresh(reply.question).accepted is None
        assert Notice.objects.filter(kind="qa.accepted").count() == 0
    assert not unaccept(actor=officer, question=reply.question)

    assert (Transfer.objects.count(), differences()) == (12, [])


def test_another_answer_takes_its_place(officer: Any, outsider: Any, coordinator: Any) -> None:
    question = make.ask(officer)
    first, second = make.answer(question, outsider), make.answer(question, coordinator)
    accept(actor=officer, answer=first)

    accept(actor=officer, answer=second)

    assert make.fresh(question).accepted == second
    assert (figures(outsider), figures(coordinator), figures(officer)) == ({}, ANSWERER, ASKER)
    assert differences() == []


def test_ones_own_answer_may_be_the_one_and_pays_nothing(officer: Any) -> None:
    reply = make.answer(make.ask(officer), officer)

    assert accept(actor=officer, answer=reply)

    assert (make.fresh(reply.question).accepted, Transfer.objects.count()) == (reply, 0)


def test_nothing_is_paid_below_an_anonymous_question_and_nobody_learns_who_asked(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer, anonymous=True), outsider)

    accept(actor=officer, answer=reply)

    assert (make.fresh(reply.question).accepted, Transfer.objects.count()) == (reply, 0)
    assert Notice.objects.get(kind="qa.accepted").actor is None
    assert unaccept(actor=officer, question=reply.question)
    assert figures(officer) == figures(outsider) == {}


def test_the_own_agency_pays_half(officer: Any, colleague: Any) -> None:
    accept(actor=officer, answer=make.answer(make.ask(officer), colleague))

    assert figures(colleague) == {"pending": 7, "reputation": 15}


def test_only_who_asked(officer: Any, outsider: Any, coordinator: Any, visitor: Any) -> None:
    reply = make.answer(make.ask(officer, visibility="public"), outsider)
    for other in (outsider, coordinator, make.moderator(), visitor):
        with pytest.raises(PermissionDenied):
            accept(actor=other, answer=reply)
    accept(actor=officer, answer=reply)
    before = make.rows()
    for other in (outsider, make.moderator(), visitor):
        with pytest.raises(PermissionDenied):
            unaccept(actor=other, question=reply.question)

    assert (make.rows(), make.fresh(reply.question).accepted) == (before, reply)


def test_strangers_and_missing(officer: Any, cop_member: Any, community_c: Any) -> None:
    hidden = make.answer(make.ask(cop_member, visibility="community", community=community_c), cop_member)
    for actor, reply in ((officer, hidden), (cop_member, Answer(pk=0, question_id=0))):
        with pytest.raises(Answer.DoesNotExist):
            accept(actor=actor, answer=reply)
    with pytest.raises(Question.DoesNotExist):
        unaccept(actor=officer, question=hidden.question)

    assert make.fresh(hidden.question).accepted is None


def test_not_below_a_closed_question(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    close_as_duplicate(actor=officer, question=reply.question, original=make.ask(outsider))

    with pytest.raises(QuestionClosed):
        accept(actor=officer, answer=reply)

    assert Transfer.objects.count() == 0
