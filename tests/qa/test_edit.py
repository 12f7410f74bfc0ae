"""Editing: every version is kept, nobody overwrites what they have not read."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from qa.actions.asking import NoTitle, QuestionWords
from qa.actions.editing import ChangedMeanwhile, edit_answer, edit_comment, edit_question
from qa.actions.ground import NoText
from qa.models import Answer, Question, Version
from tests.make import qa as make
from tests.make.library import make_lesson

pytestmark = pytest.mark.django_db


def test_a_question_with_its_history(officer: Any, outsider: Any) -> None:
    question = make.ask(officer, "เดิม", body="<p>หนึ่ง</p>", about=make_lesson())

    edit_question(actor=officer, question=question, words=QuestionWords(title="ใหม่", body="<p>สอง</p>"), note=" ชัดขึ้น ")

    now = make.fresh(question)
    assert (now.title, now.text, now.about, now.edited_at is not None) == ("ใหม่", "สอง", None, True)
    history = Version.objects.visible_to(outsider).filter(question=question)
    assert list(history.values_list("number", "title", "text", "note")) == [(1, "เดิม", "หนึ่ง", ""), (2, "ใหม่", "สอง", "ชัดขึ้น")]


def test_what_it_is_about_stays_when_nobody_changes_it(officer: Any, outsider: Any, agency_a: Any) -> None:
    """Also where the page has been closed to its asker meanwhile."""
    lesson = make_lesson(visibility="network")
    question = make.ask(outsider, about=lesson)
    type(lesson).objects.filter(pk=lesson.pk).update(visibility="agency", agency=agency_a)

    edit_question(actor=outsider, question=question, words=QuestionWords(title="ใหม่", about=lesson))

    assert (make.fresh(question).about_id, make.fresh(question).title) == (lesson.pk, "ใหม่")


def test_answers_and_comments(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    said = make.comment(reply, officer)

    edit_answer(actor=outsider, answer=reply, body="<p>ใหม่</p>")
    edit_comment(actor=officer, comment=said, body="<p>ใหม่กว่า</p>")

    assert (make.fresh(reply).text, make.fresh(said).text) == ("ใหม่", "ใหม่กว่า")
    assert (reply.versions.count(), said.versions.count()) == (2, 2)
    assert make.fresh(reply).edited_at is not None


def test_the_same_words_make_no_version(officer: Any) -> None:
    reply = make.answer(make.ask(officer), officer, "<p>เดิม</p>")

    edit_answer(actor=officer, answer=reply, body="<p>เดิม</p>")

    assert (make.fresh(reply).edited_at, reply.versions.count()) == (None, 1)


def test_who_read_an_older_version_is_refused(officer: Any) -> None:
    reply = make.answer(make.ask(officer), officer)
    edit_answer(actor=officer, answer=reply, body="<p>สอง</p>", seen=1)

    with pytest.raises(ChangedMeanwhile):
        edit_answer(actor=officer, answer=reply, body="<p>สาม</p>", seen=1)

    assert (make.fresh(reply).text, reply.versions.count()) == ("สอง", 2)


def test_bad_words_change_nothing(officer: Any) -> None:
    question = make.ask(officer)
    reply = make.answer(question, officer)
    before = make.rows()

    with pytest.raises(NoTitle):
        edit_question(actor=officer, question=question, words=QuestionWords(title=" "))
    with pytest.raises(NoText):
        edit_answer(actor=officer, answer=reply, body="<p> </p>")

    assert (make.rows(), make.fresh(question).title) == (before, question.title)


def test_only_authors_and_moderators(officer: Any, outsider: Any, coordinator: Any, visitor: Any) -> None:
    question = make.ask(officer, visibility="public")
    reply = make.answer(question, outsider)
    for other in (officer, coordinator, visitor):
        with pytest.raises(PermissionDenied):
            edit_answer(actor=other, answer=reply, body="<p>ของฉัน</p>")
    with pytest.raises(PermissionDenied):
        edit_question(actor=outsider, question=question, words=QuestionWords(title="ของฉัน"))
    assert (make.fresh(reply).text, make.fresh(question).title) == (reply.text, question.title)

    keeper = make.moderator()
    edit_answer(actor=keeper, answer=reply, body="<p>ตัดชื่อออก</p>", note="ข้อมูลส่วนบุคคล")

    assert make.fresh(reply).author == outsider
    assert reply.versions.get(number=2).editor == keeper


def test_strangers_and_missing(officer: Any, cop_member: Any, community_c: Any) -> None:
    hidden = make.ask(cop_member, visibility="community", community=community_c)
    reply = make.answer(hidden, cop_member)
    keeper = make.moderator()

    for stranger in (officer, keeper):
        with pytest.raises(Question.DoesNotExist):
            edit_question(actor=stranger, question=hidden, words=QuestionWords(title="x"))
        with pytest.raises(Answer.DoesNotExist):
            edit_answer(actor=stranger, answer=reply, body="<p>x</p>")
        assert list(Version.objects.visible_to(stranger)) == []

    assert make.fresh(hidden).title == hidden.title
