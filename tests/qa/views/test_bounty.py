"""Offering and giving a bounty by plain forms; lists and pages cost the same however many there are."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from qa.actions.bounty import offer
from qa.models import Bounty
from rewards.actions.thanking import thank
from tests.make import points
from tests.make import qa as make

pytestmark = pytest.mark.django_db


def _old(asker: Any) -> Any:
    question = make.ask(asker)
    make.asked_on(question, timezone.now() - timedelta(days=2))
    return question


def test_offered_and_given_by_forms(as_: Any, officer: Any, outsider: Any) -> None:
    points.give(officer, 120, reputation=50)
    question = _old(officer)
    client, url = as_(officer), f"/qa/{question.pk}/bounty/"
    assert [f">{amount}<" in client.get(url).content.decode() for amount in (50, 100, 150)] == [True, True, False]
    assert client.post(url, {"points": "500"}).status_code == 422
    assert client.post(url, {"points": "75"}).status_code == 422

    assert client.post(url, {"points": "100"}).status_code == 302
    reply = make.answer(question, outsider)
    page = client.get(f"/qa/{question.pk}/").content.decode()
    assert ("100 แต้มสำหรับคำตอบ" in page, f"/qa/answer/{reply.pk}/bounty/" in page) == (True, True)
    assert f"/qa/answer/{reply.pk}/bounty/" not in as_(outsider).get(f"/qa/{question.pk}/").content.decode()
    assert as_(outsider).get(f"/qa/answer/{reply.pk}/bounty/").status_code == 403
    assert client.get(f"/qa/answer/{reply.pk}/bounty/").status_code == 200
    client.post(f"/qa/answer/{reply.pk}/bounty/")

    assert Bounty.objects.get().answer == reply
    assert "แต้มรางวัล 100 แต้มเป็นของ" in client.get(f"/qa/{question.pk}/").content.decode()


def test_who_cannot_yet_reads_why(as_: Any, officer: Any, cop_member: Any, community_c: Any) -> None:
    question = _old(officer)
    assert "ตั้งแต่ 50 ขึ้นไป" in as_(officer).get(f"/qa/{question.pk}/bounty/").content.decode()
    hidden = make.ask(cop_member, visibility="community", community=community_c)
    assert as_(officer).get(f"/qa/{hidden.pk}/bounty/").status_code == 404


def test_the_list_of_bounties(as_: Any, queries: Any, officer: Any, outsider: Any, coordinator: Any) -> None:
    for giver in (officer, outsider, coordinator):
        points.give(giver, 500, reputation=50)
    mine, other = _old(outsider), _old(outsider)
    offer(actor=officer, question=mine, points=150)
    page = as_(officer).get("/qa/?show=bounty").content.decode()
    assert (f"/qa/{mine.pk}/" in page, f"/qa/{other.pk}/" in page, "150 แต้ม" in page) == (True, False, True)

    one = queries(as_(coordinator), "/qa/?show=bounty")
    for giver in (officer, officer, outsider, outsider, coordinator):
        offer(actor=giver, question=_old(giver), points=50)
    assert queries(as_(coordinator), "/qa/?show=bounty") == one


def test_thanks_and_bounty_cost_a_page_the_same(as_: Any, queries: Any, officer: Any, outsider: Any, colleague: Any) -> None:
    points.give(officer, 500, reputation=50)
    question = _old(officer)
    offer(actor=officer, question=question, points=50)
    thank(actor=colleague, kind=make.ANSWERS, key=make.answer(question, outsider).pk)
    one = queries(as_(officer), f"/qa/{question.pk}/")
    for _number in range(19):
        reply = make.answer(question, outsider)
        thank(actor=colleague, kind=make.ANSWERS, key=reply.pk)
    assert queries(as_(officer), f"/qa/{question.pk}/") == one
