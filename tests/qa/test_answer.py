"""Answering and commenting: counters, followers, who is told, and under which name."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from kmportal.inbox.models import Notice
from qa.actions.closing import close_as_duplicate
from qa.actions.ground import NoText, QuestionClosed, TooLong
from qa.models import Answer, Comment, Question
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def _told(kind: str) -> set[tuple[Any, Any]]:
    return {(notice.recipient, notice.actor) for notice in Notice.objects.filter(kind=kind)}


def test_an_answer_counts_and_reaches_followers(officer: Any, outsider: Any, colleague: Any) -> None:
    question = make.ask(officer)

    first = make.answer(question, outsider, "<p>เล่า<script>x</script></p>")

    assert (first.body, first.text, first.anonymous, first.versions.count()) == ("<p>เล่า</p>", "เล่า", False, 1)
    assert _told("qa.answered") == {(officer, outsider)}
    now = make.fresh(question)
    assert (now.answer_count, now.follower_count, now.last_activity) == (1, 2, first.created_at)
    make.answer(question, colleague)
    assert _told("qa.answered") == {(officer, outsider), (officer, colleague), (outsider, colleague)}
    assert make.fresh(question).answer_count == 2


def test_strangers_cannot_even_tell_that_it_is_there(
    officer: Any, admin: Any, coordinator: Any, cop_member: Any, community_c: Any, visitor: Any
) -> None:
    hidden = make.ask(cop_member, visibility="community", community=community_c)
    before = make.rows()

    for stranger in (officer, admin, coordinator, visitor):
        with pytest.raises(Question.DoesNotExist):
            make.answer(hidden, stranger)
        with pytest.raises(Question.DoesNotExist):
            make.comment(hidden, stranger)

    assert make.rows() == before


def test_visitors_read_what_is_public_and_write_nothing(officer: Any, visitor: Any) -> None:
    question = make.ask(officer, visibility="public")
    before = make.rows()

    with pytest.raises(PermissionDenied):
        make.answer(question, visitor)
    with pytest.raises(PermissionDenied):
        make.comment(question, visitor)

    assert make.rows() == before


@pytest.mark.parametrize(("body", "error"), [("<p> </p>", NoText), ("<script>x</script>", NoText), ("ก" * 70_000, TooLong)])
def test_bad_words_answer_nothing(officer: Any, outsider: Any, body: str, error: type[Exception]) -> None:
    question = make.ask(officer)
    before = make.rows()

    with pytest.raises(error):
        make.answer(question, outsider, body)
    with pytest.raises(error):
        make.comment(question, outsider, body)

    assert make.rows() == before
    assert make.fresh(question).answer_count == 0


def test_what_is_closed_takes_no_more(officer: Any, outsider: Any) -> None:
    question, original = make.ask(officer), make.ask(outsider)
    close_as_duplicate(actor=officer, question=question, original=original)
    before = make.rows()

    with pytest.raises(QuestionClosed):
        make.answer(question, outsider)
    with pytest.raises(QuestionClosed):
        make.comment(question, outsider)

    assert make.rows() == before


def test_what_is_gone_cannot_be_answered(officer: Any, outsider: Any) -> None:
    question = make.ask(officer)
    Question.objects.all().delete()

    with pytest.raises(Question.DoesNotExist):
        make.answer(question, outsider)


def test_who_asked_without_a_name_stays_so_below(officer: Any, outsider: Any) -> None:
    question = make.ask(officer, anonymous=True)
    reply = make.answer(question, outsider)

    own, said = make.answer(question, officer), make.comment(reply, officer)

    assert (reply.anonymous, own.anonymous, said.anonymous) == (False, True, True)
    assert _told("qa.commented") == {(outsider, None)}
    assert _told("qa.answered") == {(officer, outsider), (outsider, None)}
    seen = Answer.objects.visible_to(outsider).get(pk=own.pk)
    assert seen.shown_author is None
    assert Comment.objects.visible_to(outsider).get().shown_author is None
    assert Comment.objects.visible_to(officer).get().shown_author == officer.pk


def test_a_comment_reaches_the_author_and_those_who_talk(officer: Any, outsider: Any, colleague: Any) -> None:
    question = make.ask(officer)
    reply = make.answer(question, outsider)
    make.comment(reply, colleague)
    assert _told("qa.commented") == {(outsider, colleague)}

    make.comment(reply, officer)
    make.comment(question, outsider)

    assert _told("qa.commented") == {(outsider, colleague), (outsider, officer), (colleague, officer), (officer, outsider)}
    assert make.fresh(question).answer_count == 1
