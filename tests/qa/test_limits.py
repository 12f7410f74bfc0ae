"""How much newcomers may write: less in the first days, no more than that when they press twice, and the refusal says when it goes on."""

import multiprocessing
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from kmportal.people.models import User
from kmportal.people.roles import Role
from qa import rules
from qa.actions.answering import answer, comment
from qa.actions.editing import edit_answer
from qa.actions.reporting import report
from qa.models import Question, Report
from qa.rules import NEWCOMER, OverTheLimit, is_newcomer, limits_lifted
from rewards import ledger
from tests.make import qa as make

LINKS = '<p><a href="https://a.example">ก</a> <a href="https://b.example">ข</a> <a href="https://c.example">ค</a></p>'


@pytest.fixture(autouse=True)
def _newcomers(settings: Any) -> None:
    settings.NEWCOMER_DAYS = 7


@pytest.mark.django_db
def test_who_is_a_newcomer(officer: Any) -> None:
    now = timezone.now()
    assert is_newcomer(officer, now)
    assert is_newcomer(officer, now + timedelta(days=8))
    assert not is_newcomer(officer, now + timedelta(days=29))
    cause = ledger.Cause(source=officer)
    ledger.lock(officer)
    ledger.issue(owner=officer, points=0, reputation=10, key="x", at=now, cause=cause)
    assert not is_newcomer(officer, now + timedelta(days=8))
    assert is_newcomer(officer, now)


@pytest.mark.django_db
def test_so_many_a_day_and_no_more(officer: Any, outsider: Any, coordinator: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "NEWCOMER", rules.Limits(questions=1, answers=1, comments=1, reports=1, links=2, pictures=3))
    question = make.ask(officer)
    other = make.ask(coordinator)
    make.ask(coordinator)
    reply = answer(actor=outsider, question=other, body="<p>หนึ่ง</p>")
    comment(actor=outsider, post=other, body="<p>หนึ่ง</p>")
    report(actor=outsider, post=other, kind=Report.Kind.FLAG, reason="หนึ่ง")
    before = make.rows()

    with pytest.raises(OverTheLimit) as refusal:
        make.ask(officer)
    assert "1 คำถาม" in refusal.value.words
    for act in (
        lambda: answer(actor=outsider, question=question, body="<p>สอง</p>"),
        lambda: comment(actor=outsider, post=reply, body="<p>สอง</p>"),
        lambda: report(actor=outsider, post=question, kind=Report.Kind.FLAG, reason="สอง"),
    ):
        with pytest.raises(OverTheLimit):
            act()

    assert make.rows() == before
    Question.objects.filter(pk=question.pk).update(created_at=timezone.now() - timedelta(hours=25))
    assert make.ask(officer).pk
    with limits_lifted():
        assert make.ask(officer).pk


@pytest.mark.django_db
def test_links_and_pictures(officer: Any, outsider: Any) -> None:
    question = make.ask(officer)
    with pytest.raises(OverTheLimit):
        make.answer(question, outsider, LINKS)
    with pytest.raises(OverTheLimit):
        make.ask(officer, body=LINKS)
    reply = make.answer(question, outsider, "<p>ให้เล่าเรื่องเดียว</p>")
    with pytest.raises(OverTheLimit):
        edit_answer(actor=outsider, answer=reply, body=LINKS)
    assert make.fresh(reply).text == "ให้เล่าเรื่องเดียว"
    User.objects.filter(pk=outsider.pk).update(date_joined=timezone.now() - timedelta(days=60))
    assert make.answer(question, User.objects.get(pk=outsider.pk), LINKS).pk


def _ask(job: tuple[int, int]) -> bool:
    """A process has its own count of titles after the fork, so the title comes from the job."""
    pk, number = job
    try:
        make.ask(User.objects.get(pk=pk), f"คำถามที่ {number}")
    except OverTheLimit:
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_at_once(officer: Any) -> None:
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(4) as pool:
        answers = pool.map(_ask, [(officer.pk, number) for number in range(12)], chunksize=1)

    assert (sum(answers), Question.objects.count()) == (NEWCOMER.questions, NEWCOMER.questions)


@pytest.mark.django_db
def test_those_who_look_after_the_portal_have_none(officer: Any) -> None:
    assert rules.limits_of(officer, timezone.now()) == NEWCOMER
    officer.groups.add(*officer.groups.model.objects.filter(name=Role.MODERATOR.value))
    assert rules.limits_of(User.objects.get(pk=officer.pk), timezone.now()) is None
