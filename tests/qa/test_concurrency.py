"""Several processes at once: counters are the counts, points are paid once, nobody waits for ever."""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connections

from kmportal.people.models import User
from qa.actions.accepting import accept, unaccept
from qa.actions.answering import answer
from qa.actions.following import follow, unfollow
from qa.actions.ground import QaError
from qa.actions.marking import mark_useful, take_back_useful
from qa.actions.routing import ask_person
from qa.models import Answer, AnswerRequest, Follow, Question, RequestSetting, Useful
from rewards.checking import differences
from rewards.models import Transfer
from tests.make import qa as make
from tests.make.points import figures

pytestmark = pytest.mark.django_db(transaction=True)
PROCESSES = 4
Job = tuple[int, int, int]


def _together(act: Callable[[Job], str], jobs: list[Job]) -> Counter[str]:
    """Connections do not survive a fork: everyone opens their own."""
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        return Counter(pool.map(act, jobs, chunksize=1))


def _useful(job: Job) -> str:
    _number, person, key = job
    return str(mark_useful(actor=User.objects.get(pk=person), post=Answer.objects.get(pk=key)))


def _there_and_back(job: Job) -> str:
    number, person, key = job
    verb = take_back_useful if number % 2 else mark_useful
    return str(verb(actor=User.objects.get(pk=person), post=Answer.objects.get(pk=key)))


def _choose(job: Job) -> str:
    number, person, key = job
    actor, reply = User.objects.get(pk=person), Answer.objects.get(pk=key)
    return str(unaccept(actor=actor, question=reply.question) if number % 3 == 2 else accept(actor=actor, answer=reply))


def _join_in(job: Job) -> str:
    number, person, key = job
    actor, question = User.objects.get(pk=person), Question.objects.get(pk=key)
    verbs: list[Any] = [follow, unfollow, partial(answer, body=f"<p>ตอบ {number}</p>")]
    return str(bool(verbs[number % 3](actor=actor, question=question)))


def test_one_mark_however_often_it_is_sent(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)

    answers = _together(_useful, [(number, officer.pk, reply.pk) for number in range(8)])

    assert answers == {"True": 1, "False": 7}
    assert (make.fresh(reply).useful_count, Useful.objects.count(), Transfer.objects.count()) == (1, 1, 1)
    assert (figures(outsider), differences()) == ({"pending": 10, "reputation": 10}, [])


def test_there_and_back_in_any_order(officer: Any, outsider: Any, agency_coordinator: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    voters = (officer.pk, agency_coordinator.pk)

    _together(_there_and_back, [(number, voter, reply.pk) for number in range(8) for voter in voters])

    left = Useful.objects.count()
    assert make.fresh(reply).useful_count == left
    assert figures(outsider) == ({"pending": 10 * left, "reputation": 10 * left} if left else {})
    assert differences() == []


def test_two_people_who_accept_each_other_do_not_wait_for_ever(officer: Any, outsider: Any) -> None:
    one, other = make.answer(make.ask(officer), outsider), make.answer(make.ask(outsider), officer)
    jobs = [(number, person, reply.pk) for number in range(9) for person, reply in ((officer.pk, one), (outsider.pk, other))]

    _together(_choose, jobs)

    standing = Transfer.objects.filter(act="issue").standing()
    for asker, reply in ((officer, one), (outsider, other)):
        question = make.fresh(reply.question)
        assert question.accepted in (None, reply)
        assert standing.filter(cause_id=reply.pk).count() == (2 if question.accepted else 0)
        assert question.author == asker
    assert differences() == []


def test_followers_and_answers_are_counted_right(officer: Any, outsider: Any, colleague: Any) -> None:
    question = make.ask(officer)

    _together(_join_in, [(number, person.pk, question.pk) for number in range(6) for person in (outsider, colleague)])

    now = make.fresh(question)
    assert (now.answer_count, now.follower_count) == (Answer.objects.count(), Follow.objects.filter(question=question).count())
    assert now.answer_count == 4


def _bring(job: Job) -> str:
    _number, person, key = job
    question = Question.objects.select_related("author").get(pk=key)
    try:
        return str(ask_person(actor=question.author, question=question, person=User.objects.get(pk=person)).state)
    except QaError as refused:
        return type(refused).__name__


def test_a_person_is_asked_no_oftener_than_they_want(officer: Any, outsider: Any) -> None:
    questions = [make.ask(officer).pk for _number in range(6)]

    said = _together(_bring, [(number, outsider.pk, key) for number, key in enumerate(questions * 2)])

    assert said["open"] == 6
    assert said["NotToBeAsked"] == 6
    assert AnswerRequest.objects.filter(person=outsider).count() == RequestSetting.objects.get(person=outsider).asked == 3
