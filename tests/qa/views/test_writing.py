"""Answers, comments and changes: by plain forms; what was refused is still in the box."""

from typing import Any

import pytest

from qa.actions.closing import delete
from qa.models import Answer, Comment, Draft, Question
from tests.make import qa as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(officer: Any) -> Question:
    return make.ask(officer, "จะวัดผลอย่างไร")


@pytest.fixture
def reply(question: Question, outsider: Any) -> Answer:
    return make.answer(question, outsider)


def test_answering_with_plain_words(as_: Any, outsider: Any, question: Question) -> None:
    sent = {"body": "ให้เล่าเรื่องเดียว\n\n<script>x</script>", "body_format": "plain"}

    answer = as_(outsider).post(f"/qa/{question.pk}/answer/", sent)

    made = Answer.objects.get()
    assert answer["Location"] == f"/qa/{question.pk}/#a{made.pk}"
    assert made.body == "<p>ให้เล่าเรื่องเดียว</p><p>&lt;script&gt;x&lt;/script&gt;</p>"


def test_an_empty_answer_is_refused(as_: Any, outsider: Any, question: Question) -> None:
    answer = as_(outsider).post(f"/qa/{question.pk}/answer/", {"body": " "})

    assert (answer.status_code, Answer.objects.count(), "เขียนข้อความก่อน" in answer.text) == (422, 0, True)


def test_a_draft_comes_back_and_goes_with_the_answer(as_: Any, outsider: Any, officer: Any, question: Question) -> None:
    client, address = as_(outsider), f"/qa/{question.pk}/answer/"
    client.post(address, {"body": "เริ่มเขียน", "save": "1"})
    assert "เริ่มเขียน" in client.get(f"/qa/{question.pk}/").text
    assert "เริ่มเขียน" not in as_(officer).get(f"/qa/{question.pk}/").text
    kept = client.post(f"/qa/{question.pk}/draft/", {"body": "เขียนต่อ"}).json()
    assert (Draft.objects.get().body, kept["kept"] != "") == ("<p>เขียนต่อ</p>", True)

    client.post(address, {"body": "เขียนเสร็จ"})
    assert (Draft.objects.count(), Answer.objects.count()) == (0, 1)


def test_a_closed_question_keeps_the_words(as_: Any, outsider: Any, officer: Any, question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(status="closed", duplicate_of=make.ask(officer))

    answer = as_(outsider).post(f"/qa/{question.pk}/answer/", {"body": "เขียนมานานแล้ว"})

    assert (answer.status_code, Answer.objects.count()) == (422, 0)
    assert ("ปิดไปแล้ว" in answer.text, "เขียนมานานแล้ว" in answer.text) == (True, True)


@pytest.mark.parametrize("kind", ["question", "answer"])
def test_commenting(as_: Any, officer: Any, reply: Answer, kind: str) -> None:
    key = reply.pk if kind == "answer" else reply.question_id
    client, address = as_(officer), f"/qa/{kind}/{key}/comment/"
    assert client.get(address).status_code == 200

    assert client.post(address, {"body": ""}).status_code == 422
    client.post(address, {"body": "ขอแบบฟอร์มได้ไหม"})

    made = Comment.objects.get()
    assert (made.text, made.answer) == ("ขอแบบฟอร์มได้ไหม", reply if kind == "answer" else None)
    assert "ขอแบบฟอร์มได้ไหม" in client.get(f"/qa/{reply.question_id}/").text
    assert client.get(f"/qa/comment/{made.pk}/comment/").status_code == 404


def test_editing_an_answer_and_reading_its_history(as_: Any, outsider: Any, officer: Any, reply: Answer) -> None:
    client, address = as_(outsider), f"/qa/answer/{reply.pk}/edit/"
    assert "ให้เล่าเรื่องเดียว" in client.get(address).text

    client.post(address, {"body": "ให้เล่าเรื่องสั้นเรื่องเดียว", "note": "ชัดขึ้น", "seen": "1"})

    assert make.fresh(reply).body == "<p>ให้เล่าเรื่องสั้นเรื่องเดียว</p>"
    history = as_(officer).get(f"/qa/answer/{reply.pk}/history/").text
    assert ("<ins>สั้นเรื่อง</ins>" in history or "<ins>เรื่องสั้น</ins>" in history, "ชัดขึ้น" in history) == (True, True)
    assert as_(None).get(f"/qa/answer/{reply.pk}/history/").status_code == 302


def test_two_who_edit_at_once(as_: Any, outsider: Any, reply: Answer) -> None:
    client, address = as_(outsider), f"/qa/answer/{reply.pk}/edit/"
    client.post(address, {"body": "ก่อน", "seen": "1"})

    late = client.post(address, {"body": "หลัง", "seen": "1"})

    assert (late.status_code, make.fresh(reply).text, "หลัง" in late.text) == (422, "ก่อน", True)
    assert client.post(address, {"body": "หลัง", "seen": "x"}).status_code == 422


def test_editing_a_question(as_: Any, officer: Any, question: Question) -> None:
    client, address = as_(officer), f"/qa/question/{question.pk}/edit/"
    assert client.get(address).status_code == 200

    assert client.post(address, {"title": " ", "body": "x", "seen": "1"}).status_code == 422
    client.post(address, {"title": "จะวัดผลให้ตรงได้อย่างไร", "body": "รายละเอียด", "category": ["4"], "seen": "1"})

    now = make.fresh(question)
    assert (now.title, now.text) == ("จะวัดผลให้ตรงได้อย่างไร", "รายละเอียด")
    assert list(now.categories.values_list("number", flat=True)) == ["4"]


def test_deleting_and_the_way_back(as_: Any, outsider: Any, officer: Any, reply: Answer) -> None:
    client, page = as_(outsider), f"/qa/{reply.question_id}/"
    assert client.get(f"/qa/answer/{reply.pk}/delete/").status_code == 200

    done = client.post(f"/qa/answer/{reply.pk}/delete/", follow=True)
    assert make.fresh(reply).is_deleted
    assert f'action="/qa/answer/{reply.pk}/restore/"' in done.text
    assert f"/qa/answer/{reply.pk}/restore/" not in as_(officer).get(f"{page}?did=deleted-answer-{reply.pk}").text
    assert as_(officer).post(f"/qa/answer/{reply.pk}/restore/").status_code == 404
    assert client.post(f"/qa/answer/{reply.pk}/restore/")["Location"] == f"{page}#a{reply.pk}"
    assert not make.fresh(reply).is_deleted
    assert client.post(f"/qa/answer/{reply.pk}/restore/").status_code == 404


def test_moderators_say_why(as_: Any, reply: Answer) -> None:
    client = as_(make.moderator())

    assert client.post(f"/qa/answer/{reply.pk}/delete/", {"why": " "}).status_code == 422
    assert not make.fresh(reply).is_deleted
    client.post(f"/qa/answer/{reply.pk}/delete/", {"why": "ข้อมูลส่วนบุคคล"})
    assert make.fresh(reply).deleted_why == "ข้อมูลส่วนบุคคล"
    assert "ข้อมูลส่วนบุคคล" in client.get(f"/qa/{reply.question_id}/").text


def test_a_deleted_question_is_there_for_its_author_and_moderators(
    as_: Any, officer: Any, colleague: Any, question: Question
) -> None:
    delete(actor=officer, post=question)
    page = f"/qa/{question.pk}/"

    assert [as_(user).get(page).status_code for user in (officer, make.moderator(), colleague, None)] == [200, 200, 404, 404]
    assert as_(officer).post(f"/qa/question/{question.pk}/restore/")["Location"] == page
    assert as_(colleague).get(page).status_code == 200
