"""Thanks: one click, once for each thing, no points; told to those who are thanked; names as their owners let them be seen."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from kmportal.inbox.models import Notice
from qa.actions.closing import delete
from qa.models import Answer
from rewards import thankable
from rewards.actions.showing import set_showing
from rewards.actions.thanking import TooManyWords, take_back_thanks, thank
from rewards.models import Thanks, Transfer
from rewards.thanked import thanks_among
from tests.make import qa as make
from tests.make.library import make_lesson

pytestmark = pytest.mark.django_db


def _kind() -> Any:
    return thankable.kind_of("answer")


def _thank(actor: Any, answer: Answer, words: str = "") -> Thanks:
    return thank(actor=actor, kind=_kind(), key=answer.pk, words=words)


def _told(person: Any) -> list[Any]:
    return list(Notice.objects.filter(recipient=person, kind="rewards.thanked"))


def test_once_with_words_for_the_author_alone(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)

    first, again = _thank(officer, reply, " ช่วยได้มาก  "), _thank(officer, reply, "อีกครั้ง")

    assert (first.pk, again.words, Transfer.objects.count()) == (again.pk, "ช่วยได้มาก", 0)
    (notice,) = _told(outsider)
    assert (notice.actor, notice.data, notice.title) == (officer, {"quote": "ช่วยได้มาก"}, reply.question.title)


def test_taken_back_with_its_notice(officer: Any, outsider: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    _thank(officer, reply)

    assert [take_back_thanks(actor=officer, kind=_kind(), key=reply.pk) for _time in range(2)] == [True, False]

    assert (Thanks.objects.count(), _told(outsider)) == (0, [])


def test_refused_changes_nothing(officer: Any, outsider: Any, cop_member: Any, community_c: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    hidden = make.answer(make.ask(cop_member, visibility="community", community=community_c), cop_member)
    with pytest.raises(PermissionDenied):
        _thank(outsider, reply)
    with pytest.raises(Answer.DoesNotExist):
        _thank(officer, hidden)
    with pytest.raises(TooManyWords):
        _thank(officer, reply, "ก" * 141)
    delete(actor=outsider, post=reply)
    with pytest.raises(Answer.DoesNotExist):
        _thank(officer, reply)
    assert Thanks.objects.count() == 0


def test_thanks_do_not_tell_who_asked_without_a_name(officer: Any, outsider: Any, colleague: Any) -> None:
    reply = make.answer(make.ask(officer, anonymous=True), outsider)

    with pytest.raises(PermissionDenied):
        _thank(officer, reply)

    assert (Thanks.objects.count(), _told(outsider)) == (0, [])
    assert [thanks_among([reply], reader)[reply.pk].can for reader in (officer, colleague)] == [False, True]


def test_count_and_names_as_people_let_them_be_seen(officer: Any, outsider: Any, colleague: Any, coordinator: Any) -> None:
    reply = make.answer(make.ask(officer), outsider)
    for person in (officer, colleague, coordinator):
        _thank(person, reply)
    set_showing(actor=colleague, reputation=True, thanks=False)
    coordinator.person.is_listed = False
    coordinator.person.save(update_fields=["is_listed"])

    seen = thanks_among([reply], officer)[reply.pk]
    assert (seen.count, [person.user for person in seen.names], seen.others) == (3, [officer], 2)
    assert (seen.mine, seen.can, thanks_among([reply], outsider)[reply.pk].can) == (True, True, False)


def test_two_queries_however_many(officer: Any, outsider: Any) -> None:
    question = make.ask(officer)
    replies = [make.answer(question, outsider) for _number in range(20)]
    for reply in replies:
        _thank(officer, reply)
    one, many = make.queries(lambda: thanks_among(replies[:1], officer)), make.queries(lambda: thanks_among(replies, officer))
    assert (one, many) == (2, 2)


def test_by_one_click_on_a_lesson_page(as_: Any, officer: Any, outsider: Any) -> None:
    page = make_lesson(tellers=[outsider.person])
    client, url = as_(officer), reverse("rewards:thank", args=["page", page.pk])

    answer = client.post(url, {"words": "ขอบคุณ"})

    assert (answer.status_code, answer.url) == (302, page.get_url())
    assert [one.title for one in _told(outsider)] == [page.title]
    assert "ขอบคุณแล้ว" in client.get(page.get_url()).content.decode()
    assert as_(officer).get(url).status_code == 405
    assert client.post(reverse("rewards:thank", args=["nothing", 1])).status_code == 404
    client.post(reverse("rewards:thank_back", args=["page", page.pk]))
    assert Thanks.objects.count() == 0
