"""Useful and works for me: once each, never for one's own, taken back with what it brought."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from kmportal.inbox.models import Notice
from qa.actions.marking import mark_useful, take_back_useful, take_back_works_for_me, works_for_me
from qa.models import Answer, Question, Useful, WorksForMe
from rewards.checking import differences
from rewards.models import Transfer
from tests.make import qa as make
from tests.make.points import figures

pytestmark = pytest.mark.django_db


def test_it_counts_pays_and_is_told_without_a_name_and_without_mail(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)

    assert mark_useful(actor=officer, post=reply)

    assert (make.fresh(reply).useful_count, figures(outsider)) == (1, {"pending": 10, "reputation": 10})
    notice = Notice.objects.get(kind="qa.useful")
    assert (notice.recipient, notice.actor, notice.mail, notice.in_inbox) == (outsider, None, "none", True)
    assert differences() == []


def test_twice_is_once_and_taking_back_takes_only_ones_own(officer: Any, outsider: Any, agency_coordinator: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    mark_useful(actor=officer, post=reply)
    assert not mark_useful(actor=officer, post=reply)
    mark_useful(actor=agency_coordinator, post=reply)
    assert figures(outsider) == {"pending": 20, "reputation": 20}

    assert take_back_useful(actor=officer, post=reply)
    assert not take_back_useful(actor=officer, post=reply)

    assert (make.fresh(reply).useful_count, Useful.objects.get().person) == (1, agency_coordinator)
    assert (figures(outsider), differences()) == ({"pending": 10, "reputation": 10}, [])
    assert Notice.objects.filter(kind="qa.useful").count() == 1
    mark_useful(actor=officer, post=reply)
    assert figures(outsider) == {"pending": 20, "reputation": 20}


def test_a_question_can_be_useful_too(officer: Any, outsider: Any) -> None:
    question = make.ask(officer)

    mark_useful(actor=outsider, post=question)

    assert (make.fresh(question).useful_count, figures(officer)) == (1, {"pending": 10, "reputation": 10})


def test_nothing_from_what_has_no_name(officer: Any, outsider: Any) -> None:
    question = make.ask(officer, anonymous=True)
    own = make.answer(question, officer)

    for post in (question, own):
        assert mark_useful(actor=outsider, post=post)
        assert make.fresh(post).useful_count == 1

    assert Transfer.objects.count() == 0


def test_one_person_pays_another_three_times_a_day(officer: Any, outsider: Any) -> None:
    for _nth in range(5):
        mark_useful(actor=officer, post=make.answer(make.ask(officer), outsider))

    assert figures(outsider) == {"pending": 30, "reputation": 30}


@pytest.mark.parametrize("verb", [mark_useful, lambda actor, post: works_for_me(actor=actor, answer=post)])
def test_not_for_ones_own_and_not_for_visitors(verb: Any, officer: Any, outsider: Any, visitor: Any) -> None:
    reply = make.answer(make.ask(officer, visibility="public"), outsider)
    before = make.rows()

    for other in (outsider, visitor):
        with pytest.raises(PermissionDenied):
            verb(actor=other, post=reply)

    assert make.rows() == before
    assert (make.fresh(reply).useful_count, make.fresh(reply).works_count) == (0, 0)


def test_strangers_and_missing(officer: Any, cop_member: Any, community_c: Any) -> None:
    question = make.ask(cop_member, visibility="community", community=community_c)
    reply = make.answer(question, cop_member)

    for verb in (mark_useful, take_back_useful):
        with pytest.raises(Answer.DoesNotExist):
            verb(actor=officer, post=reply)
        with pytest.raises(Question.DoesNotExist):
            verb(actor=officer, post=question)
    for step in (works_for_me, take_back_works_for_me):
        with pytest.raises(Answer.DoesNotExist):
            step(actor=officer, answer=reply)

    assert (Useful.objects.count(), WorksForMe.objects.count()) == (0, 0)


def test_it_works_for_me_counts_once_and_pays_nothing(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)

    assert [works_for_me(actor=officer, answer=reply) for _nth in (1, 2)] == [True, False]
    assert make.fresh(reply).works_count == 1
    assert [take_back_works_for_me(actor=officer, answer=reply) for _nth in (1, 2)] == [True, False]

    assert (make.fresh(reply).works_count, Transfer.objects.count()) == (0, 0)
