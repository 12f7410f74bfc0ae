"""What moderators do to others' questions stands in the book; the order of answers and thanks for comments on the page."""

from typing import Any

import pytest
from django.urls import reverse

from kmportal.inbox.models import Notice
from kmportal.moderation.models import StaffAct
from kmportal.taxonomy.models import PmqaCategory, PmqaCode, Topic
from qa.actions.accepting import accept
from qa.actions.asking import QuestionWords
from qa.actions.editing import edit_question
from qa.models import Version
from rewards.models import Thanks, Transfer
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def _refile(actor: Any, question: Any, **filed: Any) -> None:
    edit_question(
        actor=actor, question=question, words=QuestionWords(title=question.title, body=question.body, **filed), note="ย้ายหมวด"
    )


def test_filing_somebodys_question_anew_stands_in_the_book(officer: Any) -> None:
    question, keeper, topic = make.ask(officer), make.moderator(), Topic.objects.order_by("pk")[0]
    versions = Version.objects.count()

    _refile(keeper, question, topics=[topic])
    _refile(keeper, question, topics=[topic])
    _refile(keeper, question, topics=[topic], codes=[PmqaCode.objects.order_by("pk")[0]])
    _refile(keeper, question, categories=[PmqaCategory.objects.order_by("pk")[0]])
    _refile(officer, question)

    acts = StaffAct.objects.filter(act="qa.edited").values_list("actor", "thing_id", "reason")
    assert list(acts) == [(keeper.pk, question.pk, "ย้ายหมวด")] * 3
    assert Version.objects.count() == versions


def test_a_step_leads_back_to_the_order_it_was_made_in(as_: Any, officer: Any, outsider: Any) -> None:
    question = make.ask(officer)
    reply = make.answer(question, outsider)
    page, client = f"http://testserver/qa/{question.pk}/", as_(officer)

    def led(path: str, referer: str, **data: Any) -> str:
        return str(client.post(path, data, headers={"Referer": referer})["Location"])

    useful = f"/qa/answer/{reply.pk}/useful/"
    assert led(useful, f"{page}?sort=new") == f"/qa/{question.pk}/?sort=new#a{reply.pk}"
    assert led(useful, f"{page}?sort=best&did=x") == led(useful, page) == f"/qa/{question.pk}/#a{reply.pk}"
    assert led(useful, "http://evil.example/?sort=old%0d%0aX") == f"/qa/{question.pk}/#a{reply.pk}"
    saved = led(f"/qa/{question.pk}/answer/", f"{page}?sort=old", body="ก", body_format="plain", save="1")
    assert saved == f"/qa/{question.pk}/?did=saved&sort=old"


def test_a_comment_is_thanked_for(as_: Any, officer: Any, outsider: Any) -> None:
    said = make.comment(make.answer(make.ask(officer), officer), outsider)
    page, address = f"/qa/{said.question_id}/", reverse("rewards:thank", args=["comment", said.pk])
    assert address in as_(officer).get(page).text
    assert address not in as_(outsider).get(page).text

    as_(officer).post(address)

    assert (Thanks.objects.filter(giver=officer).count(), Transfer.objects.count()) == (1, 0)
    assert Notice.objects.filter(recipient=outsider, kind="rewards.thanked").count() == 1
    as_(outsider).post(address)
    assert Thanks.objects.count() == 1


def test_nobody_is_suggested_once_an_answer_helped(as_: Any, officer: Any, outsider: Any, colleague: Any) -> None:
    topic = Topic.objects.order_by("pk")[0]
    colleague.person.topics.add(topic)
    question = make.ask(officer, topics=[topic])
    reply = make.answer(question, outsider)
    page = f"/qa/{question.pk}/"
    assert 'id="people"' in as_(officer).get(page).text

    accept(actor=officer, answer=reply)

    assert 'id="people"' not in as_(officer).get(page).text
