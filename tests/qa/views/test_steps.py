"""Each verb behind its button: it works, strangers find nothing, others may not, twice is once, nonsense changes nothing."""

from typing import Any

import pytest

from qa.actions.accepting import accept
from qa.actions.closing import close_as_duplicate
from qa.models import Answer, Question
from tests.make import qa as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(officer: Any) -> Question:
    return make.ask(officer, "จะวัดผลอย่างไร")


@pytest.fixture
def reply(question: Question, outsider: Any) -> Answer:
    return make.answer(question, outsider)


@pytest.fixture
def hidden(officer: Any, colleague: Any) -> Answer:
    """In the circle of agency A."""
    return make.answer(make.ask(officer, visibility="agency"), colleague)


STEPS = (
    "answer/{a}/useful", "answer/{a}/works", "answer/{a}/accept", "question/{q}/useful", "{q}/follow", "{q}/unfollow", "{q}/unaccept",
    "{q}/reopen", "{q}/close", "{q}/answer", "answer/{a}/comment", "question/{q}/comment", "answer/{a}/edit", "question/{q}/edit",
    "answer/{a}/report/flag", "question/{q}/report/outdated", "answer/{a}/delete", "question/{q}/delete", "answer/{a}/restore",
    "question/{q}/restore", "{q}/draft",
)  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_strangers_and_nobody(as_: Any, hidden: Answer, outsider: Any, step: str) -> None:
    """What one may not read is not there; whoever is not signed in is asked to sign in, whether it is there or not."""
    before = make.rows()
    there = f"/qa/{step.format(a=hidden.pk, q=hidden.question_id)}/"
    nowhere = f"/qa/{step.format(a=999_999, q=999_999)}/"
    sent = {"body": "x", "reason": "x", "why": "x", "original": hidden.question_id}

    assert [as_(outsider).post(address, sent).status_code for address in (there, nowhere)] == [404, 404]
    for address in (there, nowhere):
        answer = as_(None).post(address, sent)
        # Nothing to restore is nothing to sign in for, either; both ways tell the same.
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")
    assert make.rows() == before


@pytest.mark.parametrize(
    ("step", "who"),
    [
        ("answer/{a}/accept", "outsider"), ("{q}/unaccept", "outsider"), ("answer/{a}/edit", "colleague"), ("question/{q}/edit", "colleague"),
        ("answer/{a}/delete", "colleague"), ("question/{q}/delete", "officer"), ("{q}/close", "colleague"), ("answer/{a}/useful", "outsider"),
        ("answer/{a}/works", "outsider"), ("answer/{a}/report/flag", "outsider"), ("question/{q}/useful", "officer"),
    ],
)  # fmt: skip
def test_readers_who_may_not(as_: Any, request: Any, reply: Answer, step: str, who: str) -> None:
    before = make.rows()
    sent = {"body": "x", "reason": "x", "why": "x", "original": reply.question_id, "seen": "1", "title": "x"}
    address = f"/qa/{step.format(a=reply.pk, q=reply.question_id)}/"

    assert as_(request.getfixturevalue(who)).post(address, sent).status_code == 403
    assert (make.rows(), make.fresh(reply).body) == (before, reply.body)


def test_useful_and_back_and_twice(as_: Any, officer: Any, reply: Answer) -> None:
    client, address = as_(officer), f"/qa/answer/{reply.pk}/useful/"

    for on, count in (("1", 1), ("1", 1), ("0", 0), ("0", 0)):
        assert client.post(address, {"on": on})["Location"] == f"/qa/{reply.question_id}/#a{reply.pk}"
        assert make.fresh(reply).useful_count == count
    told = client.post(address, {"on": "1"}, headers={"Accept": "application/json"}).json()
    assert told == {"on": True, "count": 1}
    assert 'aria-pressed="true"' in client.get(f"/qa/{reply.question_id}/").text


def test_works_for_me(as_: Any, officer: Any, reply: Answer) -> None:
    client, address = as_(officer), f"/qa/answer/{reply.pk}/works/"
    for on, count in (("1", 1), ("1", 1), ("0", 0)):
        client.post(address, {"on": on})
        assert make.fresh(reply).works_count == count


def test_accepting_changing_and_taking_it_back(as_: Any, officer: Any, colleague: Any, question: Question, reply: Answer) -> None:
    client, other = as_(officer), make.answer(question, colleague)

    done = client.post(f"/qa/answer/{reply.pk}/accept/", follow=True)
    assert (make.fresh(question).accepted, "unaccept/" in done.text) == (reply, True)
    client.post(f"/qa/answer/{other.pk}/accept/")
    assert make.fresh(question).accepted == other
    undone = client.post(f"/qa/{question.pk}/unaccept/", follow=True)
    assert make.fresh(question).accepted is None
    assert f'action="/qa/answer/{other.pk}/accept/"' in undone.text


def test_following(as_: Any, colleague: Any, question: Question) -> None:
    client = as_(colleague)
    for name, count in (("follow", 2), ("follow", 2), ("unfollow", 1), ("unfollow", 1)):
        assert client.post(f"/qa/{question.pk}/{name}/")["Location"] == f"/qa/{question.pk}/"
        assert make.fresh(question).follower_count == count
    told = client.post(f"/qa/{question.pk}/follow/", headers={"Accept": "application/json"}).json()
    assert told == {"on": True, "label": "กำลังติดตาม", "action": f"/qa/{question.pk}/unfollow/"}


def test_a_button_pressed_before_signing_in_leads_to_its_post(as_: Any, officer: Any, reply: Answer) -> None:
    assert as_(officer).get(f"/qa/answer/{reply.pk}/useful/")["Location"] == f"/qa/{reply.question_id}/#a{reply.pk}"
    assert as_(officer).put(f"/qa/answer/{reply.pk}/useful/").status_code == 405
    assert make.fresh(reply).useful_count == 0


def test_a_closed_question_refuses_in_words(as_: Any, officer: Any, question: Question, reply: Answer) -> None:
    close_as_duplicate(actor=officer, question=question, original=make.ask(officer))

    done = as_(officer).post(f"/qa/answer/{reply.pk}/accept/", follow=True)

    assert (make.fresh(question).accepted, "ปิดไปแล้ว" in done.text) == (None, True)


def test_reports(as_: Any, officer: Any, reply: Answer) -> None:
    client, address = as_(officer), f"/qa/answer/{reply.pk}/report/did_not_work/"
    assert "ไม่มีใครเสียแต้ม" in client.get(address).text

    empty = client.post(address, {"reason": " "})
    assert (empty.status_code, reply.reports.count()) == (422, 0)
    for _twice in range(2):
        assert client.post(address, {"reason": "แบบฟอร์มเปลี่ยน"}).status_code == 302
    assert list(reply.reports.values_list("kind", "reason")) == [("did_not_work", "แบบฟอร์มเปลี่ยน")]
    assert client.get(f"/qa/answer/{reply.pk}/report/nonsense/").status_code == 404
    assert client.post(f"/qa/question/{reply.question_id}/report/did_not_work/", {"reason": "x"}).status_code == 403
    assert "คุณแจ้งแล้วว่าไม่ได้ผล" in client.get(f"/qa/{reply.question_id}/").text


def test_closing_by_number_and_opening_again(as_: Any, officer: Any, question: Question) -> None:
    original, client = make.ask(officer, "ถามไว้ก่อนแล้ว"), as_(officer)
    assert "ถามไว้ก่อนแล้ว" in client.get(f"/qa/{question.pk}/close/?q=%23{original.pk}").text

    assert client.post(f"/qa/{question.pk}/close/", {"original": "x"}).status_code == 422
    assert client.post(f"/qa/{question.pk}/close/", {"original": question.pk}).status_code == 422
    done = client.post(f"/qa/{question.pk}/close/", {"original": original.pk}, follow=True)
    assert (make.fresh(question).duplicate_of, f'href="/qa/{original.pk}/"' in done.text) == (original, True)
    client.post(f"/qa/{question.pk}/reopen/")
    assert make.fresh(question).is_open


def test_a_hidden_question_is_no_original(as_: Any, outsider: Any, hidden: Answer) -> None:
    mine = make.ask(outsider, "ส่งมอบงานอย่างไร")
    client = as_(outsider)

    assert hidden.question.title not in client.get(f"/qa/{mine.pk}/close/?q={hidden.question_id}").text
    assert client.post(f"/qa/{mine.pk}/close/", {"original": hidden.question_id}).status_code == 422
    assert make.fresh(mine).is_open


def test_accepted_shows_first(as_: Any, officer: Any, colleague: Any, question: Question, reply: Answer) -> None:
    later = make.answer(question, colleague)
    accept(actor=officer, answer=later)

    page = as_(officer).get(f"/qa/{question.pk}/").text
    newest = as_(officer).get(f"/qa/{question.pk}/?sort=old").text

    assert page.index(f'id="a{later.pk}"') < page.index(f'id="a{reply.pk}"')
    assert newest.index(f'id="a{later.pk}"') > newest.index(f'id="a{reply.pk}"')
