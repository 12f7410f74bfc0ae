"""A form that is sent twice: one question, one answer, one comment; later, or in other words, it is another."""

import multiprocessing
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from kmportal.inbox.models import Notice
from kmportal.people.models import User
from qa.actions.closing import delete
from qa.models import Answer, Comment, Question
from tests.make import qa as make

SAME = "<p>ให้ท่านเล่าเรื่องเดียว</p>"


def _later(model: Any) -> None:
    model.objects.update(created_at=timezone.now() - timedelta(minutes=11))


@pytest.mark.django_db
def test_one_answer_and_one_notice(officer: Any, outsider: Any, colleague: Any) -> None:
    question = make.ask(officer)
    first = make.answer(question, outsider, SAME)

    assert make.answer(question, outsider, SAME).pk == first.pk
    assert (make.fresh(question).answer_count, Answer.objects.count()) == (1, 1)
    assert Notice.objects.filter(recipient=officer, kind="qa.answered").count() == 1
    others = {make.answer(question, colleague, SAME).pk, make.answer(question, outsider).pk}
    assert (len(others - {first.pk}), make.fresh(question).answer_count) == (2, 3)
    _later(Answer)
    assert make.answer(question, outsider, SAME).pk not in {first.pk, *others}


@pytest.mark.django_db
def test_what_was_deleted_can_be_said_again(officer: Any, outsider: Any) -> None:
    question = make.ask(officer)
    first = make.answer(question, outsider, SAME)
    delete(actor=outsider, post=first, why="")
    assert make.answer(question, outsider, SAME).pk != first.pk
    assert make.fresh(question).answer_count == 1


@pytest.mark.django_db
def test_one_comment_at_each_place(officer: Any, outsider: Any) -> None:
    question = make.ask(officer)
    reply = make.answer(question, outsider)
    first = make.comment(reply, officer, SAME)

    assert make.comment(reply, officer, SAME).pk == first.pk
    assert make.comment(question, officer, SAME).pk != first.pk
    assert Comment.objects.count() == 2
    _later(Comment)
    assert make.comment(reply, officer, SAME).pk != first.pk


@pytest.mark.django_db
def test_one_question_for_each_circle(officer: Any) -> None:
    first = make.ask(officer, "เริ่มเก็บความรู้จากตรงไหน")

    assert make.ask(officer, "เริ่มเก็บความรู้จากตรงไหน").pk == first.pk
    assert make.ask(officer, "เริ่มเก็บความรู้จากตรงไหน", visibility="public").pk != first.pk
    assert Question.objects.count() == 2


def _ask(job: tuple[int, str]) -> int:
    person, title = job
    return make.ask(User.objects.get(pk=person), title).pk


@pytest.mark.django_db(transaction=True)
def test_sent_at_once_it_is_one(officer: Any) -> None:
    title = f"ถามพร้อมกัน {uuid4().hex[:6]}"
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(4) as pool:
        assert len(set(pool.map(_ask, [(officer.pk, title)] * 8, chunksize=1))) == 1
    assert Question.objects.filter(title=title).count() == 1
