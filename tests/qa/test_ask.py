"""Asking: into which circle, about what, with or without a name; and the draft before it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from communities.models import Membership
from kmportal.library.models import KnowledgePage
from kmportal.taxonomy.models import PmqaCode, Topic
from qa.actions.asking import HiddenCommunity, NoCircle, NotAboutThis, NoTitle, QuestionWords, save_draft
from qa.actions.asking import ask as verb
from qa.actions.ground import TooLong
from qa.models import Draft, Follow, Question, Version
from tests.make import qa as make
from tests.make.library import item, make_lesson, make_seminar, talk

pytestmark = pytest.mark.django_db


def test_a_question_with_all_that_belongs_to_it(officer: Any, agency_a: Any) -> None:
    topic, code = Topic.objects.create(slug="water", name_th="น้ำ"), PmqaCode.objects.first()
    assert code is not None

    question = make.ask(
        officer, "  จะ  ดึงความรู้\nอย่างไร ", body="<p>ลอง<b>แล้ว</b></p><script>x()</script>", topics=[topic], codes=[code]
    )

    assert (question.title, question.body, question.text) == ("จะ ดึงความรู้ อย่างไร", "<p>ลอง<b>แล้ว</b></p>", "ลองแล้ว")
    assert (question.author, question.anonymous, question.agency, question.visibility) == (officer, False, agency_a, "network")
    assert (question.status, question.answer_count, question.useful_count, question.follower_count) == ("open", 0, 0, 1)
    assert (list(question.topics.all()), list(question.codes.all())) == ([topic], [code])
    assert question.created_at == question.last_activity
    assert Follow.objects.get().person == officer
    version = Version.objects.get()
    assert (version.question, version.number, version.title, version.editor) == (question, 1, question.title, officer)


def test_details_may_be_missing(officer: Any) -> None:
    assert make.ask(officer, body="<p> </p>").body == ""


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"title": "  \n "}, NoTitle),
        ({"title": "ก" * 201}, TooLong),
        ({"title": "ถาม", "body": "<p>" + "ก" * 70_000}, TooLong),
    ],
)
def test_bad_words_ask_nothing(officer: Any, words: dict[str, Any], error: type[Exception]) -> None:
    before = make.rows()

    with pytest.raises(error):
        verb(actor=officer, words=QuestionWords(**words))

    assert make.rows() == before


def test_visitors_and_switched_off_accounts_ask_nothing(visitor: Any, officer: Any) -> None:
    officer.is_active = False
    for nobody in (visitor, officer):
        with pytest.raises(PermissionDenied):
            make.ask(nobody)

    assert Question.objects.count() == 0


def test_only_members_ask_in_a_community(officer: Any, admin: Any, cop_member: Any, community_c: Any) -> None:
    for stranger in (officer, admin):
        with pytest.raises(PermissionDenied):
            make.ask(stranger, visibility="community", community=community_c)
    assert Question.objects.count() == 0

    assert make.ask(cop_member, visibility="community", community=community_c).community == community_c


def test_a_hidden_community_is_named_inside_it_only(cop_member: Any, community_c: Any) -> None:
    with pytest.raises(HiddenCommunity):
        make.ask(cop_member, community=community_c)
    community_c.is_hidden = False
    community_c.save()

    assert make.ask(cop_member, community=community_c).community == community_c


def test_a_circle_needs_what_it_is_named_after(officer: Any) -> None:
    officer.agency = None
    for visibility in ("agency", "community"):
        with pytest.raises(NoCircle):
            make.ask(officer, visibility=visibility)

    assert Question.objects.count() == 0


def test_the_database_knows_it_too(officer: Any) -> None:
    question = make.ask(officer)
    for wrong in (
        {"visibility": "community"},
        {"visibility": "agency", "agency": None},
        {"visibility": "all"},
        {"status": "closed"},
        {"status": "deleted"},
        {"duplicate_of": question.pk, "status": "closed"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Question.objects.filter(pk=question.pk).update(**wrong)


def test_without_a_name_only_the_circle_says_where_from(officer: Any, agency_a: Any) -> None:
    assert make.ask(officer, anonymous=True).agency is None
    assert make.ask(officer, anonymous=True, visibility="agency").agency == agency_a


def test_about_a_lesson_or_a_statement_that_one_may_read(officer: Any, outsider: Any, agency_a: Any, visitor: Any) -> None:
    lesson = make_lesson("ก่อนฝน", visibility="agency", agency=agency_a)
    seminar = make_seminar(talks=[talk("เขื่อน", items=[item("obstacle", "ไม่มีงบ")])])
    said = seminar.items.get()

    first, second = make.ask(officer, about=lesson), make.ask(outsider, about=said)

    assert (first.about, second.about) == (KnowledgePage.objects.get(pk=lesson.pk), said)
    assert list(Question.objects.visible_to(officer).about(lesson)) == [first]
    assert list(Question.objects.visible_to(outsider).about(said)) == [second]
    assert list(Question.objects.visible_to(visitor).about(said)) == []
    with pytest.raises(NotAboutThis):
        make.ask(outsider, about=lesson)
    with pytest.raises(NotAboutThis):
        make.ask(officer, about=agency_a)
    assert Question.objects.count() == 2


# --- Drafts ----------------------------------------------------------------------------------------------------------------------
def test_a_draft_is_kept_once_and_goes_with_asking(officer: Any) -> None:
    save_draft(actor=officer, title="ถาม", body="<p>เริ่ม</p>", fields={"topics": ["water"]})
    again = save_draft(actor=officer, title="ถามใหม่", body="<p onclick='x()'>ต่อ</p>")

    draft = Draft.objects.visible_to(officer).get()
    assert (draft, draft.title, draft.body, draft.fields) == (again, "ถามใหม่", "<p>ต่อ</p>", {})
    make.ask(officer)
    assert Draft.objects.count() == 0


def test_a_draft_for_each_answer_and_none_when_emptied(officer: Any, outsider: Any) -> None:
    question = make.ask(officer)
    save_draft(actor=outsider, question=question, body="<p>ตอบ</p>")
    save_draft(actor=outsider, title="ถาม")
    assert Draft.objects.count() == 2
    assert list(Draft.objects.visible_to(officer)) == []

    make.answer(question, outsider)
    assert Draft.objects.get().question is None
    assert save_draft(actor=outsider, title=" ", body="<p></p>") is None

    assert Draft.objects.count() == 0


def test_no_draft_for_visitors_strangers_and_novels(visitor: Any, officer: Any, cop_member: Any, community_c: Any) -> None:
    hidden = make.ask(cop_member, visibility="community", community=community_c)
    with pytest.raises(PermissionDenied):
        save_draft(actor=visitor, title="ถาม")
    with pytest.raises(Question.DoesNotExist):
        save_draft(actor=officer, question=hidden, body="<p>ตอบ</p>")
    with pytest.raises(TooLong):
        save_draft(actor=officer, title="ถาม", fields={"x": "y" * 9000})

    assert Draft.objects.count() == 0


def test_members_lose_sight_of_what_they_asked_when_they_leave(cop_member: Any, community_c: Any) -> None:
    question = make.ask(cop_member, visibility="community", community=community_c)
    Membership.objects.all().delete()

    assert not Question.objects.visible_to(cop_member).filter(pk=question.pk).exists()
